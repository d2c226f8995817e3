"""The encryption of DC-09: AES-CBC with a zero initial vector, written in hex digits.

In front of the text stand pad bytes, any but `|`, `[` and `]`, so many that the whole fills its blocks.
They are random: two equal messages must not look alike on the wire.
"""

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.modes import CBC

KEY_BYTES: Final = (16, 24, 32)
"""AES-128, AES-192 and AES-256."""

ANY_ACCOUNT: Final = "*"

Keys = Mapping[str, bytes]
"""Account, as on the wire, to its key; `ANY_ACCOUNT` stands for all that are not listed."""

_BLOCK: Final = 16
_LEAST_PAD: Final = 16
_PAD_BYTES: Final = bytes(byte for byte in range(0x20, 0x7F) if byte not in b"|[]")


def key_for(keys: Keys, account: str | None) -> bytes | None:
    """Return the key of `account`, `None` when there is none."""
    return keys.get(account or "", keys.get(ANY_ACCOUNT))


def decrypt(digits: str, key: bytes) -> bytes | None:
    """Return the text with its padding, `None` when `digits` are no whole blocks in hex."""
    try:
        blocks = bytes.fromhex(digits)
    except ValueError:
        return None
    if not blocks or len(blocks) % _BLOCK:
        return None
    aes = _aes(key).decryptor()
    return aes.update(blocks) + aes.finalize()


def encrypt(text: bytes, key: bytes) -> str:
    """Return `text`, padded in front with 16 to 31 random bytes, in upper-case hex digits."""
    pad = _LEAST_PAD + -len(text) % _BLOCK
    padding = bytes(secrets.choice(_PAD_BYTES) for _ in range(pad))
    aes = _aes(key).encryptor()
    return (aes.update(padding + text) + aes.finalize()).hex().upper()


def _aes(key: bytes) -> "Cipher[CBC]":
    # 6 MB that only a box with encrypted panels needs.
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.ciphers.modes import CBC  # noqa: PLC0415 - see above

    return Cipher(AES(key), CBC(bytes(_BLOCK)))
