"""`tongpin check-config` opens the keys of panels over IP, as the box does when it starts."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tongpin.main import app, code_of, sentence_of

KEY = "00112233445566778899aabbccddeeff"


def test_settings_with_good_keys_are_good(tmp_path: Path) -> None:
    """One line, exit code 0."""
    ran = CliRunner().invoke(app, ["check-config", str(_box(tmp_path, f'"4711" = "{KEY}"'))])
    assert (ran.exit_code, ran.stdout.count("\n")) == (0, 1)


@pytest.mark.parametrize(
    ("keys", "mode", "sentence"),
    [
        pytest.param(None, 0o640, "the keys cannot be read: No such file", id="missing"),
        pytest.param(f'"4711" = "{KEY}"', 0o644, "chmod 640", id="others may read"),
        pytest.param(f'"4711" = "{KEY[:-1]}x"', 0o640, "account 4711 must be 32, 48 or 64", id="no hex"),
        pytest.param(f'"4711" = "{KEY[:-2]}"', 0o640, "account 4711 must be 32, 48 or 64", id="too short"),
    ],
)
def test_what_is_wrong_with_the_keys_is_one_sentence(
    keys: str | None, mode: int, sentence: str, tmp_path: Path
) -> None:
    """It names the keys file and what to do, never a key; exit code 2 as for all settings."""
    error = CliRunner().invoke(app, ["check-config", str(_box(tmp_path, keys, mode))]).exception
    assert isinstance(error, Exception)
    assert code_of(error) == 2
    said = sentence_of(error)
    assert sentence in said
    assert str(tmp_path / "keys.toml") in said
    assert KEY[:-2] not in said


def _box(folder: Path, keys: str | None, mode: int = 0o640) -> Path:
    """A box's settings with one network port, whose keys file holds `keys`; None is no file."""
    file = folder / "keys.toml"
    if keys is not None:
        file.write_text(keys, encoding="utf-8")
        file.chmod(mode)
    config = folder / "gateway.toml"
    box = f'[gateway]\nsite = "example"\nid = "box-1"\nspool = "{folder}/spool.db"\n'
    line = f'[[ip_line]]\nid = "network-1"\nport = 10500\nkeys_file = "{file}"\n'
    config.write_text(box + line, encoding="utf-8")
    return config
