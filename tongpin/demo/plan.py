"""What is to be shown: the demo's options, and the voices the channel speaks with."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from intake.site import Site, example_site_path, load_site
from intake.speech.models import find, models_folder
from tongpin.demo.hour import Happening, Voices

Lang = Literal["en", "zh"]


@dataclass(frozen=True)
class Plan:
    """`rate` is station seconds in a real second; `seconds` None plays until somebody leaves."""

    lang: Lang
    channel_lang: Lang
    seed: int
    rate: float
    seconds: float | None
    keep: Path | None = None
    """Folder for journal, spool and logs; None: they go when the demo ends."""
    site_file: Path = field(default_factory=example_site_path)
    hour: tuple[Happening, ...] | None = None
    """What is to happen; None: what the seed tells, without end."""

    @property
    def site(self) -> Site:
        """The site it plays at."""
        return load_site(self.site_file)


def site() -> Site:
    """The example site."""
    return load_site(example_site_path())


def voices_of(site: Site, lang: Lang) -> Voices:
    """How the site's units and places are spoken."""
    return Voices(
        lang,
        {unit: site.unit_name(unit, lang) for unit in site.units},
        {place: site.place_name(place, lang) for place in site.places},
    )


def channel_language(wanted: Lang) -> tuple[Lang, str | None]:
    """The language officers speak, and one sentence when it is not the wanted one."""
    if wanted == "en":
        return "en", None
    if shutil.which("espeak-ng") is None:
        return "en", "频道使用英语：本机没有中文语音（apt install espeak-ng）。"
    if find("zh", models_folder()) is None:
        return "en", "频道使用英语：尚未安装中文语音模型（tongpin models pull zh）。"
    return "zh", None
