"""Codes that only receivers use: what each means to a dispatcher."""

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.panel_event import PanelFacts, PanelMeaning, meaning_of
from intake.understanding.panel_silentknight import TABLE

SITE = load_site(example_site_path())


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("w", "system"),
        ("x", "restore"),
        ("i", "system"),
        ("{", "system"),
        ("\x7f", "journal"),
        ("?", "system"),
    ],
)
def test_a_silent_knight_receiver_speaks_of_itself(code: str, category: str) -> None:
    """Its troubles are system rows, unknown codes too; their ends are restores, log-ons only written down."""
    assert _receiver(code).category == category


@pytest.mark.parametrize("code", TABLE)
def test_every_code_reads_in_both_languages(code: str) -> None:
    """No code of the tables is without a sentence of its own."""
    found = _receiver(code)
    assert found.parsed
    assert all(found.text[lang] for lang in ("en", "zh"))
    assert found.text["en"] != found.text["zh"]


@pytest.mark.parametrize(
    ("protocol", "code_set", "code", "category", "parsed"),
    [
        ("surgard", "level1", "BA", "alarm", True),
        ("surgard", "level1", "CL", "journal", True),
        ("surgard", "basic", "A", "alarm", True),
        ("surgard", "basic", "R", "restore", True),
        ("surgard", "basic", "O", "journal", True),
        ("ademco685", "basic", "A", "unparsed", False),
        ("ademco685", None, "151555557", "unparsed", False),
    ],
)
def test_codes_of_pulse_formats(
    protocol: str, code_set: str | None, code: str, category: str, parsed: object
) -> None:
    """Level 1 codes are SIA's, a Sur-Gard letter tells the class; a bare digit is for a person to read."""
    found = meaning_of(PanelFacts(protocol=protocol, account="1234", code_set=code_set, code=code), SITE)
    assert (found.category, found.parsed) == (category, parsed)


def _receiver(code: str) -> PanelMeaning:
    return meaning_of(PanelFacts(kind="receiver", protocol="silentknight", line="alarms-1", code=code), SITE)
