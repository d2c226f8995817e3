"""What words mean at this site, spoken or typed: one lexicon a language, one way to ask."""

import re
from collections.abc import Mapping
from pathlib import Path

from intake.errors import SiteError
from intake.site import Site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import NOTHING_KNOWN, Context, Lang, Understanding
from intake.understanding.understand import understand

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LANGUAGES: tuple[Lang, ...] = ("en", "zh")

_Stamp = tuple[int, int]
"""When a file was changed last, in nanoseconds, and its size."""


class Comprehension:
    """Every language of the site. Building takes about 0.2 s a language.

    `words` is a folder in which `en.toml` and `zh.toml` may hold the site's own words; either may be missing.
    Thread-safe: a line is understood with one lexicon or the next one, never with half of each.
    """

    def __init__(self, site: Site, words: Path | None = None) -> None:
        """Raises `SiteError` when a vocabulary cannot be used."""
        self._site = site
        self._words = words
        self._stamps = self._look()
        self._lexicons: Mapping[Lang, Lexicon] = self._build()

    def spoken(self, text: str, lang: Lang, context: Context = NOTHING_KNOWN) -> Understanding:
        """What was said on a channel that speaks `lang`."""
        return understand(text, lang, self._lexicons[lang], context)

    def typed(self, text: str) -> Understanding:
        """What somebody typed, in whichever language they did."""
        lexicons = self._lexicons
        lang: Lang = "zh" if _CHINESE.search(text) and "zh" in lexicons else next(iter(lexicons))
        return understand(text, lang, lexicons[lang])

    @property
    def lexicons(self) -> Mapping[Lang, Lexicon]:
        """The words of each language as they are now."""
        return self._lexicons

    def changed(self) -> bool:
        """Whether a file of words is another one than when they were last read, or tried to be."""
        return self._look() != self._stamps

    def reload(self) -> None:
        """Take the words as they are now. Raises `SiteError`, and goes on with the old ones."""
        self._stamps = self._look()
        self._lexicons = self._build()

    def _build(self) -> Mapping[Lang, Lexicon]:
        spoken = [lang for lang in _LANGUAGES if lang in self._site.languages]
        return {lang: Lexicon.build(self._site, lang, self._own(lang)) for lang in spoken}

    def _own(self, lang: Lang) -> Path | None:
        return own_words(self._words, lang)

    def _look(self) -> Mapping[Path, _Stamp]:
        """What the files are now; one that is not there, or whose folder is gone, is left out."""
        files = [self._words / f"{lang}.toml" for lang in _LANGUAGES] if self._words else []
        return {file: stamp for file in files if (stamp := _stamp(file)) is not None}


def own_words(folder: Path | None, lang: Lang) -> Path | None:
    """The file of a site's own words in `lang`, if there is one.

    Raises `SiteError` when the folder itself is not there: it was named, so something was meant.
    """
    if folder is None:
        return None
    if not folder.is_dir():
        raise SiteError(f"{folder}: there is no such folder of words; make it, or leave it out.")
    file = folder / f"{lang}.toml"
    return file if file.exists() else None


def _stamp(file: Path) -> _Stamp | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size)
