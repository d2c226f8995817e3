"""What the report calls things: by the site file where there is one, else by their ids."""

from dataclasses import dataclass

from intake.site import Site
from tongpin.words import Words


@dataclass(frozen=True)
class Naming:
    """Words of one language and, where given, the names of one site."""

    words: Words
    site: Site | None = None

    @property
    def title(self) -> str:
        """Of the whole report."""
        title = self.words("report.title")
        return f"{self.site.name[self.words.language]} · {title}" if self.site else title

    def category(self, type_: str) -> str:
        """The class a type belongs to; the type itself without a site file."""
        return self.site.category(type_) if self.site else type_

    def key(self, dimension: str, key: str) -> str:
        """A line's key in words."""
        lang = self.words.language
        if not key:
            return self.words("report.not_unknown")
        match dimension:
            case "team" if self.site and key in self.site.teams:
                return self.site.teams[key].name[lang]
            case "agency" if self.site and key in self.site.agencies:
                return self.site.agencies[key].name[lang]
            case "hour":
                return f"{key}:00"
            case _:
                return self.words.name(dimension, key)
