"""decide(state, command): what happens when somebody asks for something, or why it does not."""

from collections.abc import Mapping
from types import MappingProxyType

from intake.agencies import commands as agreeing
from intake.agencies import grants, offers, teams
from intake.dispatch import (
    alarms,
    answering,
    assignments,
    callers,
    certainty,
    commands,
    correcting,
    correlating,
    emergencies,
    incident_commands,
    incidents,
    keeping,
    linking,
    merging,
    overs,
    source_commands,
    undo,
    unit_commands,
    units,
    work_commands,
)
from intake.dispatch.base import Role
from intake.dispatch.commands import Command
from intake.dispatch.draft import Draft, Rule
from intake.dispatch.events import Event
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.handover import commands as handing_over
from intake.handover import rules as handover
from intake.patrol import commands as patrols
from intake.patrol import rules as patrol
from intake.shelf import commands as shelving
from intake.shelf import rules as shelf
from intake.speaking import commands as speech_commands
from intake.speaking import rules as speaking
from intake.timers import commands as timing
from intake.timers import rules as timers

Decision = tuple[Event, ...] | Refusal
"""Events to write down, none when there is nothing new, or the rule that forbids it."""

DESK = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
CHIEF = frozenset({Role.SUPERVISOR})
SOURCE = frozenset({Role.SYSTEM})
ANYBODY_BUT_OBSERVERS = frozenset(Role) - {Role.OBSERVER}

RULES: Mapping[type[Command], tuple[Rule, frozenset[Role]]] = MappingProxyType(
    {
        source_commands.AcceptAlarm: (alarms.accept_alarm, DESK | SOURCE),
        source_commands.RaiseEmergency: (callers.raise_emergency, SOURCE),
        source_commands.CountRepeat: (alarms.count_repeat, SOURCE),
        source_commands.AnnotateAlarms: (alarms.annotate_alarms, SOURCE),
        source_commands.AcceptOver: (overs.accept_over, SOURCE),
        source_commands.AddTranscript: (overs.add_transcript, SOURCE),
        source_commands.CompareOver: (overs.compare_over, SOURCE),
        source_commands.RemoveRecordings: (keeping.remove_recordings, SOURCE),
        source_commands.DeviceChanged: (units.device_changed, SOURCE),
        source_commands.EnrolUnits: (units.enrol_units, SOURCE),
        commands.PullOver: (overs.pull_over, DESK),
        commands.Claim: (alarms.claim, DESK),
        commands.Release: (alarms.release, DESK | SOURCE),
        commands.Promote: (alarms.promote, DESK),
        commands.LinkAlarm: (alarms.link_alarm, DESK),
        commands.AcceptLink: (linking.accept_link, DESK),
        commands.RejectLink: (linking.reject_link, DESK),
        commands.DismissAlarm: (alarms.dismiss_alarm, DESK),
        commands.ReopenAlarm: (alarms.reopen_alarm, DESK),
        commands.NewIncident: (incidents.new_incident, DESK),
        commands.AddNote: (incidents.add_note, ANYBODY_BUT_OBSERVERS),
        commands.SetPriority: (incidents.set_priority, DESK),
        commands.Hold: (incidents.hold, DESK),
        commands.ReleaseHold: (incidents.release_hold, DESK | SOURCE),
        commands.Resolve: (incidents.resolve, DESK),
        commands.Close: (incidents.close, DESK),
        commands.CancelIncident: (incidents.cancel_incident, DESK),
        commands.ReopenIncident: (merging.reopen, DESK),
        incident_commands.SetCertainty: (certainty.set_certainty, DESK),
        incident_commands.MergeIncidents: (merging.merge_incidents, DESK),
        commands.Reserve: (assignments.reserve, DESK),
        commands.DispatchUnits: (assignments.dispatch_units, DESK),
        commands.SetStep: (assignments.set_step, DESK),
        commands.Decline: (assignments.decline, DESK),
        commands.CancelAssignment: (assignments.cancel_assignment, DESK),
        work_commands.AnswerAlarm: (answering.answer_alarm, DESK),
        work_commands.CorrectStep: (correcting.correct_step, DESK),
        work_commands.CorrectIncident: (correcting.correct_incident, DESK),
        commands.SetUnitStatus: (units.set_unit_status, DESK),
        unit_commands.SetTeamStatus: (units.set_team_status, DESK),
        unit_commands.ClearEmergency: (emergencies.clear_emergency, CHIEF),
        commands.NameRadio: (callers.name_radio, ANYBODY_BUT_OBSERVERS),
        patrols.EnrolPatrol: (patrol.enrol_patrol, SOURCE),
        patrols.TickPoint: (patrol.tick_point, DESK),
        patrols.DrawCheck: (patrol.draw_check, DESK),
        speech_commands.SayOnChannel: (speaking.say_on_channel, DESK),
        speech_commands.MuteChannel: (speaking.mute_channel, ANYBODY_BUT_OBSERVERS),
        speech_commands.NoteProgress: (speaking.note_progress, SOURCE),
        handing_over.OpenHandover: (handover.open_handover, DESK),
        handing_over.LeaveNote: (handover.leave_note, DESK),
        handing_over.ReadLines: (handover.read_lines, DESK),
        handing_over.SignHandover: (handover.sign_handover, DESK),
        handing_over.DropHandover: (handover.drop_handover, DESK),
        shelving.TidyUp: (shelf.tidy_up, SOURCE),
        shelving.BringBack: (shelf.bring_back, SOURCE),
        timing.FireTimer: (timers.fire_timer, SOURCE),
        timing.MuteTimer: (timers.mute_timer, DESK),
        agreeing.MakeOffer: (offers.make_offer, DESK),
        agreeing.AnswerOffer: (offers.answer_offer, DESK),
        agreeing.OrderTeam: (teams.order_team, DESK),
        agreeing.SignTeam: (teams.sign_team, DESK),
        agreeing.NameUnits: (teams.name_units, DESK),
        agreeing.RecallTeam: (teams.recall_team, DESK),
        agreeing.AskGrant: (grants.ask_grant, DESK),
        agreeing.SignGrant: (grants.sign_grant, DESK),
        agreeing.RevokeGrant: (grants.revoke_grant, DESK),
        agreeing.LendUnit: (grants.lend_unit, DESK),
        commands.Undo: (undo.undo, DESK),
    }
)
"""Command → the rule that answers it, and the roles that may ask."""


def decide(state: State, command: Command) -> Decision:
    """Return the events a command leads to, in order, or its refusal; the state is not touched.

    A command already carried out gives no events. Raises KeyError for a command no rule answers.
    """
    rule, roles = RULES[type(command)]
    if command.by.role not in roles:
        needs = "/".join(sorted(roles - SOURCE)) or Role.SYSTEM
        return refuse("role", role=command.by.role, needs=needs)
    if any(action.id == command.id for action in state.recent):
        return ()
    draft = Draft(state, command)
    refusal = rule(draft, command)
    if refusal is not None:
        return refusal
    correlating.correlate(draft)
    return tuple(draft.events)
