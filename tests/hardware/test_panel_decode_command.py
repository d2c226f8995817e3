"""The decode command as a technician runs it: a real process with real pipes."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hardware.errors import HardwareError
from tongpin.commands.decode import decode

pytestmark = pytest.mark.slow

KEYS = [
    *("protocol", "kind", "receiver", "line", "account", "qualifier", "code_set", "code"),
    *("partition", "zone", "user", "text", "check", "reply", "raw"),
]
RUN = (
    "import sys, typer\n"
    "from hardware.errors import HardwareError\n"
    "from tongpin.commands.decode import decode\n"
    "app = typer.Typer(add_completion=False)\n"
    "app.command()(decode)\n"
    "try:\n"
    "    app()\n"
    "except HardwareError as error:\n"
    "    sys.exit(f'{error}')\n"
)


def test_a_stream_becomes_one_line_a_record() -> None:
    """Frames, noise and an unfinished rest come out in order, each with every key, and the exit code is 0."""
    done = _decode(b"5011 184321E12102007\x14junk!\r\n1011           @    \x145011 18", "surgard")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["kind"] for record in records] == ["event", "unparsed", "heartbeat", "unparsed"]
    assert list(records[0]) == KEYS
    assert records[3]["reply"] == "none"
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_is_read_like_the_pipe(tmp_path: Path) -> None:
    """A capture given by name decodes as the same bytes from standard input."""
    capture = tmp_path / "line.bin"
    capture.write_bytes(b"2063 18 1570 01 004 2\r")
    assert (
        _decode(b"", "contact_id", str(capture)).stdout == _decode(capture.read_bytes(), "contact_id").stdout
    )


def test_random_bytes_leave_exit_code_0() -> None:
    """Whatever is on the wire, the command ends well and without a word on stderr."""
    done = _decode(random.Random(7).randbytes(100_000), "surgard")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_leaves_is_no_fault() -> None:
    """A closed pipe, as by `head`, ends the command quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", RUN, "surgard"],
        input=b"5011 184321E12102007\x14",
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("sur_gard",), "There is no panel protocol 'sur_gard'; known are .*surgard.* Did you mean surgard?"),
        (("surgard", "/nowhere/line.bin"), "/nowhere/line.bin cannot be read: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    """An unknown protocol names the nearest, a missing file its path; neither is a traceback."""
    protocol, *file = arguments
    with pytest.raises(HardwareError, match=sentence):
        decode(protocol, *map(Path, file))


def _decode(data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command: list[Any] = [sys.executable, "-c", RUN, *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=False)
