"""Which speech models are known, which are installed, and where."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "tongpin-model.json"
_SITE = "https://alphacephei.com/vosk/models/"
"""The Vosk project's own site."""


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """A published model whose archive is known by its hash; `size` is about how many bytes it has."""

    name: str
    lang: str
    sha256: str
    size: int

    @property
    def url(self) -> str:
        """Where the Vosk project publishes it."""
        return f"{_SITE}{self.name}.zip"


PINNED = (
    PinnedModel(
        name="vosk-model-small-en-us-0.15",
        lang="en",
        sha256="30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
        size=41_000_000,
    ),
    PinnedModel(
        name="vosk-model-small-cn-0.22",
        lang="zh",
        sha256="3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba",
        size=43_898_754,
    ),
)


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model on this machine; `sha256` is that of its archive, None if it came as a folder."""

    name: str
    lang: str
    sha256: str | None
    dither: float
    folder: Path


def models_folder(chosen: Path | None = None) -> Path:
    """`chosen`, else `$TONGPIN_MODELS`, else `$XDG_DATA_HOME/tongpin/models` (XDG base directories)."""
    if chosen is not None:
        return chosen
    if named := os.environ.get("TONGPIN_MODELS"):
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(data) / "tongpin" / "models"


def installed(models: Path) -> tuple[InstalledModel, ...]:
    """Every model in the folder, by name; a folder without a whole manifest is none."""
    return tuple(model for path in sorted(models.glob(f"[!.]*/{MANIFEST}")) if (model := _read(path)))


def find(lang: str, models: Path) -> InstalledModel | None:
    """The model for a language: a pinned one first."""
    pinned = {model.name for model in PINNED}
    fitting = [model for model in installed(models) if model.lang == lang]
    return min(fitting, key=lambda model: (model.name not in pinned, model.name), default=None)


def pinned_for(wanted: str) -> PinnedModel | None:
    """The published model of a language or of a name."""
    return next((model for model in PINNED if wanted in {model.lang, model.name}), None)


def write_manifest(model: InstalledModel) -> None:
    """Name the model in its own folder; from then on it is installed."""
    entries = {"name": model.name, "lang": model.lang, "sha256": model.sha256, "dither": model.dither}
    (model.folder / MANIFEST).write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def _read(path: Path) -> InstalledModel | None:
    try:
        return InstalledModel(**json.loads(path.read_text(encoding="utf-8")), folder=path.parent)
    except (OSError, ValueError, TypeError):
        return None
