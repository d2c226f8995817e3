"""`tongpin channel tune`: a channel is listened to as the box would, and its squelch is proposed."""

import io
import json
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rich.console import Console
from typer.testing import CliRunner

from hardware.audio.format import SAMPLE_RATE
from hardware.carrier.cm108 import Cm108Button
from hardware.carrier.serial_pin import SerialPin
from hardware.errors import AudioError
from hardware.simulators.fm import through_radio
from tests.support.sound_server import sound_server, what_is_missing
from tongpin.channel.carrier_option import carrier_line
from tongpin.channel.meter import Moment
from tongpin.channel.screen import bar, table_of
from tongpin.channel.sources import source_of
from tongpin.channel.tune import Reading, listen
from tongpin.errors import WrongCarrier
from tongpin.main import app


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Three overs with tails, two seconds apart."""
    rng = np.random.default_rng(5)
    n = np.arange(2 * SAMPLE_RATE)
    buzz = np.sum([np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20)], axis=0)
    voice = np.round(3000 * buzz * (0.55 + 0.45 * np.sin(2 * np.pi * n * 4 / SAMPLE_RATE))).astype(np.int16)
    gap = rng.normal(0, 8, 2 * SAMPLE_RATE).astype(np.int16)
    path = tmp_path / "channel.wav"
    parts = [gap, *(part for _ in range(3) for part in (through_radio(voice, 25, rng), gap))]
    soundfile.write(path, np.concatenate(parts), SAMPLE_RATE)
    return path


@pytest.mark.slow
def test_a_recording_gives_a_table_ready_for_the_settings(recording: Path) -> None:
    """Standard output is the table and nothing else; each key has a sentence before it."""
    ran = CliRunner().invoke(app, ["channel", "tune", str(recording)])
    assert ran.exit_code == 0, ran.output
    squelch = tomllib.loads(ran.stdout)["channel"]["squelch"]
    assert squelch["open_db"] == 8
    assert 180 <= squelch["tail_trim_ms"] <= 240
    lines = ran.stdout.splitlines()
    keys = [number for number, line in enumerate(lines) if "=" in line and not line.startswith("#")]
    assert all(lines[number - 1].startswith("# ") for number in keys)


@pytest.mark.slow
def test_json_is_readings_and_at_last_the_proposal(recording: Path) -> None:
    """Ten lines a second of sound, in order, with the counts so far; the proposal comes last."""
    ran = CliRunner().invoke(app, ["channel", "tune", str(recording), "--json"])
    *readings, last = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(readings) == pytest.approx(soundfile.info(recording).duration * 10, abs=1)
    assert [one["seconds"] for one in readings] == sorted(one["seconds"] for one in readings)
    assert {one["state"] for one in readings} == {"open", "closed"}
    assert readings[-1]["overs"] == 3
    assert set(last["proposal"]) == set(last["why"])


def test_it_stops_when_told(recording: Path) -> None:
    """`--seconds` counts seconds of sound, not of waiting."""
    seen = listen(source_of(str(recording)), 3.0, None, lambda _: None)
    assert seen.seconds == pytest.approx(3.0)


@pytest.mark.slow
def test_what_cannot_be_heard_is_one_sentence() -> None:
    """A recording that is not there, and no device at all, are refused before anything is shown."""
    with pytest.raises(AudioError, match=r"none\.wav: there is no such recording"):
        source_of("none.wav")
    assert CliRunner().invoke(app, ["channel", "tune"]).exit_code == 2


def test_a_carrier_line_is_typed_as_wire_and_device() -> None:
    """Serial pins need a port, buttons may do without; anything else is answered with how it is written."""
    assert isinstance(carrier_line("!dcd@/dev/ttyUSB0"), SerialPin)
    assert isinstance(carrier_line("vol_down@1-2"), Cm108Button)
    assert isinstance(carrier_line("vol_up"), Cm108Button)
    for wrong in ("cts", "cts@", "rts@/dev/ttyUSB0", ""):
        with pytest.raises(WrongCarrier, match="a carrier line is"):
            carrier_line(wrong)


def test_a_carrier_line_is_shown_beside_the_sound(recording: Path) -> None:
    """What the line says stands in each reading; a loop port's CTS is down and stays so."""
    readings: list[Reading] = []
    listen(source_of(str(recording)), 2.0, SerialPin("loop://"), readings.append)
    assert readings[-1].carrier is False
    assert readings[-1].changes == 0


def test_the_screen_says_what_is_and_why() -> None:
    """Level, floor and reason stand on it; the bar ends at the level and marks the floor."""
    moment = Moment(3.2, -20.0, -60.0, -10.0, 0.2, 0, "open", "40 dB above the floor; closes below 4")
    console = Console(file=io.StringIO(), width=100)
    console.print(table_of(Reading(moment, None, 0, 2, 1, 0, 0, carrier=True, changes=4)))
    shown = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    for part in ("-20.0 dBFS", "-60.0 dBFS", "40 dB above the floor", "Silero is not installed", "4 changes"):
        assert part in shown
    assert (bar(-20, -60).count("█"), bar(-20, -60).index("│")) == (29, 10)
    assert (bar(0, -200).count("█"), bar(-200, 10)) == (39, "·" * 40)


@pytest.mark.slow
def test_a_real_card_is_listed_and_listened_to_until_ctrl_c(
    tmp_path: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card's name comes out of --list; Ctrl-C while it listens still gives the proposal."""
    pytest.importorskip("pyaudio", reason="PyAudio is not installed")
    if missing := what_is_missing():
        pytest.skip(missing)
    with sound_server(tmp_path) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        listed = CliRunner().invoke(app, ["channel", "tune", "--list"])
        assert "radio" in listed.stdout.splitlines()
        command = [sys.executable, "-m", "tongpin", "channel", "tune", "radio", "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as tuning:
            assert tuning.stdout is not None
            tuning.stdout.readline()
            with soundfile.SoundFile(recording) as file:
                cut = tmp_path / "cut.wav"
                soundfile.write(cut, file.read(5 * SAMPLE_RATE, dtype="int16"), SAMPLE_RATE)
            server.play(cut)
            tuning.send_signal(signal.SIGINT)
            *readings, last = [json.loads(line) for line in tuning.stdout]
    assert max(one["level_dbfs"] for one in readings) > -30
    assert "open" in {one["state"] for one in readings}
    assert "advice" in last
    assert tuning.returncode == 0
