"""Rules about who calls: a radio's emergency key is an alarm at once, and people say whose radio it is."""

from intake.dispatch.commands import NameRadio
from intake.dispatch.desk_events import RadioNamed
from intake.dispatch.draft import Draft
from intake.dispatch.emergencies import EMERGENCY, declare, declare_unit
from intake.dispatch.guards import unit_named
from intake.dispatch.objects import Alarm, AlarmContent
from intake.dispatch.queries import WAITING_ALARM, unit_of_radio
from intake.dispatch.refusals import Refusal
from intake.dispatch.source_commands import RaiseEmergency
from intake.dispatch.source_events import AlarmQueued, AlarmRepeated
from intake.dispatch.state import State


def raise_emergency(draft: Draft, command: RaiseEmergency) -> Refusal | None:
    """Queue an emergency, exactly once for its id.

    A radio repeats its emergency until it is answered: while nobody has decided the first alarm, the next
    ones count on it. Once it is decided, a new press is a new alarm.
    """
    content, state = command.content, draft.state
    if content.id in state.alarms or content.id in state.signals:
        return None
    same = _same_emergency(state, content)
    if same is not None:
        repeated = AlarmRepeated(
            **draft.head, alarm_id=same.id, signal_id=content.id, over_id=content.over, radio=content.radio_id
        )
        draft.write(repeated)
        declare(draft, same.content)
        return None
    known = {
        "caller_unit": unit_of_radio(state, content.radio_id or ""),
        "priority": state.policy.priorities.get(EMERGENCY, 0),
    }
    content = content.model_copy(update=known)
    draft.write(AlarmQueued(**draft.head, content=content))
    declare(draft, content)
    return None


def _same_emergency(state: State, content: AlarmContent) -> Alarm | None:
    """The waiting alarm this press belongs to: of the same radio, or of the words of the same over."""
    over = state.overs.get(content.over or "")
    spoken = state.alarms.get(over.alarm or "") if over else None
    if spoken and spoken.state in WAITING_ALARM and spoken.content.type == EMERGENCY:
        return spoken
    pressed = state.alarms.get(state.emergencies.get(content.radio_id or "", ""))
    return pressed if pressed and pressed.state in WAITING_ALARM else None


def name_radio(draft: Draft, command: NameRadio) -> Refusal | None:
    """Say whose radio it is; None gives the site file its say again."""
    if command.unit is not None:
        unit = unit_named(draft.state, command.unit)
        if isinstance(unit, Refusal):
            return unit
    radio = draft.state.radios.get(command.radio)
    before = radio.unit if radio else None
    if before != command.unit:
        draft.write(RadioNamed(**draft.head, radio=command.radio, before=before, unit=command.unit))
    pressed = draft.state.alarms.get(draft.state.emergencies.get(command.radio, ""))
    if command.unit is not None and pressed is not None and pressed.state in WAITING_ALARM:
        declare_unit(draft, command.unit, pressed.id)
    return None
