"""One snapshot, one file: whole or not there, and of use only to the journal and the rules it was made by.

{"format": 1, "seq": …, "hash": …, "rules": …}     after which entry of which journal, by which rules
alarms […]                                          the parts of the state
{"sealed": …}                                       SHA-256 of everything above
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.errors import SnapshotUnusable
from intake.journal_reader import Mark
from intake.snapshot.parts import lines_of, state_of
from intake.snapshot.rules import fingerprint
from intake.syncing import sync_folder

FORMAT: Final = 1

PAUSE_S: Final = 0.002
"""Between two lines, so that the event loop gets the interpreter back."""


@dataclass(frozen=True)
class Snapshot:
    """The state after the entry that `mark` names."""

    state: State
    mark: Mark


def snapshot_beside(journal: Path) -> Path:
    """Where the snapshot of a journal lies."""
    return journal.with_suffix(".snapshot")


def write_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Put it in the place of the one before, in one step. Raises `OSError` or `ValueError`."""
    fresh, seal = path.with_name(path.name + ".part"), hashlib.sha256()
    with fresh.open("wb") as file:
        for line in _lines(snapshot):
            file.write(line + b"\n")
            seal.update(line + b"\n")
            time.sleep(PAUSE_S)
        file.write(_sealed(seal.hexdigest()))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def read_snapshot(path: Path, policy: Policy) -> Snapshot | None:
    """None where there is no file. Raises `SnapshotUnusable`."""
    try:
        whole = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SnapshotUnusable(f"it cannot be read: {error.strerror}") from error
    *lines, seal = whole.split(b"\n")
    head = _head_of(lines[0] if lines else seal)
    if head.get("format") != FORMAT:
        raise SnapshotUnusable(f"it is of format {head.get('format')}, this program writes {FORMAT}")
    if seal != _sealed(hashlib.sha256(memoryview(whole)[: len(whole) - len(seal)]).hexdigest()):
        raise SnapshotUnusable("it is damaged or cut short")
    if head["rules"] != fingerprint(policy):
        raise SnapshotUnusable("the site file or this program has changed since")
    try:
        mark = Mark(head["seq"], bytes.fromhex(head["hash"]))
        return Snapshot(state_of(lines[1:], policy), mark)
    except (ValueError, KeyError, TypeError) as error:
        raise SnapshotUnusable(f"it is not what this program writes ({type(error).__name__})") from error


def _lines(snapshot: Snapshot) -> Iterator[bytes]:
    mark, state = snapshot.mark, snapshot.state
    rules = fingerprint(state.policy)
    head = {"format": FORMAT, "seq": mark.seq, "hash": mark.hash.hex(), "rules": rules}
    yield json.dumps(head).encode()
    yield from lines_of(state)


def _head_of(line: bytes) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except ValueError as error:
        raise SnapshotUnusable("it is no snapshot, or damaged") from error
    if not isinstance(head, dict):
        raise SnapshotUnusable("it is no snapshot, or damaged")
    return head


def _sealed(digest: str) -> bytes:
    return json.dumps({"sealed": digest}).encode()
