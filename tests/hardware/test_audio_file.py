"""Recordings heard as if they came from a sound card."""

import math
import queue
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from hardware.audio.decoding import read_audio, read_blocks
from hardware.audio.file_source import FileSource
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, AudioSource, Block, Samples
from hardware.errors import AudioEnded, AudioError


def tone(seconds: float, rate: int = SAMPLE_RATE, hz: float = 1000.0) -> Samples:
    """A tone at a quarter of full scale."""
    return (8192 * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate)) / rate)).astype(np.int16)


def heard_from(source: FileSource) -> tuple[list[Block], AudioError]:
    """Everything a source gives until it says that it has ended."""
    blocks: list[Block] = []
    ended: queue.Queue[AudioError] = queue.Queue()
    source.start(blocks.append, ended.put)
    error = ended.get(timeout=10)
    source.close()
    return blocks, error


def test_a_recording_comes_out_bit_for_bit(tmp_path: Path) -> None:
    """16 kHz mono passes unchanged, in whole blocks with their place in the recording."""
    path = tmp_path / "over.wav"
    soundfile.write(path, tone(0.48), SAMPLE_RATE)
    blocks, error = heard_from(FileSource(path, math.inf))
    assert isinstance(error, AudioEnded)
    assert np.array_equal(tone(0.48), np.concatenate([block.samples for block in blocks]))
    assert [n * BLOCK_SAMPLES for n in range(12)] == [block.position for block in blocks]
    assert blocks[-1].at - blocks[0].at == pytest.approx(0.44)


@pytest.mark.parametrize("suffix", ["wav", "flac"])
@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 2), (48_000, 1)])
def test_any_rate_and_channels_become_the_one_format(
    tmp_path: Path, suffix: str, rate: int, channels: int
) -> None:
    """A tone keeps its pitch, its length and its level whatever it was recorded as."""
    path = tmp_path / f"tone.{suffix}"
    soundfile.write(path, np.column_stack([tone(1.0, rate)] * channels), rate)
    samples = read_audio(path)
    assert len(samples) == pytest.approx(SAMPLE_RATE, abs=2)
    spectrum = np.abs(np.fft.rfft(samples[:SAMPLE_RATE].astype(float), SAMPLE_RATE))
    assert int(spectrum.argmax()) == 1000
    assert np.abs(samples[4000:12000]).max() == pytest.approx(8192, rel=0.02)


def test_the_last_block_is_padded(tmp_path: Path) -> None:
    """A recording that is no multiple of a block ends in silence, never in a short block."""
    path = tmp_path / "odd.wav"
    soundfile.write(path, tone(0.5)[:1000], SAMPLE_RATE)
    blocks = list(read_blocks(path))
    assert {BLOCK_SAMPLES} == {len(block) for block in blocks}
    assert not np.concatenate(blocks)[1000:].any()


def test_a_cut_wav_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """A WAV shorter than its header says is named as such before anything is played."""
    path = tmp_path / "cut.wav"
    soundfile.write(path, tone(1.0), SAMPLE_RATE)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(AudioError, match=r"cut\.wav: the recording is cut short"):
        FileSource(path)


def test_a_cut_flac_ends_in_an_error(tmp_path: Path) -> None:
    """A FLAC whose end is missing is not mistaken for a shorter recording."""
    path = tmp_path / "cut.flac"
    soundfile.write(path, tone(2.0), SAMPLE_RATE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _, error = heard_from(FileSource(path, math.inf))
    assert "cut short" in str(error)
    assert not isinstance(error, AudioEnded)


def test_a_file_that_is_no_audio_is_refused(tmp_path: Path) -> None:
    """Text under the name of a WAV, and no file at all, each give one sentence with the path."""
    path = tmp_path / "notes.wav"
    path.write_text("not a sound")
    with pytest.raises(AudioError, match=r"notes\.wav: not a recording"):
        FileSource(path)
    with pytest.raises(AudioError, match="there is no such recording"):
        FileSource(tmp_path / "missing.wav")


def test_a_faster_replay_keeps_the_proportions(tmp_path: Path) -> None:
    """Twenty times as fast, blocks are due twenty times as close together, and not before."""
    path = tmp_path / "over.wav"
    soundfile.write(path, tone(1.0), SAMPLE_RATE)
    started = time.monotonic()
    blocks, _ = heard_from(FileSource(path, speed=20))
    assert time.monotonic() - started >= 0.05
    assert blocks[-1].at - blocks[0].at == pytest.approx(0.96 / 20)


def test_a_recording_is_a_source_like_any_other(tmp_path: Path) -> None:
    """Whatever takes an `AudioSource` takes a recording, and it never overruns."""
    path = tmp_path / "over.wav"
    soundfile.write(path, tone(0.1), SAMPLE_RATE)
    source: AudioSource = FileSource(path)
    assert source.overruns == 0


def test_closing_stops_a_recording_at_once(tmp_path: Path) -> None:
    """A minute at real time is left within the time of one block, and nobody is told that it was lost."""
    path = tmp_path / "long.flac"
    soundfile.write(path, tone(60.0), SAMPLE_RATE)
    source = FileSource(path)
    first: queue.Queue[Block] = queue.Queue()
    lost: list[AudioError] = []
    source.start(first.put, lost.append)
    first.get(timeout=5)
    source.close()
    source.close()
    assert first.qsize() < 50
    assert not lost
