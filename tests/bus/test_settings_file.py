"""Settings files: one sentence with file, line, key and what to do."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from bus.errors import SettingsError
from bus.settings_file import line_of, parse_toml, read_toml


class Line(BaseModel):
    """A table that may be repeated."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    device: str
    baud: int = 9600


class Settings(BaseModel):
    """The file of these tests."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    broker: Line | None = None
    line: tuple[Line, ...] = ()


GOOD = 'name = "box"\n\n[[line]]\ndevice = "ttyS0"\n\n[[line]]\ndevice = "ttyS1"\nbaud = 4800\n'


def sentence(text: str) -> str:
    """What a person is told about `text`."""
    with pytest.raises(SettingsError) as caught:
        parse_toml(text, Settings, name="box.toml")
    return str(caught.value)


def test_a_good_file_is_its_model(tmp_path: Path) -> None:
    """A good file arrives as the frozen model it was read for."""
    path = tmp_path / "box.toml"
    path.write_text(GOOD)
    assert [line.baud for line in read_toml(path, Settings).line] == [9600, 4800]


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known() -> None:
    """The misspelt key of the second table is found there, not in the first."""
    said = sentence(GOOD.replace("baud", "buad"))
    assert said == 'box.toml, line 8: unknown key "line.1.buad". Did you mean "baud"?'


def test_an_unknown_table_is_named() -> None:
    """A misspelt table is an unknown key of the file itself."""
    assert sentence(GOOD + '[borker]\ndevice = "x"\n').endswith(
        'unknown key "borker". Did you mean "broker"?'
    )


def test_a_misspelt_key_is_named_before_the_one_it_leaves_missing() -> None:
    """Saying that "device" is missing would hide the typing error that is its cause."""
    assert 'unknown key "broker.devise"' in sentence('name = "x"\n[broker]\ndevise = "ttyS0"\n')


def test_a_wrong_type_names_the_key_and_what_is_expected() -> None:
    """The value found and the type expected are both in the sentence."""
    said = sentence(GOOD.replace("4800", '"fast"'))
    assert said.startswith(
        "box.toml, line 8: the key \"line.1.baud\" is 'fast', but input should be a valid integer"
    )


def test_a_missing_key_names_its_table() -> None:
    """What is missing has no line; its table has."""
    assert sentence("[[line]]\nbaud = 1\n") in {
        'box.toml: the key "name" is missing; please add it.',
        'box.toml, line 1: the key "line.0.device" is missing; please add it.',
    }


@pytest.mark.parametrize(
    ("text", "line"), [('name = "box\n', 1), ('name = "a"\nname = "b"\n', 2), ("a = [1,\n", 2)]
)
def test_bad_syntax_has_its_line(text: str, line: int) -> None:
    """A TOML error carries the line, also where the parser only says it met the end."""
    assert sentence(text).startswith(f"box.toml, line {line}")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """No file, no traceback."""
    with pytest.raises(SettingsError, match="there is no such file"):
        read_toml(tmp_path / "none.toml", Settings)


def test_a_file_that_is_not_text_is_one_sentence(tmp_path: Path) -> None:
    """A binary by mistake is refused by name."""
    path = tmp_path / "box.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_toml(path, Settings)


def test_lines_are_found_inside_inline_tables() -> None:
    """Members written one a line inside an array are told apart."""
    text = "[[unit]]\nmembers = [\n  { id = 1 },\n  { id = 2 },\n]\n"
    assert line_of(text, ("unit", 0, "members", 1, "id")) == 4
