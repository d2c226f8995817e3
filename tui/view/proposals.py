"""What an alarm may belong to, and why: short in its row, in full in the detail."""

from collections.abc import Iterator

from bus.messages.board import AlarmRow, IncidentRow, ProposalRow, ReasonRow
from tui.ages import wall_clock
from tui.view.sight import Sight, number_of


def short_proposal(sight: Sight, row: AlarmRow) -> str:
    """`=1034` for an incident, `=14:02:41` for the alarm of that moment; "" where nothing is proposed."""
    return f"={_name(sight, row.proposals[0])}" if row.proposals else ""


def proposal_sentences(sight: Sight, row: AlarmRow) -> Iterator[str]:
    """One sentence for each proposal: what, how many points, every term of them, what joining would raise."""
    for one in row.proposals:
        terms = ", ".join(reason(sight, term) for term in one.reasons)
        yield (
            sight.words("propose.one", target=named(sight, one), score=one.score)
            + terms
            + _raised(sight, row, one)
        )


def sighting_sentence(sight: Sight, row: IncidentRow) -> str:
    """How certain the incident would be by what was said of it, by whom, when and in which words."""
    said = row.sighting
    if said is None:
        return ""
    return sight.words(
        f"propose.{said.why}",
        certainty=sight.words.state(said.certainty),
        who=sight.unit(said.unit) if said.unit else sight.words("propose.somebody"),
        at=wall_clock(said.at),
        text=said.text,
    )


def named(sight: Sight, one: ProposalRow) -> str:
    """The incident or the alarm proposed, as people say it."""
    if one.closed_no is not None and one.target not in sight.mirror.incidents:
        return sight.words("propose.closed", no=one.closed_no)
    other = sight.mirror.alarms.get(one.target)
    incident = sight.mirror.incidents.get(one.target)
    if incident is not None:
        said = {"type": sight.type(incident.type), "place": sight.place(incident.place)}
        return sight.words("say.incident", no=number_of(incident), **said)
    if other is None:
        return "-"
    return f"{wall_clock(other.said_at)} {sight.matter(other.type, other.place)}"


def reason(sight: Sight, term: ReasonRow) -> str:
    """One term with its points; a code the catalogue does not know is shown as it is."""
    key = f"because.{term.code}"
    text = sight.words(key, value=_value(sight, term)) if key in sight.words else f"{term.code} {term.value}"
    return f"{text} {term.points:+d}" if term.points else text


def _value(sight: Sight, term: ReasonRow) -> str:
    match term.code:
        case "same-place" | "place-within" | "institution":
            return sight.place(term.value)
        case "same-type" | "kin-type" | "smoke-or-heat" | "other-matter":
            return " / ".join(sight.short_type(kind) for kind in term.value.split())
        case "across-sources":
            return " + ".join(sight.words(f"source.{source}") for source in term.value.split())
        case _:
            return term.value


def _raised(sight: Sight, row: AlarmRow, one: ProposalRow) -> str:
    """The priority and certainty the incident would get, where they are more than either side has."""
    incident, other = sight.mirror.incidents.get(one.target), sight.mirror.alarms.get(one.target)
    before = min((each.priority for each in (incident, other, row) if each is not None), default=row.priority)
    certainty = incident.certainty if incident is not None else "possible"
    parts = [sight.words("propose.priority", priority=one.priority)] if one.priority < before else []
    if one.certainty != certainty:
        parts.append(sight.words.state(one.certainty))
    return f"; {sight.words('propose.raises')} {', '.join(parts)}" if parts else ""


def _name(sight: Sight, one: ProposalRow) -> str:
    if one.kind == "incident":
        return str(one.closed_no or sight.number(one.target))
    other = sight.mirror.alarms.get(one.target)
    return wall_clock(other.said_at) if other is not None else "-"
