"""The `[broker]` table of every program's settings."""

import ssl
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class LinkSettings(BaseModel):
    """Where the broker is and who we are to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=1883, ge=1, le=65535)
    username: str | None = None
    password_file: Path | None = None
    """Its first line is the password; read at every connect, so a new one needs no restart."""
    ca_file: Path | None = None
    """Turns TLS on; the broker's certificate must be signed by it and carry `host`."""
    cert_file: Path | None = None
    key_file: Path | None = None
    keepalive_s: int = Field(default=15, ge=5, le=3600)
    """The longest packet must pass the line within twice this time."""

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if self.password_file and not self.username:
            raise ValueError("password_file needs username")
        if (self.cert_file is None) != (self.key_file is None):
            raise ValueError("cert_file and key_file come together")
        if self.cert_file and not self.ca_file:
            raise ValueError("cert_file needs ca_file, which turns TLS on")
        return self

    def password(self) -> str | None:
        """Raises `OSError` or `UnicodeError` when the file cannot be read."""
        if self.password_file is None:
            return None
        return self.password_file.read_text("utf-8").partition("\n")[0].rstrip("\r")

    def tls(self) -> ssl.SSLContext | None:
        """Raises `OSError` when a file cannot be read or is no certificate."""
        if self.ca_file is None:
            return None
        for file in filter(None, (self.ca_file, self.cert_file, self.key_file)):
            file.open("rb").close()  # its error names the file; that of ssl does not
        context = ssl.create_default_context(cafile=str(self.ca_file))
        if self.cert_file and self.key_file:
            context.load_cert_chain(self.cert_file, self.key_file)
        return context
