"""The row under the cursor, in full: what is known of it, who works on it, and what happened."""

from collections.abc import Iterable

from bus.messages.board import AlarmRow, AssignmentRow, IncidentRow, TimerRow, UnitRow
from tui.ages import clock_age, short_age, wall_clock
from tui.cells import wrap
from tui.view.advised import ranked_lines
from tui.view.agencies import agency_text, offer_text, team_texts
from tui.view.callers import caller, spelled
from tui.view.line import Line, Piece, column, cut, piece
from tui.view.overdue import sentences
from tui.view.proposals import proposal_sentences, sighting_sentence
from tui.view.queue import CLOCK_S, incident_state
from tui.view.radio import percent
from tui.view.sight import LIVE_ASSIGNMENTS, Sight, number_of
from tui.view.states import state_column
from tui.view.units import unit_state

_STEPS = ("RESERVED", "DISPATCHED", "SIGNED", "ENROUTE", "ONSCENE", "CLEARED")
_LABEL, _UNIT, _STATE = 11, 5, 11
_SPACE, _TILDE = 0x20, 0x7E
"""The printable characters of ASCII."""


def detail_title(sight: Sight, key: str | None) -> str:
    """One line that names the row."""
    words = sight.words
    match find(sight, key):
        case AlarmRow() as row:
            return f"{words('detail.alarm')}  {_named(sight, row)}"
        case IncidentRow() as row:
            return f"{number_of(row)}  {_named(sight, row)}"
        case UnitRow() as row:
            return f"{row.id}  {sight.unit(row.id)}, {sight.team(row.team)}"
        case _:
            return words("detail.none")


def _named(sight: Sight, row: AlarmRow | IncidentRow) -> str:
    return sight.matter(row.type, row.place)


def find(sight: Sight, key: str | None) -> AlarmRow | IncidentRow | UnitRow | None:
    """The row a line's key names, None when it left the board."""
    kind, _, id_ = (key or "").partition(":")
    match kind:
        case "alarm":
            return sight.mirror.alarms.get(id_)
        case "incident":
            return sight.mirror.incidents.get(id_)
        case "unit":
            return sight.mirror.units.get(id_)
        case _:
            return None


def fact_lines(sight: Sight, key: str | None, width: int) -> list[Line]:
    """What is known."""
    match find(sight, key):
        case AlarmRow() as row:
            return _alarm_facts(sight, row, width)
        case IncidentRow() as row:
            return _incident_facts(sight, row, width)
        case UnitRow() as row:
            return _unit_facts(sight, row, width)
        case _:
            return []


def _alarm_facts(sight: Sight, row: AlarmRow, width: int) -> list[Line]:
    words = sight.words
    lines = _words_of(sight, row, width)
    lines += _fact(words("fact.state"), _alarm_state(sight, row), width)
    lines += _timers(sight, row.timers, width)
    lines += _fact(words("fact.from"), f"{words(f'source.{row.source}')} {row.source_id}", width)
    lines += _fact(words("fact.panel"), _panel(sight, row), width)
    lines += _fact(words("fact.caller"), _caller(sight, row), width)
    lines += _fact(words("fact.said"), _times(sight, row), width)
    lines += _fact(words("fact.clip"), words("fact.clip_key") if row.clip else "", width)
    lines += _fact(words("fact.agency"), agency_text(sight, row), width)
    lines += _fact(words("fact.offer"), offer_text(sight, row.offer), width, "yellow")
    lines += _fact(words("fact.notes"), _notes(sight, row), width, "yellow")
    for sentence in proposal_sentences(sight, row):
        lines += _fact(words("fact.proposal"), sentence, width, "cyan")
    if row.proposals:
        lines += _fact("", words("propose.keys"), width, "dim")
    lines += ranked_lines(sight, f"alarm:{row.id}", width)
    if row.raw and (not row.parsed or row.source == "panel"):
        lines += _raw(words("fact.raw"), row.raw, width)
    return lines


def _words_of(sight: Sight, row: AlarmRow, width: int) -> list[Line]:
    text = sight.said(row.text, row.text_zh)
    if not text:
        return []
    spoken = row.source in ("radio", "manual") and row.event_code is None
    shown = f'"{text}"' if spoken else text
    sure = percent(row.confidence)
    lines = [Line(None, (piece(f" {part}", "bold ink"),)) for part in wrap(shown, width - 2)]
    if row.words:
        lines += [Line(None, (piece(f" {part}", "bold ink"),)) for part in wrap(f'"{row.words}"', width - 2)]
    if sure:
        lines.append(Line(None, (piece(f" {sight.words('fact.heard', percent=sure)}", "violet"),)))
    return lines


