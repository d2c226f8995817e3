"""`tongpin models`: the speech models of this machine."""

import json as jsonlib
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from intake.speech.models import InstalledModel, PinnedModel

models = typer.Typer(help="List, fetch and install speech models.", no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Option("--dir", help="Folder of the models. Default: $TONGPIN_MODELS, or tongpin's data folder."),
]


@models.command("list")
def list_models(
    folder: Folder = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
) -> None:
    """Show the published models and those installed here.

    English is heard without any of them, by moonshine; Chinese needs one.
    """
    from intake.speech.models import PINNED, installed, models_folder

    here = installed(models_folder(folder))
    missing = [model for model in PINNED if model.name not in {model.name for model in here}]
    rows = [_row(model, None) for model in missing] + [_row(model, model.folder) for model in here]
    if json:
        sys.stdout.write(jsonlib.dumps(rows, ensure_ascii=False) + "\n")
        return
    for row in rows:
        where = row["folder"] or f"not installed: tongpin models pull {row['lang']}"
        sys.stdout.write(f"{row['lang']}  {row['name']:<30}  {where}\n")


@models.command()
def pull(
    wanted: Annotated[str, typer.Argument(help="Language (en, zh) or name of a published model.")],
    folder: Folder = None,
    url: Annotated[str | None, typer.Option(help="Mirror to fetch it from; the hash still decides.")] = None,
) -> None:
    """Download a published model, check its hash and install it. A cut download goes on where it ended.

    Without a way to the site (exit code 3): fetch the ZIP elsewhere and use tongpin models add FILE.zip.
    """
    from intake.speech.download import download
    from intake.speech.install import add_model
    from intake.speech.models import PINNED, models_folder, pinned_for

    model = pinned_for(wanted)
    if model is None:
        known = ", ".join(f"{pinned.lang} ({pinned.name})" for pinned in PINNED)
        raise typer.BadParameter(f"there is no published model {wanted!r}; there are {known}")
    place = models_folder(folder)
    place.mkdir(parents=True, exist_ok=True)
    part = place / f"{model.name}.zip.part"
    with _bar() as bar:
        task = bar.add_task(model.name, total=model.size)
        download(
            url or model.url,
            model.sha256,
            part,
            lambda arrived, total: bar.update(task, completed=arrived, total=total),
        )
    _say_installed(add_model(part, model.lang, place))
    part.unlink()


@models.command()
def add(
    source: Annotated[Path, typer.Argument(help="ZIP archive or folder of a Vosk model.")],
    lang: Annotated[
        str | None, typer.Option(help="Language it hears, for others than the published.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Install a model that was carried here, without any network.

    Any Vosk model will do; one of the published models must have its known hash. Exit code 2 and nothing is
    installed when it is not what it should be.
    """
    from intake.speech.install import add_model
    from intake.speech.models import models_folder

    _say_installed(add_model(source, lang, models_folder(folder)))


@models.command()
def path(folder: Folder = None) -> None:
    """Print the folder the models are kept in, for speech.models or to copy to another machine."""
    from intake.speech.models import models_folder

    sys.stdout.write(f"{models_folder(folder)}\n")


def _row(model: "PinnedModel | InstalledModel", where: Path | None) -> dict[str, object]:
    entries = asdict(model)
    return {key: entries.get(key) for key in ("name", "lang", "sha256", "dither")} | {
        "installed": where is not None,
        "folder": str(where) if where else None,
    }


def _say_installed(model: "InstalledModel") -> None:
    sys.stdout.write(f"{model.name} ({model.lang}) is installed in {model.folder}\n")


def _bar() -> "Progress":
    """Bytes on stderr: a bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)
