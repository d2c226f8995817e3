"""Commands about alarms."""

from bus.messages.board import AlarmRow, ProposalRow
from bus.messages.verbs import (
    AcceptLink,
    Claim,
    Dismiss,
    LinkAlarm,
    Promote,
    RejectLink,
    Release,
    TypedAlarm,
)
from tui.command import incident_verbs, sentence
from tui.command.model import Command, Unclear
from tui.command.reader import Reader
from tui.command.vocabulary import anywhere, vocabulary
from tui.view.proposals import named

REASONS = {
    "test": ("测试",),
    "nuisance": ("误报", "false"),
    "non_police": ("非警务", "non-police"),
    "abort_code": ("正确撤警码", "abort-code"),
    "harassment": ("骚扰",),
}

KINDS = {
    "duplicate": ("重复", "dup"),
    "supplement": ("补充", "supp"),
    "urging": ("催促", "urge"),
    "unit_feedback": ("警力反馈", "feedback", "unit"),
    "harassment": ("骚扰",),
}

VIA = {"phone": ("电话",), "desk": ("现场",)}

SECOND_THOUGHT = 1
"""Dismissing or cancelling priority 0 or 1 is asked once more; everything else can be undone instead."""


def claim(read: Reader) -> Command:
    """`claim [.]`."""
    row = read.alarm()
    says = read.sight.words("say.claim", alarm=sentence.alarm(read.sight, row))
    return Command("claim", says, (Claim(alarm=row.id, version=row.version),))


def release(read: Reader) -> Command:
    """`release [.]`; of a held incident, by number or under the cursor, the hold."""
    if read.means_incident():
        return incident_verbs.release_hold(read)
    row = read.alarm()
    says = read.sight.words("say.release", alarm=sentence.alarm(read.sight, row))
    return Command("release", says, (Release(alarm=row.id),))


def promote(read: Reader) -> Command:
    """`promote [.] [type] [place] [text]`: what is not named comes from the alarm."""
    row = read.alarm()
    kind, place = _type_and_place(read)
    text = read.rest()
    if not row.type and kind is None:
        raise Unclear("ask.type")
    if row.place is None and place is None:
        raise Unclear("ask.place")
    words = read.sight.words
    says = words(
        "say.promote_as", type=read.sight.type(kind or row.type), place=read.sight.place(place or row.place)
    ) + sentence.comment(read.sight, text)
    return Command("promote", says, (Promote(alarm=row.id, type=kind, place=place, summary=text or None),))


def link(read: Reader) -> Command:
    """`link [.] incident [kind]`; without an incident, what is proposed."""
    row = read.alarm()
    incident = read.incident_named()
    if incident is None and row.proposals and not read.peek():
        return _accept(read, row, row.proposals[0])
    if incident is None:
        raise Unclear("ask.incident")
    kind = read.choice(KINDS)
    if kind is None and read.peek():
        raise Unclear("ask.kind", choices=" ".join(KINDS))
    words = read.sight.words
    says = words(
        "say.link",
        alarm=sentence.alarm(read.sight, row),
        incident=sentence.incident(read.sight, incident),
        kind=words(f"link.{kind or 'supplement'}"),
    )
    wanted = {"alarm": row.id, "incident": incident.id, "kind": kind or "supplement"}
    return Command("link", says, (LinkAlarm.model_validate(wanted),))


def _accept(read: Reader, row: AlarmRow, one: ProposalRow) -> Command:
    says = read.sight.words(
        f"say.accept_{one.kind}", alarm=sentence.alarm(read.sight, row), target=named(read.sight, one)
    )
    return Command("link", says, (AcceptLink(alarm=row.id, target=one.target),))


def apart(read: Reader) -> Command:
    """`apart [.]`: it does not belong to what is proposed first; of an incident, it stays as certain."""
    if read.at_incident():
        return incident_verbs.keep_certainty(read)
    row = read.alarm()
    if not row.proposals:
        raise Unclear("ask.proposal")
    one = row.proposals[0]
    says = read.sight.words("say.apart", alarm=sentence.alarm(read.sight, row), target=named(read.sight, one))
    return Command("apart", says, (RejectLink(alarm=row.id, target=one.target),))


def dismiss(read: Reader) -> Command:
    """`dismiss [.] reason`: the alarm, and those that share its row as it is on the screen."""
    row = read.alarm()
    reason = read.choice(REASONS)
    if reason is None:
        raise Unclear("ask.kind", choices=" ".join(REASONS))
    words = read.sight.words
    says = words("say.dismiss", alarm=sentence.alarm(read.sight, row), kind=words(f"dismiss.{reason}"))
    behind = sorted(one.id for one in read.sight.mirror.alarms.values() if one.behind == row.id)
    asked = tuple(Dismiss.model_validate({"alarm": id_, "reason": reason}) for id_ in (*behind, row.id))
    if behind:
        says += f"  x{len(asked)}"
    # Of many, an undo would take back the last alone.
    confirm = row.priority <= SECOND_THOUGHT or bool(behind)
    return Command("dismiss", says, asked, confirm=confirm, undoable=not behind)


def report(read: Reader) -> Command:
    """`report [drill] [phone] text`: type and place are found in the text, which is kept whole.

    The alarm's id is made when the line is committed, so the same line typed twice is two alarms.
    """
    exercise = read.exercise()
    via = read.choice(VIA) or "desk"
    text = read.rest()
    if not text:
        raise Unclear("ask.text")
    known = vocabulary(read.sight.mirror.names)
    kind, place = anywhere(known.types, text.lower()), anywhere(known.places, text.lower())
    words = read.sight.words
    says = words(
        "say.report",
        via=words(f"via.{via}"),
        type=sentence.kind(read.sight, kind),
        place=sentence.place(read.sight, place),
    )
    says += sentence.exercise(read.sight, exercise)
    found = {"type": kind, "place": place, "via": via, "exercise": exercise}
    asked = TypedAlarm.model_validate({"alarm": "", "text": text, **found})
    return Command("report", says + sentence.comment(read.sight, text), (asked,), undoable=False)


def _type_and_place(read: Reader) -> tuple[str | None, str | None]:
    """Both, in either order."""
    kind = read.type()
    place = read.place()
    return kind or read.type(), place
