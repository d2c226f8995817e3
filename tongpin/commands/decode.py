"""`tongpin decode`: bytes of a panel line in, one JSON record a frame out."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from io import BufferedReader
from pathlib import Path
from typing import Annotated, cast

import typer

from hardware.errors import UnreadableCaptureError
from hardware.panels.frame import Run
from hardware.panels.registry import codec

CHUNK_BYTES = 65536


def decode(
    protocol: Annotated[str, typer.Argument(help="The line's protocol, such as surgard or contact_id.")],
    file: Annotated[
        Path | None,
        typer.Argument(help="Raw bytes as they came off the wire; standard input when not given."),
    ] = None,
) -> None:
    """Decode the raw bytes of a panel line: one JSON object per frame, in the order of the wire.

    Bytes that are no frame become records of kind unparsed; nothing on the wire makes this command fail.
    Records are printed as soon as their frame is complete, so a live line can be piped through. An unknown
    protocol is answered with the list of those there are, exit code 2.

    Example: tongpin decode surgard capture.bin
    """
    decoder = codec(protocol)
    with _open(file) as source:
        try:
            for data in _chunks(source):
                _print(decoder.feed(data))
            _print(decoder.flush())
        except BrokenPipeError:
            # The reader has seen enough. Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open(file: Path | None) -> BufferedReader | nullcontext[BufferedReader]:
    """Open the file, or lend standard input."""
    if file is None or str(file) == "-":
        return nullcontext(cast("BufferedReader", sys.stdin.buffer))
    try:
        return file.open("rb")
    except OSError as error:
        raise UnreadableCaptureError(f"{file} cannot be read: {error.strerror}.") from error


def _chunks(source: BufferedReader) -> Iterator[bytes]:
    """Yield what has arrived, as it arrives."""
    try:
        while data := source.read1(CHUNK_BYTES):
            yield data
    except OSError as error:
        raise UnreadableCaptureError(f"Reading {source.name} broke off: {error.strerror}.") from error


def _print(runs: Iterable[Run]) -> None:
    """Write the runs' records, a line each, at once. UTF-8 whatever the locale: it is JSON."""
    lines = [record.to_json() for run in runs for record in run.records]
    if lines:
        sys.stdout.buffer.write(("\n".join(lines) + "\n").encode("utf-8"))
        sys.stdout.buffer.flush()
