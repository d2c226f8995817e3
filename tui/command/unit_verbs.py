"""Commands about units and what they work on."""

from bus.messages.base import Value
from bus.messages.board import AssignmentRow, UnitRow
from bus.messages.verbs import (
    CancelAssignment,
    CancelIncident,
    ClearEmergency,
    Decline,
    Dispatch,
    Reserve,
    Step,
    TeamStatus,
    UnitStatus,
)
from tui.command import sentence
from tui.command.alarm_verbs import SECOND_THOUGHT
from tui.command.model import Command, Unclear
from tui.command.reader import Reader
from tui.view.sight import LIVE_ASSIGNMENTS, Sight

HOW = {"divert": ("改派",), "stack": ("排队",)}

STATUS = {
    "available": ("on", "free", "待命"),
    "post": ("驻守",),
    "busy": ("占用",),
    "out_of_service": ("out", "oos", "停用"),
    "off_duty": ("off", "下班"),
}


def dispatch(read: Reader) -> Command:
    """`dispatch units [incident] [divert|stack] [comment]`."""
    units = read.units()
    row = read.incident()
    how = read.choice(HOW)
    text = read.rest()
    words = read.sight.words
    says = words("say.dispatch", units=sentence.units(units), incident=sentence.incident(read.sight, row))
    if how is not None:
        says += f" ({words(f'how.{how}')})"
    elif busy := [unit for unit in units if unit.incident is not None]:
        says += words("say.busy_units", units=sentence.units(busy))
    wanted = {"incident": row.id, "units": [unit.id for unit in units], "how": how, "comment": text}
    return Command("dispatch", says + sentence.comment(read.sight, text), (Dispatch.model_validate(wanted),))


def signed(read: Reader) -> Command:
    """`signed units [incident] [quote]`."""
    return _step(read, "signed")


def enroute(read: Reader) -> Command:
    """`enroute units [incident] [quote]`."""
    return _step(read, "enroute")


def onscene(read: Reader) -> Command:
    """`onscene units [incident] [quote]`."""
    return _step(read, "onscene")


def clear(read: Reader) -> Command:
    """`clear units [incident] [outcome]`."""
    return _step(read, "cleared")


def reserve(read: Reader) -> Command:
    """`reserve units [incident]`."""
    units = read.units()
    row = read.incident()
    asks = tuple(Reserve(incident=row.id, unit=unit.id) for unit in units)
    says = read.sight.words(
        "say.reserve", units=sentence.units(units), incident=sentence.incident(read.sight, row)
    )
    return Command("reserve", says, asks)


def decline(read: Reader) -> Command:
    """`decline units [incident] reason`."""
    units = read.units()
    named = read.incident_named()
    reason = read.rest()
    if not reason:
        raise Unclear("ask.reason")
    incident = named.id if named else None
    asks = tuple(Decline(unit=unit.id, incident=incident, reason=reason) for unit in units)
    says = read.sight.words("say.decline", units=sentence.units(units))
    return Command("decline", says + sentence.comment(read.sight, reason), asks)


def cancel(read: Reader) -> Command:
    """`cancel units [incident] reason`; without units, `cancel [incident] reason` cancels the incident."""
    try:
        units = read.units()
    except Unclear:
        return _cancel_incident(read)
    named = read.incident_named()
    reason = read.rest()
    if not reason:
        raise Unclear("ask.reason")
    works = [(unit, named.id if named else _running(read.sight, unit).incident) for unit in units]
    asks = tuple(CancelAssignment(unit=unit.id, incident=incident, reason=reason) for unit, incident in works)
    says = read.sight.words(
        "say.cancel_unit",
        units=sentence.units(units),
        incident=_incidents(read.sight, [one for _, one in works]),
    )
    return Command("cancel", says + sentence.comment(read.sight, reason), asks)


def status(read: Reader) -> Command:
    """`status units status [reason]`."""
    units = read.units()
    wanted = read.choice(STATUS)
    if wanted is None:
        raise Unclear("ask.status", choices="on post busy out off")
    reason = read.rest()
    words = read.sight.words
    says = words("say.status", units=sentence.units(units), status=words(f"status.{wanted}"))
    return Command(
        "status", says + sentence.comment(read.sight, reason), (_status_asked(units, wanted, reason),)
    )


def _status_asked(units: list[UnitRow], wanted: str, reason: str) -> Value:
    """Several units are asked for at once, so that the centre changes all of them or none."""
    asked = {"status": wanted, "reason": reason}
    if len(units) == 1:
        return UnitStatus.model_validate({"unit": units[0].id, **asked})
    return TeamStatus.model_validate({"units": [unit.id for unit in units], **asked})


def safe(read: Reader) -> Command:
    """`safe unit reason`."""
    units = read.units()
    if len(units) > 1:
        raise Unclear("ask.one_emergency")
    reason = read.rest()
    if not reason:
        raise Unclear("ask.reason")
    says = read.sight.words("say.safe", units=sentence.units(units))
    asked = ClearEmergency(unit=units[0].id, reason=reason)
    return Command("safe", says + sentence.comment(read.sight, reason), (asked,), confirm=True)


def _step(read: Reader, step: str) -> Command:
    units = read.units()
    named = read.incident_named()
    text = read.rest()
    if step == "signed" and named is None and all(unit.recalls and not unit.incident for unit in units):
        return _recall_heard(read, units, text)
    works = [(unit, named.id if named else _running(read.sight, unit).incident) for unit in units]
    said = {"disposition": text or None} if step == "cleared" else {"quote": text}
    asks = tuple(
        Step.model_validate({"unit": unit.id, "step": step, "incident": incident, **said})
        for unit, incident in works
    )
    words = read.sight.words
    says = words(
        "say.step",
        units=sentence.units(units),
        step=words(f"step.{step}"),
        incident=_incidents(read.sight, [one for _, one in works]),
    )
    return Command(step, says + sentence.comment(read.sight, text), asks)


def _recall_heard(read: Reader, units: list[UnitRow], text: str) -> Command:
    """Units that are on nothing, and were called off, say that they heard it."""
    asks = tuple(Step(unit=unit.id, step="signed", quote=text) for unit in units)
    says = read.sight.words("say.recall_heard", units=sentence.units(units))
    return Command("signed", says + sentence.comment(read.sight, text), asks)


def _cancel_incident(read: Reader) -> Command:
    row = read.incident()
    reason = read.rest()
    if not reason:
        raise Unclear("ask.reason")
    says = read.sight.words("say.cancel_incident", incident=sentence.incident(read.sight, row))
    asked = CancelIncident(incident=row.id, reason=reason)
    return Command(
        "cancel",
        says + sentence.comment(read.sight, reason),
        (asked,),
        confirm=row.priority <= SECOND_THOUGHT,
    )


def _running(sight: Sight, unit: UnitRow) -> AssignmentRow:
    """The assignment the unit is on now: the furthest one. Raises `Unclear` when there is none."""
    rows = [
        row
        for row in sight.mirror.assignments.values()
        if row.unit == unit.id and row.state in LIVE_ASSIGNMENTS
    ]
    if not rows:
        raise Unclear("ask.steps", unit=unit.id)
    return max(rows, key=lambda row: (row.incident == unit.incident, LIVE_ASSIGNMENTS.index(row.state)))


def _incidents(sight: Sight, ids: list[str]) -> str:
    rows = [sight.mirror.incidents.get(one) for one in dict.fromkeys(ids)]
    return "; ".join(sentence.incident(sight, row) for row in rows if row is not None)
