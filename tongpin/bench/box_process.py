"""A box as a process of its own, as in the field, with a settings file of its own."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_STOP_S = 10.0
_BOX = """\
[gateway]
site = "{site}"
id = "box-1"
spool = "{folder}/spool.db"

[broker]
port = {broker}
"""
_LINE = """
[[line]]
id = "alarms-{number}"
port = "{port}"
"""
_CHANNEL = """
[[channel]]
id = "channel-1"
source = {source}
"""


@contextmanager
def box_process(
    folder: Path, site: str, broker: int, ports: Sequence[Path] = (), channel: str | None = None
) -> Iterator[int]:
    """Runs within the block, with a line for each of `ports`; gives its process id.

    `channel` is the source of its radio channel, as in the settings. Its log is `box.log` in `folder`.
    """
    tables = [_BOX.format(site=site, folder=folder, broker=broker)]
    tables += [_LINE.format(number=number, port=port) for number, port in enumerate(ports, 1)]
    tables += [_CHANNEL.format(source=channel)] if channel else []
    settings = folder / "gateway.toml"
    settings.write_text("".join(tables), encoding="utf-8")
    with (folder / "box.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "tongpin", "gateway", "--config", str(settings)],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