def _alarm_state(sight: Sight, row: AlarmRow) -> str:
    state = sight.words.state(row.state)
    if row.claimed_by and row.claimed_at:
        return sight.words("fact.claimed", by=row.claimed_by, age=short_age(sight.age(row.claimed_at)))
    return f"{state}, P{row.priority}"


def _panel(sight: Sight, row: AlarmRow) -> str:
    names = (
        ("account", row.account),
        ("zone", row.zone),
        ("code", row.event_code),
        ("qualifier", sight.coded("qualifier", row.qualifier or "")),
    )
    return "  ".join(f"{sight.words(f'fact.{name}')} {value}" for name, value in names if value)


def _caller(sight: Sight, row: AlarmRow) -> str:
    """Unit and radio; the id alone, with its `?`, where nobody knows whose it is."""
    if row.radio is None:
        return sight.unit(row.caller_unit) if row.caller_unit else ""
    known = caller(sight, row.radio)
    unit = row.caller_unit or (known if not known.endswith("?") else None)
    return f"{sight.unit(unit)} ({spelled(row.radio)})" if unit else known


def _times(sight: Sight, row: AlarmRow) -> str:
    text = f"{wall_clock(row.said_at)}  ({clock_age(sight.age(row.recorded_at))})"
    if abs(row.clock_offset) > CLOCK_S:
        text += "  " + sight.words("fact.clock_off", seconds=f"{row.clock_offset:+.0f}")
    return text


def _notes(sight: Sight, row: AlarmRow) -> str:
    words = sight.words
    notes = (
        (not row.parsed, words("fact.unparsed")),
        (row.count + row.row_count > 1, words("fact.repeated", n=row.count + row.row_count)),
        (row.unseen, words("fact.unseen")),
        (row.maybe_repeat, words("fact.maybe_repeat")),
        (row.restored_at is not None, words("fact.restored", at=wall_clock(row.restored_at or sight.now))),
        (row.dismiss_wanted_by is not None, words("fact.second", by=row.dismiss_wanted_by or "")),
        (bool(row.link_kind), f"{words('fact.linked')} {sight.number(row.incident)}"),
    )
    return "; ".join(text for is_set, text in notes if is_set)


