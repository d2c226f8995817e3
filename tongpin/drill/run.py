"""A drill from beginning to end: a sandbox of its own, somebody at the desk, and the times afterwards."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from rich.console import Console

from intake.journal_reader import JournalReader
from intake.rebuild import event_of
from intake.site import load_site
from tongpin.demo.hour import Happening
from tongpin.demo.plan import Plan
from tongpin.demo.show import sit_at
from tongpin.demo.stage import Stage
from tongpin.drill.recorded import KINDS, recorded
from tongpin.drill.sandbox import sandbox
from tongpin.drill.score import Score, score
from tongpin.drill.script import happenings, read_script
from tongpin.drill.text import show_score
from tongpin.errors import NothingToDrill
from tongpin.process import log_to_file
from tongpin.report.reading import marks_in
from tongpin.words import Words

SCRIPTS = Path(__file__).parent / "scripts"
AFTER_S = 60.0
"""After the last happening a dispatcher still has so long before a drill without end times is over."""


@dataclass(frozen=True)
class Drill:
    """`minutes` None: until somebody leaves; `headless`: a steady dispatcher sits at the desk."""

    source: Path
    plan: Plan
    minutes: float | None
    headless: bool
    as_json: bool


def run(drill: Drill) -> int:
    """Play, then tell; 0 when everything was done and in time, else 1. Raises `NothingToDrill`."""
    hour = what_happens(drill)
    with _site_for(drill.plan) as site_file:
        plan = replace(drill.plan, site_file=site_file, hour=hour, seconds=_seconds(drill, hour))
        with Stage(plan) as stage:
            _play(stage, drill)
            stage.stop_centre()
            found = score(marks_in(stage.centre.journal), load_site(site_file).ladders)
    _tell(found, drill)
    return 0 if found.reached else 1


def what_happens(drill: Drill) -> tuple[Happening, ...]:
    """Of a script, or of a recorded journal. Raises `NothingToDrill`."""
    if drill.source.suffix == ".toml":
        return happenings(read_script(drill.source), drill.plan.channel_lang)
    with JournalReader(drill.source) as reader:
        hour = recorded(event_of(stored) for stored in reader.entries(0, reader.newest().seq, KINDS))
    if not hour:
        raise NothingToDrill(f"{drill.source}: nobody reported anything in it that a drill could repeat.")
    return hour


def _seconds(drill: Drill, hour: tuple[Happening, ...]) -> float | None:
    """Real seconds the play takes; None: as long as somebody sits there."""
    if drill.minutes is not None:
        return drill.minutes * 60
    return hour[-1].at / drill.plan.rate + AFTER_S if drill.headless else None


def _play(stage: Stage, drill: Drill) -> None:
    if not drill.headless:
        sit_at(stage, closing=drill.minutes is not None)
        return
    with log_to_file(stage.folder / "demo.log"):
        asyncio.run(stage.play(dispatcher=True, drain=False))


@contextmanager
def _site_for(plan: Plan) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tongpin-drill-") as folder:
        site_file = Path(folder) / "site.toml"
        site_file.write_text(sandbox(plan.site_file.read_text(encoding="utf-8")), encoding="utf-8")
        yield site_file


def _tell(found: Score, drill: Drill) -> None:
    if drill.as_json:
        told = asdict(found) | {"reached": found.reached}
        sys.stdout.write(json.dumps(told, default=datetime.isoformat, ensure_ascii=False) + "\n")
    else:
        show_score(found, Words(drill.plan.lang), load_site(drill.plan.site_file), Console(highlight=False))
