"""`tongpin channel replay`: recordings through broker, box and centre, and what came of them."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from hardware.audio.format import SAMPLE_RATE
from hardware.simulators.fm import open_squelch, through_radio
from hardware.simulators.voice import say
from tests.support.dispatch_board import Board
from tongpin.channel.replay_files import channel_of, recordings_at
from tongpin.channel.replay_found import Findings
from tongpin.channel.replay_text import over_text, summary_text
from tongpin.errors import WhichChannel
from tongpin.main import app

RADIO_SIM = Path(__file__).parents[3] / "shared/audio/radio_sim"

BOX = """
[gateway]
site = "yiwu"
id = "box-1"
spool = "spool.db"

[[channel]]
id = "main"
source = { kind = "pyaudio", device = "USB" }
squelch = { hang_ms = 800 }

[[channel]]
id = "depot"
source = { kind = "pyaudio", device = "Line" }
"""


def replayed(*args: str, exit_code: int = 0) -> tuple[list[dict[str, object]], dict[str, object]]:
    """The overs and the summary."""
    ran = CliRunner().invoke(app, ["channel", "replay", *args, "--engine", "moonshine", "--json"])
    assert ran.exit_code == exit_code, ran.output
    *overs, last = [json.loads(line) for line in ran.stdout.splitlines()]
    return overs, last["summary"]


@pytest.mark.slow
def test_a_night_of_recordings_is_heard_in_order(tmp_path: Path) -> None:
    """Two overs in one file are two lines with their places; hiss is none; what is no sound is told."""
    rng = np.random.default_rng(3)
    first = through_radio(say("patrol three, there is a fire at the ticket office", "en", 1), 30, rng)
    second = through_radio(say("all units, radio check", "en", 2), 30, rng)
    pause = np.zeros(5 * SAMPLE_RATE, np.int16)
    soundfile.write(tmp_path / "1.flac", np.concatenate((pause, first, pause, second)), SAMPLE_RATE)
    soundfile.write(tmp_path / "2.wav", open_squelch(rng, 4000), SAMPLE_RATE)
    (tmp_path / "3.wav").write_text("no sound")

    overs, summary = replayed(str(tmp_path), "--keep", str(tmp_path / "kept"), exit_code=1)

    assert [Path(str(over["file"])).name for over in overs] == ["1.flac", "1.flac"]
    expected = [5.0 - 0.5, 10.0 + len(first) / SAMPLE_RATE - 0.5]
    assert [over["start"] for over in overs] == pytest.approx(expected, abs=0.3)
    assert "fire" in str(overs[0]["text"]).lower()
    assert overs[0]["type"] == "fire"
    assert overs[0]["alarms"] == ["fire"]
    assert overs[1]["alarms"] == []
    assert all(over["end"] == "hang" and float(str(over["speech_ratio"])) > 0.25 for over in overs)
    assert all((tmp_path / "kept" / "recordings" / str(over["clip"])).is_file() for over in overs)
    assert {name: summary[name] for name in ("recordings", "overs", "lost", "with_words", "alarms")} == {
        "recordings": 2,
        "overs": 2,
        "lost": 0,
        "with_words": 2,
        "alarms": 1,
    }
    assert summary["other_alarms"] == []


@pytest.mark.slow
@pytest.mark.skipif(not RADIO_SIM.is_dir(), reason="the shared recordings are not beside this clone")
def test_the_simulated_clips_give_what_they_were_made_for(tmp_path: Path) -> None:
    """Hiss and a flapping squelch give nothing, a kerchunk no words; doubling is an over, and no alarm."""
    names = (
        "collision_doubling",
        "kerchunk_then_silence",
        "open_squelch_hiss_10s",
        "squelch_flaps",
        "overdriven",
    )
    for name in names:
        (tmp_path / f"{name}.wav").symlink_to(RADIO_SIM / f"{name}.wav")
    overs, summary = replayed(str(tmp_path))
    found = [(Path(str(over["file"])).stem, over["gated"]) for over in overs]
    assert found == [
        ("collision_doubling", None),
        ("kerchunk_then_silence", "no_speech"),
        ("overdriven", None),
    ]
    assert overs[0]["alarms"] == []
    assert (summary["overs"], summary["lost"], summary["gated"]) == (3, 0, {"no_speech": 1})


@pytest.mark.slow
def test_what_cannot_be_heard_is_said_before_anything_starts(tmp_path: Path) -> None:
    """An empty folder, a missing file, and a folder that already holds a journal."""
    (tmp_path / "journal.db").touch()
    for args, code in (([str(tmp_path)], 1), ([str(tmp_path / "none.wav")], 1)):
        assert CliRunner().invoke(app, ["channel", "replay", *args]).exit_code == code
    kept = CliRunner().invoke(app, ["channel", "replay", "x.wav", "--keep", str(tmp_path)])
    assert kept.exit_code == 2


def test_a_folder_is_its_recordings_by_name(tmp_path: Path) -> None:
    """Folders below it too, other files not; a file is itself."""
    for name in ("b.WAV", "a.flac", "notes.txt", "day/c.wav"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [file.name for file in recordings_at(tmp_path)] == ["a.flac", "b.WAV", "c.wav"]
    assert recordings_at(tmp_path / "notes.txt") == [tmp_path / "notes.txt"]


def test_the_squelch_is_that_of_the_channel_named(tmp_path: Path) -> None:
    """Without a file all is default; of several channels one must be named."""
    settings = tmp_path / "gateway.toml"
    settings.write_text(BOX, encoding="utf-8")
    assert channel_of(settings, "main").squelch.hang_ms == 800
    assert channel_of(None, None).squelch.hang_ms == 600
    with pytest.raises(WhichChannel, match="main, depot; say which with --channel"):
        channel_of(settings, None)


def test_an_over_is_told_with_all_that_came_of_it() -> None:
    """Words, meaning and alarm of one over from the events of the core, and only once it has words."""
    board, findings = Board(), Findings()
    board.say("bag snatched at the south exit", place="south-exit", intent="report", type="theft")
    board.say("la la la", gated="loop")
    heard, kept_out = findings.take(board.events)
    place = {"file": "night.wav", "start": 65.0, "speech_ratio": 0.81}
    assert heard.to_json(place)["alarms"] == ["theft"]
    first, said, meant, alarm = over_text(heard.to_json(place)).splitlines()
    assert first.startswith("night.wav 1:05.0, ")
    assert "81% speech" in first
    assert (said.strip(), alarm.strip()) == ("“bag snatched at the south exit”", "ALARM theft")
    assert meant.strip() == "report · theft · at south-exit"
    assert over_text(kept_out.to_json(place)).splitlines()[1:] == [
        "    kept out of the queue (loop) “la la la”"
    ]
    assert findings.others == []


def test_the_summary_leaves_out_what_did_not_happen() -> None:
    """A figure a line, zeros and empty lists not at all."""
    text = summary_text({"overs": 3, "lost": 0, "gated": {"no_speech": 1}, "other_alarms": []})
    assert text.splitlines() == ["overs  3", "gated  no_speech 1"]


@pytest.mark.slow
def test_a_discriminator_is_heard_as_the_channel_hears_it(tmp_path: Path) -> None:
    """The channel's own way of listening is taken from the settings; its carrier line cannot be."""
    settings = tmp_path / "gateway.toml"
    carrier = 'audio_source = "discriminator"\ncarrier = { kind = "serial", port = "/dev/none" }\n'
    settings.write_text(BOX + carrier, encoding="utf-8")
    over = through_radio(say("patrol two, all quiet", "en", 1), 30, np.random.default_rng(3))
    soundfile.write(tmp_path / "raw.wav", over, SAMPLE_RATE)
    overs, summary = replayed(str(tmp_path / "raw.wav"), "--config", str(settings), "--channel", "depot")
    assert [over["end"] for over in overs] == ["hang"]
    assert (summary["overs"], summary["lost"], summary["other_alarms"]) == (1, 0, [])
