"""The benchmark of the codecs reads all there is to read; how fast is this machine's affair."""

import json
from dataclasses import asdict
from itertools import chain, pairwise

import pytest
from typer.testing import CliRunner

from hardware.panels.registry import codec, names
from tongpin.bench.panels import CodecSpeed, measure_panels
from tongpin.line.example_traffic import HEARTBEATS, PROTOCOLS, event
from tongpin.main import app

MOST_KB = 500
"""What a codec and the records of one portion may hold; a buffer that grows would be at its megabyte."""


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_megabyte_of_noise_leaves_every_codec_standing() -> None:
    """Nothing is raised, memory stays bounded, and every valid frame is read, in every protocol there is."""
    speeds = list(measure_panels(1.0))
    assert [speed.protocol for speed in speeds] == list(names())
    assert [speed for speed in speeds if speed.unread or not speed.frames_s] == []
    assert [speed for speed in speeds if speed.most_kb > MOST_KB] == []
    assert max(speed.invented for speed in speeds) <= 1


@pytest.mark.slow
def test_the_command_prints_one_object_a_protocol() -> None:
    """`tongpin bench panels --json` is for programs."""
    ran = CliRunner().invoke(app, ["bench", "panels", "--megabytes", "0.01", "--json"])
    assert ran.exit_code == 0, ran.output
    shown = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {one["protocol"] for one in shown} == set(names())
    assert set(shown[0]) == set(asdict(CodecSpeed("", 0, 0, 0, 0, 0)))


def test_every_protocol_has_traffic_to_measure_it_with() -> None:
    """A codec that is added brings its frames, else its figures would be of noise alone."""
    assert set(PROTOCOLS) == set(names())


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_example_traffic_is_read_back(protocol: str) -> None:
    """The first hundred events are all read as such, and none is the one before it."""
    frames = [event(protocol, n) for n in range(100)]
    heartbeat = HEARTBEATS.get(protocol, b"")
    runs = codec(protocol).feed(heartbeat + b"".join(frames))
    records = list(chain.from_iterable(run.records for run in runs))
    assert len(records) == len(frames) + bool(heartbeat)
    assert [record for record in records if record.kind == "unparsed"] == []
    assert all(one != other for one, other in pairwise(frames))
