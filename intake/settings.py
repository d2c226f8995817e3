"""The centre's settings: one TOML file, every key checked."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bus.link import LinkSettings

Role = Literal["observer", "dispatcher", "supervisor", "technician"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CentreSettings(_Strict):
    """`[centre]`. Relative paths are relative to the folder the centre is started in."""

    site_file: Path
    """What the site calls its places, units and types."""
    journal: Path = Path("tongpin-centre/journal.db")
    recordings: Path = Path("tongpin-centre/recordings")
    words: Path | None = None
    """Folder with the site's own words, `en.toml` and `zh.toml`, read again whenever they change."""


class SpeechSettings(_Strict):
    """`[speech]`."""

    language: Literal["en", "zh"] = "en"
    engine: Literal["vosk", "moonshine"] | None = None
    """None: Vosk when a model for the language is installed, moonshine otherwise."""
    models: Path | None = None
    """Folder of `tongpin models`; None: its default."""
    threads: int = Field(default=2, ge=1, le=8)
    """Overs decoded at the same time; more than the machine has cores does not help."""
    second_engine: Literal["vosk", "moonshine"] | None = None
    """Hears a share of the overs again, when nothing else is to be done; None: no second one."""
    second_share: float = Field(default=0.1, ge=0, le=1)

    @model_validator(mode="after")
    def _two_engines(self) -> Self:
        if self.second_engine is not None and self.second_engine == self.engine:
            raise ValueError(f"second_engine is {self.engine} too; name the other one, or leave it out.")
        return self


class RecordingSettings(_Strict):
    """`[recordings]`: what is kept of them. What was heard, and that they were there, stays in the journal.

    What nobody has written down yet is never removed, nor what a waiting alarm or an open incident needs.
    """

    keep_days: int = Field(default=180, ge=0)
    """Older ones go; 0: none for their age."""
    keep_gb: float = Field(default=50, ge=0)
    """In all: beyond it the oldest go; 0: no limit. A channel in use a fifth of the day makes 0.3 GB."""
    evidence_days: int = Field(default=1095, ge=0)
    """Those that are evidence for an incident stay so long after its end; 0: for ever."""


class OperatorSettings(_Strict):
    """One `[[operator]]`: who may sign in, as what. `tongpin operators hash` makes the hash."""

    login: str = Field(pattern=r"[a-z0-9][a-z0-9._-]*")
    name: str
    role: Role
    agency: str | None = None
    """The site's agency whose desk this is; left out: the joint centre, which orders everybody."""
    team: str | None = None
    """The team whose desk this is: it signs the team's orders and names who goes."""
    password_hash: str = Field(pattern=r"\$argon2id?\$.*")


class IntakeSettings(_Strict):
    """The whole file."""

    centre: CentreSettings
    broker: LinkSettings = LinkSettings()
    speech: SpeechSettings = SpeechSettings()
    recordings: RecordingSettings = RecordingSettings()
    operator: tuple[OperatorSettings, ...] = ()

    @model_validator(mode="after")
    def _all_different(self) -> Self:
        logins = [operator.login for operator in self.operator]
        if twice := next((one for one in logins if logins.count(one) > 1), None):
            raise ValueError(f"the login {twice!r} is given to two operators; each needs their own.")
        return self
