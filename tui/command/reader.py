"""Reads the arguments of a line one by one. What it cannot place is left as text."""

import re
from collections.abc import Mapping

from bus.messages.base import Exercise
from bus.messages.board import AlarmRow, IncidentRow, UnitRow
from tui.command.model import Unclear
from tui.command.vocabulary import Entries, longest, vocabulary
from tui.view.sight import Sight, number_of

_SPACE = re.compile(r"[\s,，、]*")
_NUMBER = re.compile(r"#?(\d+)(?:-(\d{4})|('))?(?![\w-])")
"""Of an incident; with its day, or a mark for another day's, where today has the same one."""
_DURATION = re.compile(r"(\d+)(s|m|min|h)(?!\w)")
_PRIORITY = re.compile(r"[0-4](?![\w-])")
_DIGIT = re.compile(r"\d(?![\w-])")
_DOT = re.compile(r"\.(?=\s|$)")
_HANDLE = re.compile(r"@([0-9a-f-]{2,36})(?![\w-])")
"""The last digits of an alarm's id, where there is no cursor to point with."""
_RADIO = re.compile(r"[a-z0-9-]+:[0-9a-f]+|\d{3,}")
"""A radio never heard: its kind and id, or at least the digits of a number."""
_ARROW = re.compile(r"[>＞]|into(?!\w)|并入")
_STAR = re.compile(r"\*")
_WORD = re.compile(r"[^\s,，、]+")

_DRILL = {"drill": ("演练",)}
_MINUTES = {"s": 1 / 60, "m": 1.0, "min": 1.0, "h": 60.0}


