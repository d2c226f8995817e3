"""Plays a recording with a program of the machine: the console itself has no sound."""

import asyncio
import contextlib
import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["flac", "wav"]

KILL_S = 1.0
"""A player that does not stop when asked is killed after this."""


@dataclass(frozen=True)
class Program:
    """A player's command line, and what it can play."""

    argv: tuple[str, ...]
    kind: Kind = "flac"

    @property
    def name(self) -> str:
        """As people know it."""
        return self.argv[0]


KNOWN = (
    Program(("paplay",)),
    Program(("aplay", "-q"), "wav"),
    Program(("ffplay", "-nodisp", "-autoexit", "-loglevel", "error")),
    Program(("play", "-q")),
)
"""Tried in this order. `aplay` knows WAV and a few older formats, but no FLAC."""


def found_player(named: str | None, which: Callable[[str], str | None] = shutil.which) -> Program | None:
    """The settings' player, else the first one known that this machine has; None when there is none."""
    if named:
        argv = tuple(shlex.split(named))
        known = next((one for one in KNOWN if argv and one.name == Path(argv[0]).name), None)
        return Program(argv, known.kind if known else "flac") if argv else None
    return next((one for one in KNOWN if which(one.name)), None)


async def play(program: Program, recording: Path) -> str | None:
    """To its end; what went wrong in the player's own words, None when nothing did. Cancel it for silence."""
    try:
        running = await asyncio.create_subprocess_exec(
            *program.argv,
            str(recording),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        return error.strerror or str(error)
    try:
        _, said = await running.communicate()
    finally:
        await _end(running)
    return None if running.returncode == 0 else _last_line(said)


async def _end(running: asyncio.subprocess.Process) -> None:
    """Nothing sounds after this."""
    if running.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        running.terminate()
        try:
            await asyncio.wait_for(running.wait(), KILL_S)
        except TimeoutError:
            running.kill()


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "?"
