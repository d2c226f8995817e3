"""The console's settings file."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from bus.link import LinkSettings
from bus.topics import is_id
from tui.keys.keymap import checked
from tui.words import Language


def _as_id(text: str) -> str:
    if not is_id(text):
        raise ValueError("only lower case letters, digits and - here, at most 63")
    return text


Id = Annotated[str, AfterValidator(_as_id)]


Theme = Literal["dark", "light", "high-contrast", "colour-blind", "mono"]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ConsoleTable(_Table):
    """`[console]`: this workplace."""

    id: Id
    """Unique in the site: the centre answers to it."""
    site: Id
    language: Language = "en"
    theme: Theme = "dark"
    bell: bool = True
    """Whether a tone sounds until an alarm is claimed."""
    tone_player: str | None = None
    """Program that plays the tones; None: the one for recordings; `bell`: the terminal's bell."""
    player: str | None = None
    """Program that plays recordings, with its options; None: the first known one this machine has."""
    state: Path | None = None
    """Folder for lines typed and not yet sent; None: `$XDG_STATE_HOME/tongpin/<id>`."""
    log_file: Path | None = None
    """Never the terminal: the console draws there."""


class OperatorTable(_Table):
    """`[operator]`: who signs in. Left out, the console asks."""

    login: str | None = None
    password_file: Path | None = None
    password: SecretStr | None = Field(default=None, exclude=True, repr=False)
    """For programs that start a console in their own process; a settings file names a file."""

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if (self.password_file or self.password) and not self.login:
            raise ValueError("a password needs login")
        return self

    def secret(self) -> SecretStr | None:
        """The password, None when it must be asked for. Raises `OSError` or `UnicodeError` for a bad file."""
        if self.password is not None or self.password_file is None:
            return self.password
        return SecretStr(self.password_file.read_text("utf-8").partition("\n")[0].rstrip("\r"))


Keys = Annotated[dict[str, str], AfterValidator(checked)]


class ConsoleSettings(_Table):
    """The whole file."""

    console: ConsoleTable
    broker: LinkSettings = LinkSettings()
    operator: OperatorTable = OperatorTable()
    keys: Keys = {}
    """`[keys]`: action to key, where the console's own table is not wanted."""
