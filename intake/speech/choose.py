"""Which engine hears a language on this machine."""

from pathlib import Path

from intake.errors import ModelUnavailable
from intake.speech.engine import EngineName, Recognizer
from intake.speech.models import InstalledModel, find, models_folder, pinned_for

MOONSHINE_HEARS = "en"
LANGUAGES = {"en": "English", "zh": "Chinese", "ko": "Korean"}


def open_recognizer(
    lang: str, models_dir: Path | None = None, preferred: EngineName | None = None
) -> Recognizer:
    """Load the engine for `lang`: Vosk where a model is installed, else moonshine for English.

    Loading takes seconds: call it in a thread. Raises `ModelUnavailable` with the command that helps, and
    `EngineFailed`.
    """
    models = models_folder(models_dir)
    model = find(lang, models)
    if preferred == "moonshine" or (preferred is None and model is None and lang == MOONSHINE_HEARS):
        return _moonshine(lang)
    if model is None:
        raise ModelUnavailable(_what_to_install(lang, models))
    return _vosk(model.folder, model)


def open_vosk(folder: Path) -> Recognizer:
    """Load the Vosk model in any folder. Raises `ModelUnavailable`, `EngineFailed`."""
    return _vosk(folder, None)


def _vosk(folder: Path, model: InstalledModel | None) -> Recognizer:
    try:
        from intake.speech.vosk_engine import VoskRecognizer  # noqa: PLC0415  # loads the engine's library
    except ImportError as error:
        raise ModelUnavailable(_not_installed("vosk")) from error
    return VoskRecognizer(folder, model.name if model else folder.name, model.sha256 if model else None)


def _moonshine(lang: str) -> Recognizer:
    if lang != MOONSHINE_HEARS:
        raise ModelUnavailable(f"moonshine hears English only, not {LANGUAGES.get(lang, lang)}; use vosk")
    try:
        from intake.speech.moonshine_engine import MoonshineRecognizer  # noqa: PLC0415  # as above
    except ImportError as error:
        raise ModelUnavailable(_not_installed("moonshine")) from error
    return MoonshineRecognizer()


def _not_installed(engine: str) -> str:
    return f"the speech engine {engine} is not installed on this machine: pip install 'tongpin[intake]'"


def _what_to_install(lang: str, models: Path) -> str:
    language = LANGUAGES.get(lang, lang)
    command = f"pull {lang}" if pinned_for(lang) else f"add FOLDER --lang {lang}"
    return f"no speech model for {language} is installed in {models}: run tongpin models {command}"