class Reader:
    """The arguments of one line, left to right. Each method takes its argument or leaves the line be."""

    def __init__(self, text: str, sight: Sight, cursor: str | None) -> None:
        self.sight = sight
        self._text = text
        lower = text.lower()
        self._lower = lower if len(lower) == len(text) else text
        self._at = 0
        self._cursor = cursor
        self._words = vocabulary(sight.mirror.names)
        self.about: set[tuple[str, int]] = set()
        """Id and version of each row taken."""

    def alarm(self) -> AlarmRow:
        """The alarm under the cursor, or by its handle. Raises `Unclear`."""
        named = self._take(_HANDLE)
        row = self._by_handle(named.group(1)) if named else self._alarm_at_cursor()
        if row is None:
            raise Unclear("ask.alarm")
        self.about.add((row.id, row.version))
        return row

    def _alarm_at_cursor(self) -> AlarmRow | None:
        self._take(_DOT)
        kind, _, id_ = (self._cursor or "").partition(":")
        return self.sight.mirror.alarms.get(id_) if kind == "alarm" else None

    def _by_handle(self, digits: str) -> AlarmRow:
        rows = [row for row in self.sight.mirror.alarms.values() if row.id.endswith(digits)]
        if len(rows) > 1:
            raise Unclear("ask.choices", text=f"@{digits}", choices=" ".join(f"@{row.id}" for row in rows))
        if not rows:
            raise Unclear("ask.handle", text=f"@{digits}")
        return rows[0]

    def incident(self) -> IncidentRow:
        """By number, suffix, or the one under the cursor. Raises `Unclear`."""
        return self.incident_named() or self.incident_here()

    def incident_here(self) -> IncidentRow:
        """The one under the cursor, whatever number comes next. Raises `Unclear`."""
        self._take(_DOT)
        kind, _, id_ = (self._cursor or "").partition(":")
        found = self.sight.mirror.incidents.get(id_) if kind == "incident" else None
        if found is None:
            raise Unclear("ask.incident")
        self.about.add((found.id, found.version))
        return found

    def means_incident(self) -> bool:
        """Whether a number comes next, or the cursor is on an incident."""
        return self.numbers_ahead() > 0 or (self._cursor or "").startswith("incident:")

    def at_incident(self) -> bool:
        """Whether the cursor is on an incident, and no alarm is named by its handle."""
        return (self._cursor or "").startswith("incident:") and not self.peek().startswith("@")

    def incident_named(self, *, closed: bool = False) -> IncidentRow | None:
        """By number, suffix, or the number of one that was merged into it.

        Raises `Unclear` for a number that is none: better asked than misread.
        """
        taken = self._take(_NUMBER)
        if taken is None:
            return None
        digits = taken.group(1)
        rows: list[IncidentRow] = list(self.sight.mirror.incidents.values())
        if closed:
            rows += self.sight.mirror.left.values()
        exact = _called(taken, rows)
        bare = taken.group(0).lstrip("#") == digits
        near = [row for row in rows if bare and len(digits) > 1 and str(row.no).endswith(digits)]
        near = [row for row in near if row.number_day is None] or near
        stands_for = [row for row in rows if bare and int(digits) in row.merged.values()]
        for choice in (exact, stands_for, near):
            if len(choice) == 1:
                self.about.add((choice[0].id, choice[0].version))
                return choice[0]
        if len(near) > 1:
            raise Unclear("ask.choices", text=digits, choices=" ".join(map(number_of, near)))
        raise Unclear("ask.number", text=taken.group(0).lstrip("#"))

    def units(self) -> list[UnitRow]:
        """One or more, by id, call sign, or `*team`, in any language. Raises `Unclear` when there is none."""
        rows: dict[str, UnitRow] = {}
        while found := self._team() or self._unit():
            rows |= {row.id: row for row in found}
        self.about |= {(row.id, row.version) for row in rows.values()}
        if not rows:
            raise Unclear("ask.units")
        return list(rows.values())

    def radio(self) -> str:
        """A radio by its key or its number alone, as shown or as typed; gives its key. Raises `Unclear`."""
        keys = self.sight.mirror.radios
        names = {(spoken, key) for key in keys for spoken in (key, key.replace(":", " ", 1))}
        key = self._name(tuple(sorted(names, key=lambda pair: -len(pair[0]))))
        if key is not None:
            return key
        taken = self._take(_WORD)
        word = taken.group() if taken else ""
        near = [key for key in keys if key.partition(":")[2] == word]
        if len(near) > 1:
            raise Unclear("ask.choices", text=word, choices=" ".join(near))
        if not near and not _RADIO.fullmatch(word):
            raise Unclear("ask.radio", text=word)
        return near[0] if near else word

    def team(self) -> str | None:
        """A team by any of its names, with or without its star."""
        self._take(_STAR)
        return self._name(self._words.teams)

    def agency(self) -> str | None:
        """An agency by id or name."""
        return self._name(self._words.agencies)

    def place(self) -> str | None:
        """A place by any of its names."""
        return self._name(self._words.places)

    def type(self) -> str | None:
        """An incident type by id or name."""
        return self._name(self._words.types)

    def priority(self) -> int | None:
        """0 to 4."""
        taken = self._take(_PRIORITY)
        return int(taken.group()) if taken else None

    def minutes(self) -> int | None:
        """`20m`, `1h`, `90s`: whole minutes, at least one."""
        taken = self._take(_DURATION)
        return max(1, round(int(taken.group(1)) * _MINUTES[taken.group(2)])) if taken else None

    def arrow(self) -> None:
        """What may stand between an incident and the one it goes into."""
        self._take(_ARROW)

    def count(self) -> int | None:
        """A bare number."""
        taken = self._take(_NUMBER)
        return int(taken.group(1)) if taken else None

    def digit(self) -> int | None:
        """A single digit."""
        taken = self._take(_DIGIT)
        return int(taken.group()) if taken else None

    def means_unit(self) -> bool:
        """Whether a unit or a team comes next."""
        before = self._at
        found = self._team() or self._unit()
        self._at = before
        return bool(found)

    def numbers_ahead(self) -> int:
        """How many bare numbers come next."""
        before, count = self._at, 0
        while self._take(_NUMBER):
            count += 1
        self._at = before
        return count

    def choice(self, choices: Mapping[str, tuple[str, ...]]) -> str | None:
        """One of a few words, by a unique beginning of three letters or more, or a short name in full."""
        before = self._at
        taken = self._take(_WORD)
        if taken is None:
            return None
        word = taken.group().lower()
        exact = [key for key, names in choices.items() if word in (key, *names)]
        near = [key for key, names in choices.items() if any(_begins(name, word) for name in (key, *names))]
        found = exact or near
        if len(found) == 1:
            return found[0]
        self._at = before
        return None

    def exercise(self) -> Exercise:
        """`drill` before everything else makes it an exercise."""
        return "exercise" if self.choice(_DRILL) else "actual"

    def rest(self) -> str:
        """Everything that is left, as it was typed."""
        self._take(_SPACE)
        text = self._text[self._at :].strip()
        self._at = len(self._text)
        return text

    def peek(self) -> str:
        """The same, left in the line."""
        return self._text[self._at :].strip()

    def _team(self) -> list[UnitRow]:
        before = self._at
        self._skip()
        if self._text[self._at : self._at + 1] == "*":
            self._at += 1
            team = self._name(self._words.teams)
            if team is not None:
                return [row for row in self.sight.mirror.units.values() if row.team == team]
        self._at = before
        return []

    def _unit(self) -> list[UnitRow]:
        before = self._at
        key = self._name(self._words.units)
        row = self.sight.mirror.units.get(key or "")
        if row is None:
            self._at = before
            return []
        return [row]

    def _name(self, entries: Entries) -> str | None:
        self._skip()
        found = longest(entries, self._lower, self._at)
        if found is None:
            return None
        key, self._at = found
        return key

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        start = self._skip_from()
        taken = pattern.match(self._lower, start)
        if taken is not None:
            self._at = taken.end()
        return taken

    def _skip(self) -> None:
        self._at = self._skip_from()

    def _skip_from(self) -> int:
        spaces = _SPACE.match(self._lower, self._at)
        return spaces.end() if spaces else self._at


def _called(taken: re.Match[str], rows: list[IncidentRow]) -> list[IncidentRow]:
    """Those with the number; of several, the bare number means today's."""
    named = [row for row in rows if str(row.no) == taken.group(1)]
    if taken.group(2):
        return [row for row in named if number_of(row) == taken.group(0).lstrip("#")]
    return [row for row in named if bool(row.number_day) is bool(taken.group(3))]


_ENOUGH = 3
"""Letters of a word that stand for it; of Chinese one character is enough."""


def _begins(name: str, word: str) -> bool:
    return name.startswith(word) and (len(word) >= _ENOUGH or not word.isascii())
