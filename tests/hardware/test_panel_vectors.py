"""Frames that other people's equipment produced, where they are at hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from hardware.panels.frame import PanelRecord
from hardware.panels.registry import codec

VECTORS = Path(__file__).resolve().parents[2] / ".." / "shared" / "vectors"
TERMINATORS = {
    "surgard": b"\x14",
    "contact_id": b"\r",
    "ademco685": b"\r",
    "silentknight": b"\r",
    "radionics6500": b"\x14",
    "sia_dc09": b"\r",
    "dsc_it100": b"\r\n",
    "alarmdecoder": b"\r\n",
    "paradox_prt3": b"\r",
    "nx584": b"\r",
}

pytestmark = pytest.mark.skipif(not VECTORS.is_dir(), reason="the shared vectors are not beside this clone")


@pytest.mark.parametrize("protocol", TERMINATORS)
def test_every_vector_decodes_to_its_expectation(protocol: str) -> None:
    """Each published frame gives one record with the expected fields and the expected events."""
    for row in _rows(f"vectors-{protocol}.jsonl"):
        frame = bytes.fromhex(row["frame_hex"]).rstrip(b"\x14\r\n") + TERMINATORS[protocol]
        (record,) = _records(protocol, [frame])
        actual = json.loads(record.to_json())
        assert row["expect"].items() <= actual.items(), row["frame_hex"]
        for expected, event in zip(row.get("events", []), actual.get("events", []), strict=True):
            assert expected.items() <= event.items(), row["frame_hex"]


@pytest.mark.parametrize("protocol", TERMINATORS)
def test_every_stream_gives_its_frames_in_order(protocol: str) -> None:
    """Split, glued, cut and noisy streams give exactly the expected records of the kinds asked for."""
    for row in _rows("vectors-streams.jsonl"):
        if row["protocol"] != protocol:
            continue
        chunks = [bytes.fromhex(chunk) for chunk in row["chunks_hex"]]
        actual = [json.loads(record.to_json()) for record in _records(protocol, chunks)]
        kept = [record for record in actual if record["kind"] in row["only"]]
        for expected, record in zip(row["expect_frames"], kept, strict=True):
            assert expected.items() <= record.items(), row["why"]


def _rows(name: str) -> list[dict[str, Any]]:
    with (VECTORS / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _records(protocol: str, chunks: list[bytes]) -> list[PanelRecord]:
    decoder = codec(protocol)
    runs = [run for chunk in chunks for run in decoder.feed(chunk)] + decoder.flush()
    return [record for run in runs for record in run.records]
