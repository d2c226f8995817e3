"""`tongpin transcribe`: the centre's own road from recordings to words, as a pipe."""

import json as jsonlib
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from intake.errors import SpeechError

if TYPE_CHECKING:
    from intake.speech.engine import Recognizer
    from intake.speech.transcriber import Transcriber

PART_WAS_BAD = 1


def transcribe(
    files: Annotated[list[Path], typer.Argument(help="Recordings: WAV or FLAC, any rate.")],
    engine: Annotated[
        Literal["vosk", "moonshine"] | None,
        typer.Option(help="Default: vosk if a model of the language is installed, else moonshine (English)."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language spoken: en, zh, …")] = "en",
    model: Annotated[Path | None, typer.Option(help="Folder of a Vosk model to use instead.")] = None,
    words: Annotated[
        bool, typer.Option(help="Each word on a line: begin and end in seconds, confidence, word.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a file.")] = False,
) -> None:
    """Turn recordings into words exactly as the centre does: speech gate, engine, hallucination gate.

    A recording without speech, or whose text nobody said, is answered with the reason in gated. A file that
    cannot be read is answered with error, the others go on, and the exit code is 1.

    Only Vosk tells the times of words. No engine is asked for other readings of a text: Vosk would then
    leave out how sure it is of each word.

    Example: tongpin transcribe --json over1.flac over2.wav
    """
    from intake.speech.transcriber import Transcriber

    transcriber = Transcriber(_open(engine, lang, model))
    bad = False
    for file in _with_progress(files):
        answer = _answer(transcriber, file)
        bad = bad or "error" in answer
        sys.stdout.write(_line(answer, json=json, words=words) + "\n")
        sys.stdout.flush()
    if bad:
        raise typer.Exit(PART_WAS_BAD)


def _open(engine: Literal["vosk", "moonshine"] | None, lang: str, model: Path | None) -> "Recognizer":
    from intake.speech.choose import open_recognizer, open_vosk

    if model is not None:
        return open_vosk(model)
    return open_recognizer(lang, preferred=engine)


def _answer(transcriber: "Transcriber", file: Path) -> dict[str, Any]:
    from intake.speech.sound import samples_of

    try:
        return {"file": str(file), **asdict(transcriber.transcribe(samples_of(file)))}
    except SpeechError as error:
        return {"file": str(file), "error": str(error)}


def _line(answer: dict[str, Any], *, json: bool, words: bool) -> str:
    """An answer as printed; the sentence of an error names the file itself."""
    if json:
        return jsonlib.dumps(answer, ensure_ascii=False)
    if "error" in answer:
        return str(answer["error"])
    gated = f" ({answer['gated']})" if answer["gated"] else ""
    timed = map(_timed, answer["words"]) if words else ()
    return "\n".join((f"{answer['file']}: {answer['text']}{gated}", *timed))


def _timed(word: dict[str, Any]) -> str:
    sure = "   -" if word["confidence"] is None else f"{word['confidence']:4.2f}"
    return f"{word['start']:7.2f} {word['end']:7.2f} {sure} {word['text']}"


def _with_progress(files: list[Path]) -> Iterable[Path]:
    """A bar on stderr, when somebody is there to see it and there is something to wait for."""
    if len(files) == 1 or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, "Transcribing", console=Console(stderr=True), transient=True)
