"""What a box with one radio channel takes of this machine: nobody on the channel, then people talking."""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile

from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.simulators.fm import hiss, through_radio
from tongpin.bench.box_process import box_process
from tongpin.bench.broker import some_broker
from tongpin.bench.resources import Sample, Usage, sample, usage

SEED: Final = 20261126
WARM_UP_S: Final = 3.0
"""After the box is connected: it is still fetching its pages."""

_EVERY_S: Final = 1.0
_READY_S: Final = 30.0
_LOOK_S: Final = 0.05
_FLOOR_DBFS: Final = -65.0
_OVER_S: Final = 3.0
_GAP_S: Final = 2.0
_SPARE_S: Final = 20.0
"""The box may take its time to start; the recording must not end before it is measured."""


def measure_channel(
    seconds: float, device: str | None = None, told: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Run a box for so long idle, and as long with talk, and give what it took.

    With a `device`, a part of a sound card's name, it is measured once, with whatever is on that channel.
    Raises `TimeoutError` when the box is not ready within half a minute.
    """
    phases = ("idle", "talk") if device is None else ("card",)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongpin-bench-")))
        broker = stack.enter_context(some_broker(folder))
        figures: dict[str, Any] = {"seconds": seconds, "broker": broker.name, "cores": os.cpu_count()}
        for phase in phases:
            told(f"{phase}: starting the box …")
            own = folder / phase
            own.mkdir()
            source = _card(device) if device else _recording(own, seconds, talk=phase == "talk")
            with box_process(own, f"bench-{phase}", broker.port, channel=source) as pid:
                _wait_connected(own / "box.log")
                time.sleep(WARM_UP_S)
                told(f"{phase}: measuring for {seconds:.0f} s …")
                figures[phase] = _watch(pid, seconds).to_json()
    return figures


def _watch(pid: int, seconds: float) -> Usage:
    samples: list[Sample] = [sample(pid)]
    until = samples[0].at + seconds
    while samples[-1].at < until:
        time.sleep(min(_EVERY_S, max(until - samples[-1].at, _LOOK_S)))
        samples.append(sample(pid))
    return usage(samples)


def _wait_connected(log: Path) -> None:
    until = time.monotonic() + _READY_S
    while '"connected": true' not in log.read_text(encoding="utf-8", errors="replace"):
        if time.monotonic() > until:
            raise TimeoutError(f"the box was not ready after {_READY_S:.0f} s; is the machine very busy?")
        time.sleep(_LOOK_S)


def _card(device: str) -> str:
    return f'{{ kind = "pyaudio", device = "{device}" }}'


def _recording(folder: Path, seconds: float, *, talk: bool) -> str:
    """A recording longer than the measurement, as the source of a channel."""
    path = folder / "channel.flac"
    rng = np.random.default_rng(SEED)
    with soundfile.SoundFile(path, "w", SAMPLE_RATE, 1, "PCM_16") as file:
        written = 0
        while written < (seconds + _SPARE_S) * SAMPLE_RATE:
            parts = [_floor(rng), through_radio(_words(), 25, rng)] if talk else [_floor(rng)]
            for part in parts:
                file.write(part)
                written += len(part)
    return f'{{ kind = "file", path = "{path}" }}'


def _floor(rng: np.random.Generator) -> Samples:
    return to_int16(hiss(round(_GAP_S * SAMPLE_RATE), _FLOOR_DBFS, rng))


def _words() -> Samples:
    """Spectrum and rhythm of a voice: a buzz of 120 Hz in syllables of a quarter second."""
    n = np.arange(round(_OVER_S * SAMPLE_RATE))
    buzz = np.sum([np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20)], axis=0)
    return to_int16(0.1 * buzz * (0.55 + 0.45 * np.sin(2 * np.pi * n * 4 / SAMPLE_RATE)))
