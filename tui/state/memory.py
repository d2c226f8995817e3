"""The lines an operator typed: those committed, the one that is not yet, and a note that is not left yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ValidationError

from tui.cells import plain
from tui.state.folder import StateFolder

REMEMBERED = 100
"""Committed lines the arrows bring back."""

LONGEST = 2_000
"""Characters of a line."""

_PAST = "lines"

Half = Literal["line", "note"]

_DRAFTS: dict[Half, str] = {"line": "draft.json", "note": "note.json"}


class Draft(BaseModel):
    """A line nobody committed, or a note nobody left."""

    line: str
    by: str
    """The operator's login, empty before anybody signed in."""
    at: datetime
    sent: bool = False
    """It was committed, and no answer was seen."""


@dataclass
class Memory:
    """Reads once, writes at every change. A disk that refuses is told once, and the console works on."""

    folder: StateFolder
    trouble: str = ""
    """Why lines are not kept, until somebody was told."""

    def __post_init__(self) -> None:
        self._told = False
        self.past = [plain(line)[:LONGEST] for line in self._read(_PAST).splitlines()][-REMEMBERED:]
        self._kept = dict.fromkeys(_DRAFTS, ("", False))

    def draft(self, of: Half = "line") -> Draft | None:
        """What was on the screen when the console ended."""
        text = self._read(_DRAFTS[of])
        try:
            found = Draft.model_validate_json(text) if text else None
        except ValidationError:
            return None
        line = plain(found.line)[:LONGEST] if found else ""
        self._kept[of] = line, bool(found and found.sent)
        return found.model_copy(update={"line": line}) if found and line.strip() else None

    def keep(self, line: str, by: str, at: datetime, *, of: Half = "line", sent: bool = False) -> None:
        """The line or note as it is now, in place of the last one."""
        if (line, sent) != self._kept[of]:
            self._kept[of] = line, sent
            self._write(_DRAFTS[of], Draft(line=line, by=by, at=at, sent=sent).model_dump_json())

    def remember(self, line: str) -> None:
        """A committed line, the newest; the same line again moves there."""
        self.past = [*(past for past in self.past if past != line), line][-REMEMBERED:]
        self._write(_PAST, "".join(f"{plain(past)}\n" for past in self.past))

    def _read(self, name: str) -> str:
        try:
            return self.folder.read(name)
        except (OSError, UnicodeError) as error:
            self._complain(error)
            return ""

    def _write(self, name: str, text: str) -> None:
        try:
            self.folder.write(name, text)
        except (OSError, UnicodeError) as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            self.trouble = str(error)
