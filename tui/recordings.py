"""Recordings fetched from the centre piece by piece, the last few of them kept in a folder of their own."""

import base64
import binascii
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bus.messages.base import Value
from bus.messages.request import Problem, Reply
from bus.messages.verbs import AskClip
from tui.player import Kind

KEPT = 20
"""Recordings kept; playing one again asks the centre nothing."""

Ask = Callable[[Value], Awaitable[Reply]]


class Recordings:
    """A folder for the time the console runs; only its user can read it."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._folder: Path | None = None

    async def fetch(self, clip: str, kind: Kind) -> Path | Problem:
        """The file, or why the centre does not give it. Raises `LinkError`, `NotAnswered`, `OSError`."""
        path = self._path(clip, kind)
        if path.exists():
            return path
        sound = bytearray()
        while True:
            reply = await self._ask(AskClip(clip=clip, offset=len(sound), format=kind))
            if reply.error is not None:
                return reply.error
            piece, size = _read(reply)
            sound += piece
            if len(sound) >= size or not piece:
                break
        path.write_bytes(sound)
        self._forget_oldest()
        return path

    def clear(self) -> None:
        """When the console is left."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, clip: str, kind: Kind) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="tongpin-"))
        return self._folder / Path(clip).with_suffix(f".{kind}").name

    def _forget_oldest(self) -> None:
        files = sorted(self._folder.iterdir(), key=_age) if self._folder else []
        for old in files[:-KEPT]:
            old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _read(reply: Reply) -> tuple[bytes, int]:
    result = reply.result or {}
    try:
        return base64.b64decode(str(result.get("data", ""))), int(result.get("size", 0))
    except (binascii.Error, ValueError):
        return b"", 0
