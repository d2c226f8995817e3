"""The record of an over as FLAC."""

import hashlib
import io

import numpy as np
import pytest
import soundfile

from gateway.channel.recording import from_flac, sha256, to_flac
from gateway.errors import DamagedRecording


def test_flac_changes_no_sample() -> None:
    """What was cut is what is stored, to the last bit, in fewer bytes."""
    steps = np.random.default_rng(1).normal(0, 200, 16_000)
    samples = np.clip(np.cumsum(steps), -32768, 32767).astype(np.int16)
    recording = to_flac(samples)
    assert np.array_equal(samples, from_flac(recording))
    assert len(recording) < samples.nbytes


@pytest.mark.parametrize("damaged", [b"", b"not audio", to_flac(np.zeros(9000, np.int16))[:60]])
def test_a_damaged_recording_is_named(damaged: bytes) -> None:
    """Bytes that are no recording, or only part of one, are never taken for silence."""
    with pytest.raises(DamagedRecording):
        from_flac(damaged)


def test_another_format_is_refused() -> None:
    """A recording at another rate did not come from here."""
    buffer = io.BytesIO()
    soundfile.write(buffer, np.zeros(800, np.int16), 8_000, format="FLAC")
    with pytest.raises(DamagedRecording, match="16000 Hz"):
        from_flac(buffer.getvalue())


def test_the_hash_is_of_the_file() -> None:
    """The centre can check the recording with any tool."""
    assert hashlib.sha256(b"abc").hexdigest() == sha256(b"abc")