def _raw(label: str, raw: str, width: int) -> list[Line]:
    """A frame's bytes in hex, eight to a group, with the characters they stand for."""
    try:
        data = bytes.fromhex(raw)
    except ValueError:
        return _fact(label, raw, width, "dim")
    each = max((width - _LABEL - 2) // 4 // 4 * 4, 4)
    lines = []
    for at in range(0, min(len(data), each * 6), each):
        part = data[at : at + each]
        text = "".join(chr(byte) if _SPACE <= byte <= _TILDE else "." for byte in part)
        hexes = part.hex(" ").ljust(each * 3)
        lines.append(
            Line(
                None,
                (
                    column(f" {label if at == 0 else ''}", _LABEL, "dim"),
                    piece(hexes, "ink"),
                    piece(text, "cyan"),
                ),
            )
        )
    return lines


def _incident_facts(sight: Sight, row: IncidentRow, width: int) -> list[Line]:
    words = sight.words
    head = (
        Piece(" "),
        state_column(words, incident_state(row), 12),
        piece(f"P{row.priority}  {clock_age(sight.age(row.first_alarm_at))}", "ink"),
        piece(f"  {words('fact.alarms', n=row.alarms)}", "dim"),
        piece("" if row.certainty == "possible" else f"  {words.state(row.certainty)}", "violet"),
    )
    summary = wrap(sight.said(row.summary, row.summary_zh), width - 2)
    lines = [Line(None, (piece(f" {part}", "bold ink"),)) for part in summary if part]
    lines.append(Line(None, cut(head, width)))
    if row.sighting is not None:
        lines += _fact(words("fact.proposal"), sighting_sentence(sight, row), width, "cyan")
        lines += _fact("", words("propose.sighting_keys"), width, "dim")
    if row.returned_at is not None:
        lines += _fact(words("fact.returned"), wall_clock(row.returned_at), width, "yellow")
    if row.review_at is not None:
        lines += _fact(words("fact.review"), wall_clock(row.review_at), width, "violet")
    lines += _timers(sight, row.timers, width)
    lines += _fact(words("fact.agency"), agency_text(sight, row), width)
    lines += _fact(words("fact.offer"), offer_text(sight, row.offer), width, "yellow")
    for text in team_texts(sight, row):
        lines += _fact(words("fact.team"), text, width)
    lines += _fact(words("fact.outcome"), sight.coded("outcome", row.disposition or ""), width)
    lines += _fact(words("fact.merged"), " ".join(map(str, row.merged.values())), width)
    for one in sight.assignments(row.id):
        lines.append(Line(None, cut(_assignment(sight, one, width), width)))
        lines += _timers(sight, one.timers, width)
    lines += ranked_lines(sight, f"incident:{row.id}", width)
    linked = [one for one in sight.mirror.alarms.values() if one.incident == row.id]
    for alarm in sorted(linked, key=lambda one: one.recorded_at):
        lines.append(Line(None, cut(_linked(sight, alarm), width)))
    return lines


def _assignment(sight: Sight, row: AssignmentRow, width: int) -> Iterable[Piece]:
    """The unit, its state, and when it reached each step; a `?` marks a step nobody reported.

    Where there is no room for seconds, minutes must do.
    """
    ended = row.state not in LIVE_ASSIGNMENTS
    yield column(f" {row.unit}", _UNIT, "dim" if ended else "bold ink")
    state = "stacked" if row.after and row.state == "DISPATCHED" else row.state
    yield state_column(sight.words, state, _STATE)
    if row.grant is not None:
        yield piece(sight.words("grant.mark", grant=row.grant), "violet")
    stamps = {code.upper(): at for code, at in row.stamps.items()}
    inferred = {code.upper() for code in row.inferred}
    digits = 8 if _UNIT + _STATE + 10 * sum(step in stamps for step in _STEPS) <= width else 5
    for step in _STEPS:
        if step in stamps:
            guess = step in inferred
            mark = f"{sight.words.letter(step)}{wall_clock(stamps[step])[:digits]}{'?' if guess else ' '}"
            yield piece(mark, "violet" if guess else "dim")


def _linked(sight: Sight, row: AlarmRow) -> Iterable[Piece]:
    kind = sight.words(f"link.{row.link_kind}") if f"link.{row.link_kind}" in sight.words else ""
    yield column(f" {wall_clock(row.said_at)}", 10, "dim")
    yield column(sight.words(f"source.{row.source}"), 5, "ink")
    if kind:
        yield piece(f"{kind} ", "violet")
    yield piece(sight.said(row.text, row.text_zh), "ink")


def _unit_facts(sight: Sight, row: UnitRow, width: int) -> list[Line]:
    words = sight.words
    place = sight.place(row.place) + (f" ({short_age(sight.age(row.place_at))})" if row.place_at else "")
    heard = wall_clock(row.last_heard_at) if row.last_heard_at else "-"
    lines = [Line(None, (Piece(" "), state_column(words, unit_state(row), 14)))]
    lines += _timers(sight, row.timers, width)
    lines += _fact(words("fact.reason"), row.reason or "", width)
    lines += _fact(words("fact.recalls"), " ".join(map(str, row.recalls)), width, "yellow")
    lines += _fact(words("fact.place"), place, width)
    lines += _fact(words("fact.last_heard"), heard, width)
    lines += _fact(words("fact.radios"), ", ".join(spelled(key) for key in row.radios), width)
    lines += _fact(words("fact.agency"), sight.agency(row.agency), width)
    for one in sight.mirror.assignments.values():
        if one.unit == row.id and one.state in LIVE_ASSIGNMENTS:
            number = piece(f" {sight.number(one.incident)}")
            pieces = (number, *_assignment(sight, one, width - number.cells))
            lines.append(Line(None, cut(pieces, width)))
    return lines


def _timers(sight: Sight, timers: Iterable[TimerRow], width: int) -> list[Line]:
    label = sight.words("fact.timer")
    return [line for one in sentences(sight, timers) for line in _fact(label, one.text, width, one.role)]


def _fact(label: str, text: str, width: int, role: str = "ink") -> list[Line]:
    """A label and its text, wrapped under itself; nothing when there is no text."""
    if not text:
        return []
    parts = wrap(text, max(width - _LABEL - 1, 8))
    return [
        Line(None, (column(f" {label if index == 0 else ''}", _LABEL, "dim"), piece(part, role)))
        for index, part in enumerate(parts)
    ]
