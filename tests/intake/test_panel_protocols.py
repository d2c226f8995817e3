"""Panels with codes of their own: what each code means to a dispatcher."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.site import example_site_path, load_site
from intake.understanding.panel_event import PanelFacts, PanelMeaning, meaning_of

SITE = load_site(example_site_path())


def meaning(protocol: str, code: str, text: str | None = None) -> PanelMeaning:
    """An event's meaning at the example site, from a panel wired to the box."""
    facts = PanelFacts(protocol=protocol, line="alarms-1", code=code, partition="2", text=text)
    return meaning_of(facts, SITE)


@pytest.mark.parametrize(
    ("code", "kind", "category"),
    [
        ("601", "intrusion", "alarm"), ("602", "intrusion", "restore"), ("654", "intrusion", "alarm"),
        ("603", "facility-fault", "alarm"), ("604", "facility-fault", "restore"),
        ("605", "system", "journal"), ("609", "system", "journal"), ("610", "system", "journal"),
        ("621", "fire", "alarm"), ("622", "fire", "restore"), ("623", "medical", "alarm"),
        ("625", "hold-up", "alarm"), ("652", "system", "journal"), ("655", "system", "journal"),
        ("700", "system", "journal"), ("750", "system", "journal"),
        ("800", "facility-fault", "alarm"), ("801", "facility-fault", "restore"),
        ("814", "facility-fault", "alarm"), ("843", "facility-fault", "restore"),
        ("899", "facility-fault", "unparsed"),
    ],
)  # fmt: skip
def test_it100_commands(code: str, kind: str, category: str) -> None:
    """Alarms make a row, restores annotate, arming and zones that open are only written down."""
    found = meaning("dsc_it100", code)
    assert (found.type, found.category) == (kind, category)


@pytest.mark.parametrize(
    ("code", "kind", "category"),
    [
        ("ALARM_PANIC", "hold-up", "alarm"), ("ALARM_FIRE", "fire", "alarm"),
        ("ALARM_AUX", "medical", "alarm"), ("ALARM_ENTRY", "intrusion", "alarm"),
        ("KEYPAD_FIRE", "fire", "alarm"), ("KEYPAD_ALARM", "intrusion", "alarm"),
        ("CANCEL", "system", "restore"), ("ARM_STAY", "system", "journal"), ("OPEN", "system", "journal"),
        ("TEST_CALL", "test", "test"), ("AC_RESTORE", "facility-fault", "restore"),
        ("ALARM_UNHEARD_OF", "facility-fault", "unparsed"),
    ],
)  # fmt: skip
def test_alarmdecoder_words(code: str, kind: str, category: str) -> None:
    """The radio's words, and the box's own for what only a keypad shows."""
    found = meaning("alarmdecoder", code)
    assert (found.type, found.category) == (kind, category)


@pytest.mark.parametrize(
    ("code", "kind", "category"),
    [
        ("000", "system", "journal"), ("001", "system", "journal"), ("014", "system", "journal"),
        ("024", "intrusion", "alarm"), ("025", "fire", "alarm"), ("026", "intrusion", "restore"),
        ("031", "hold-up", "alarm"), ("036", "facility-fault", "alarm"),
        ("999", "facility-fault", "unparsed"),
    ],
)  # fmt: skip
def test_prt3_groups(code: str, kind: str, category: str) -> None:
    """An unknown group is queued: silence is no option."""
    found = meaning("paradox_prt3", code)
    assert (found.type, found.category) == (kind, category)


@pytest.mark.parametrize(
    ("code", "text", "kind", "category"),
    [
        ("04", "faulted", "system", "journal"), ("04", "faulted, tampered", "facility-fault", "alarm"),
        ("06", "armed", "system", "journal"), ("06", "armed, siren", "intrusion", "alarm"),
        ("06", "fire, siren", "fire", "alarm"), ("08", None, "system", "journal"),
        ("0a", "log 0", "intrusion", "alarm"), ("0a", "log 1", "intrusion", "restore"),
        ("0a", "log 19", "fire", "alarm"), ("0a", "log 40", "system", "journal"),
        ("0a", "log 44", "test", "test"), ("0a", "log 200", "facility-fault", "unparsed"),
        ("0a", None, "facility-fault", "unparsed"),
    ],
)  # fmt: skip
def test_nx_messages(code: str, text: str | None, kind: str, category: str) -> None:
    """Log events by their type, states by what they name."""
    found = meaning("nx584", code, text)
    assert (found.type, found.category) == (kind, category)


def test_a_partition_stands_where_no_zone_is_known() -> None:
    """`Partition in alarm, partition 2`, in both languages; a panel on a wire has no account to miss."""
    text = meaning("dsc_it100", "654").text
    assert text == {"en": "Partition in alarm, partition 2", "zh": "分区报警，2分区"}


@given(
    st.sampled_from(["dsc_it100", "alarmdecoder", "paradox_prt3", "nx584", "unheard-of"]),
    st.text(max_size=12),
    st.none() | st.text(max_size=12),
)
def test_no_code_raises(protocol: str, code: str, text: str | None) -> None:
    """Whatever stands where a code should, there is a sentence in both languages."""
    assert all(meaning(protocol, code, text).text.values())
