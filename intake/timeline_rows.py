"""Lines of the timeline as consoles get them, each with the incident it belongs to."""

from bus.messages.board import TimelineRow
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.objects import Alarm, Assignment
from intake.dispatch.speech import Over
from intake.dispatch.state import State
from intake.dispatch.timeline import TimelineEntry


def timeline_row(entry: TimelineEntry, seq: int, state: State) -> TimelineRow:
    """`seq` is the event's number in the journal; `state` one in which its objects are known."""
    parts = (entry.params.get(name) for name in ("content", "meta", "sighting"))
    content = next(filter(None, parts), entry.params)
    return TimelineRow(
        id=entry.id,
        seq=seq,
        object=entry.about.kind,
        object_id=entry.about.id,
        incident=_incident_of((entry.about, *entry.also), state),
        at=entry.at,
        said_at=entry.said_at,
        actor=entry.actor,
        authority=_authority(entry),
        what=entry.kind,
        params=entry.params,
        clip=content.get("clip") or content.get("evidence") or _recording(entry.about, state),
        confidence=content.get("confidence"),
    )


def _authority(entry: TimelineEntry) -> str:
    """The role, or what a cross-agency order rests on."""
    grant = entry.params.get("grant")
    return f"grant:{grant}" if isinstance(grant, str) else entry.role


def _recording(about: Ref, state: State) -> str | None:
    over = state.overs.get(about.id) if about.kind is ObjectKind.OVER else None
    return over.meta.clip if over else None


def _incident_of(refs: tuple[Ref, ...], state: State) -> str | None:
    named = (ref.id for ref in refs if ref.kind is ObjectKind.INCIDENT)
    things = (state.find(ref) for ref in refs)
    owners = (state.alarms.get(thing.alarm or "") if isinstance(thing, Over) else thing for thing in things)
    followed = (
        thing.incident for thing in owners if isinstance(thing, Alarm | Assignment) and thing.incident
    )
    return next(named, None) or next(followed, None)
