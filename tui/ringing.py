"""Sounds the tones: by a program of the machine, by the terminal's bell where there is none or it fails."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tui.chime import wav
from tui.player import Program, found_player, play
from tui.settings import ConsoleTable
from tui.tones import STROKES, Tone

BELL = "bell"
"""`tone_player` of a console that wants the terminal's bell and no program."""


class Ringing:
    """How this console sounds."""

    def __init__(self, settings: ConsoleTable, bell: Callable[[], None]) -> None:
        self.on = settings.bell
        """False: this console makes no sound; everything else tells as before."""
        named = settings.tone_player or settings.player
        self.program: Program | None = None if named == BELL else found_player(named)
        self.trouble = ""
        """What the program said when it failed last."""
        self._bell = bell
        self._folder: Path | None = None

    @property
    def player(self) -> str:
        """The program's name; empty where the terminal's bell rings."""
        return "" if self.program is None or self.trouble else self.program.name

    async def sound(self, tone: Tone) -> None:
        """One tone, to its end."""
        if self.program is not None:
            self.trouble = await self._played(self.program, tone) or ""
        if self.program is None or self.trouble:
            for _ in range(STROKES[tone]):
                self._bell()

    def clear(self) -> None:
        """When the console is left."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _played(self, program: Program, tone: Tone) -> str | None:
        try:
            return await play(program, self._file(tone))
        except OSError as error:
            return error.strerror or str(error)

    def _file(self, tone: Tone) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="tongpin-tones-"))
        path = self._folder / f"{tone}.wav"
        if not path.exists():
            path.write_bytes(wav(tone))
        return path
