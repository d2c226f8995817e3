"""What a sound frame says: its address in clear, its content in clear or after decryption.

    "[*]ID" SSSS [Rn] Ln [#acct] [ [#acct|]data ] [xdata]... [_HH:MM:SS,MM-DD-YYYY]

Quirks of real panels that are read all the same: an empty L, no account in the header, address fields in
another order, an extended-data bracket in front of the data, letters in the sequence.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from hardware.panels.sia_dc09 import stamp
from hardware.panels.sia_dc09.cipher import Keys, decrypt, key_for

_HEADER: Final = re.compile(
    r'"(?P<star>\*?)(?P<id>[A-Z0-9-]{2,12})"(?P<sequence>[0-9A-Fa-f]{4})'
    r"(?P<address>(?:[RLA][0-9A-Fa-f]*|#[0-9A-KM-QS-Za-z]*)*)(?P<rest>\[.*)",
    re.DOTALL,
)
_ADDRESS_FIELD: Final = re.compile(r"(?P<field>[RLA])(?P<hex>[0-9A-Fa-f]*)|#(?P<account>[0-9A-KM-QS-Za-z]*)")
_CONTENT: Final = re.compile(rf"(?P<brackets>(?:\[[^\[\]]*\])+)(?:{stamp.PATTERN})?", re.DOTALL)
_DECRYPTED: Final = re.compile(
    rf"[^|\[\]]*(?P<data>\|[ -Z\\^-~\x80-\xff]*)?\](?P<more>(?:\[[ -Z\\^-~\x80-\xff]*\])*){stamp.PATTERN}",
    re.DOTALL,
)
_ACCOUNT_INSIDE: Final = re.compile(r"(?:#(?P<account>[0-9A-Za-z]*))?\|(?P<data>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Content:
    """What stood in the brackets. `stamp` is as written, without its underscore; `data` without account."""

    account: str | None = None
    data: str = ""
    extended: tuple[str, ...] = ()
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `None` is not carried. `content` is `None` when it is encrypted and no key opens it."""

    id: str
    encrypted: bool
    sequence: str
    address: str
    """R, L and account exactly as sent: an answer repeats them."""
    receiver: str | None
    line: str | None
    account: str | None
    content: Content | None
    key: bytes | None = field(default=None, repr=False)
    """What opened it; its answer is encrypted with the same."""

    @property
    def identity(self) -> str | None:
        """What stays the same when the sender says it again, but for its time stamp.

        Its raw bytes do not: padding is random. `None` when the message could not be opened.
        """
        return f"{self.id} {self.sequence} {self.address} {self.content.data}" if self.content else None

    @property
    def stamp(self) -> str | None:
        """The time it carries, as written."""
        return self.content.stamp if self.content else None


def read(body: bytes, keys: Keys) -> Message | None:
    """Read a frame's body; `None` when it has no header to answer to."""
    header = _HEADER.fullmatch(body.decode("latin-1"))
    if header is None:
        return None
    receiver, line, outside = _address(header["address"])
    encrypted = bool(header["star"])
    key = key_for(keys, outside) if encrypted else None
    content = _decrypted(header["rest"], key) if encrypted else _plain(header["rest"])
    return Message(
        id=header["id"],
        encrypted=encrypted,
        sequence=header["sequence"],
        address=header["address"],
        receiver=receiver,
        line=line,
        account=outside or (content.account if content else None),
        content=content,
        key=key if content else None,
    )


def _address(text: str) -> tuple[str | None, str | None, str | None]:
    """Return receiver, line and account, each `None` when it is missing or empty."""
    fields: dict[str, str] = {}
    for one in _ADDRESS_FIELD.finditer(text):
        fields[one["field"] or "#"] = one["hex"] or one["account"] or ""
    return fields.get("R") or None, fields.get("L") or None, fields.get("#") or None


def _plain(rest: str) -> Content:
    """Read brackets in clear; the data is in the first that has an account or a bar, else in the first.

    What has another layout is all data: it says nothing we know, but can be answered.
    """
    match = _CONTENT.fullmatch(rest)
    if match is None:
        return Content(data=rest)
    brackets = match["brackets"][1:-1].split("][")
    data = next((one for one in brackets if "|" in one or one.startswith("#")), brackets[0])
    extended = list(brackets)
    extended.remove(data)
    return _content(data, tuple(extended), match["stamp"])


def _decrypted(rest: str, key: bytes | None) -> Content | None:
    """Read hex digits with `key`. A wrong key gives noise: only text with its time stamp is believed."""
    text = decrypt(rest.strip("[]"), key) if key else None
    match = _DECRYPTED.fullmatch(text.decode("latin-1")) if text else None
    if match is None:
        return None
    more = match["more"]
    extended = tuple(more[1:-1].split("][")) if more else ()
    return _content((match["data"] or "").removeprefix("|"), extended, match["stamp"])


def _content(bracket: str, extended: tuple[str, ...], at: str | None) -> Content:
    """Part the account from the data: `#1234|NBA01`, `|NBA01`, `NBA01`."""
    inside = _ACCOUNT_INSIDE.fullmatch(bracket)
    if inside is None:
        return Content(None, bracket, extended, at)
    return Content(inside["account"] or None, inside["data"], extended, at)
