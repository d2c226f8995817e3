"""A model's archive or folder becomes an installed model, or nothing changes."""

import hashlib
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from intake.errors import ModelRefused
from intake.speech.models import PINNED, InstalledModel, write_manifest

FEATURES = "conf/mfcc.conf"
"""Every Vosk model has this file; it is how its root is found in an archive."""
DITHER = 0.0
"""Kaldi adds noise of 1.0 to its features, so two runs on one recording differ; without it they agree."""


def sha256_of(file: Path) -> str:
    """Hash of a file's bytes, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def add_model(source: Path, lang: str | None, models: Path) -> InstalledModel:
    """Install a Vosk model from a ZIP or a folder. A published archive tells its own language.

    Raises `ModelRefused`: not a Vosk model, not what was published under its name, or of unknown language.
    """
    if source.is_dir():
        return _install(source, lang, None, models)
    if not zipfile.is_zipfile(source):
        raise ModelRefused(f"{source}: neither a ZIP archive nor a folder")
    sha256 = sha256_of(source)
    pinned = next((model for model in PINNED if model.sha256 == sha256), None)
    if pinned is None and any(source.stem == model.name for model in PINNED):
        raise ModelRefused(f"{source}: not the archive published as {source.stem}; copy or download it again")
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".unpack-") as room:
        _unpack(source, Path(room))
        return _install(Path(room), lang or (pinned.lang if pinned else None), sha256, models)


def _unpack(archive: Path, room: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                parts = PurePosixPath(name.replace("\\", "/"))
                if parts.is_absolute() or ".." in parts.parts:
                    raise ModelRefused(f"{archive}: holds the path {name!r}, which leads out of the archive")
            opened.extractall(room)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise ModelRefused(f"{archive}: cannot be unpacked ({error})") from error


def _install(source: Path, lang: str | None, sha256: str | None, models: Path) -> InstalledModel:
    root = _root_of(source)
    if lang is None:
        raise ModelRefused(f"{source}: say which language the model hears, as in --lang en")
    name = _name_of(root)
    place = models / name
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".install-") as room:
        copy = Path(room) / name
        shutil.copytree(root, copy)
        _still_dither(copy / FEATURES)
        write_manifest(InstalledModel(name=name, lang=lang, sha256=sha256, dither=DITHER, folder=copy))
        shutil.rmtree(place, ignore_errors=True)
        copy.rename(place)
    return InstalledModel(name=name, lang=lang, sha256=sha256, dither=DITHER, folder=place)


def _root_of(source: Path) -> Path:
    roots = [path.parent.parent for path in source.rglob(FEATURES)]
    if len(roots) != 1:
        raise ModelRefused(f"{source}: not a Vosk model (one {FEATURES} is expected, {len(roots)} found)")
    return roots[0]


def _name_of(root: Path) -> str:
    # Packages of an index keep their model in a folder that is only called "model".
    named = root.resolve()
    return (named.parent if named.name == "model" else named).name.replace("_", "-")


def _still_dither(features: Path) -> None:
    lines = features.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.strip().startswith("--dither")]
    features.write_text("\n".join([*kept, f"--dither={DITHER:g}"]) + "\n", encoding="utf-8")
