from pathlib import Path

import pytest

from gateway.errors import CannotStart
from gateway.ip.keys import read_keys

KEY = "00112233445566778899aabbccddeeff"


def test_keys_of_every_length_are_read(tmp_path: Path) -> None:
    """AES-128, -192 and -256, and one for everybody else; without a file there are none."""
    path = _file(tmp_path, f'"4711" = "{KEY}"\n4712 = "{KEY}{KEY[:16]}"\n"*" = "{KEY.upper()}{KEY}"\n')
    assert {account: len(key) for account, key in read_keys(path).items()} == {
        "4711": 16,
        "4712": 24,
        "*": 32,
    }
    assert read_keys(None) == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param('"4711" = "0011"', "account 4711 must be 32, 48 or 64 hex digits", id="short"),
        pytest.param(f'"4711" = "{KEY[:-1]}x"', "hex digits", id="no hex"),
        pytest.param("4711 = 12", "hex digits", id="no text"),
        pytest.param("4711 0011", "one line for each account", id="no toml"),
    ],
)
def test_what_is_wrong_is_one_sentence_without_the_key(tmp_path: Path, text: str, sentence: str) -> None:
    """File and account are named; the key is not."""
    with pytest.raises(CannotStart, match=sentence) as caught:
        read_keys(_file(tmp_path, text))
    assert KEY[:-1] not in str(caught.value)


def test_a_file_others_may_read_is_refused(tmp_path: Path) -> None:
    """The sentence is the command that mends it."""
    path = _file(tmp_path, f'"4711" = "{KEY}"')
    path.chmod(0o644)
    with pytest.raises(CannotStart, match=f"chmod 640 {path}"):
        read_keys(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """No traceback, one sentence."""
    with pytest.raises(CannotStart, match="No such file"):
        read_keys(tmp_path / "keys.toml")


def _file(folder: Path, text: str) -> Path:
    path = folder / "keys.toml"
    path.write_text(text)
    path.chmod(0o640)
    return path
