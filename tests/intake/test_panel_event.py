"""Panel events: which class a code is, and the traps of the code tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.site import example_site_path, load_site
from intake.understanding.panel_event import PanelFacts, PanelMeaning, meaning_of

SITE = load_site(example_site_path())


def contact(
    code: str, qualifier: str = "new", account: str = "1234", zone: str | None = None
) -> PanelMeaning:
    """A Contact ID event's meaning at the example site."""
    facts = PanelFacts(code_set="contact_id", code=code, qualifier=qualifier, account=account, zone=zone)
    return meaning_of(facts, SITE)


def test_a_hold_up_is_read_as_a_person_would_say_it() -> None:
    """Class, zone and place make one sentence in each language."""
    meaning = contact("122", zone="001")
    assert (meaning.type, meaning.priority, meaning.place, meaning.category) == (
        "hold-up",
        0,
        "ticket-office",
        "alarm",
    )
    assert meaning.text["en"] == "Hold-up alarm, hold-up button, window 3 (ticket office)"
    assert meaning.text["zh"].endswith("（售票厅）")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("100", "medical"), ("102", "medical"), ("110", "fire"), ("118", "fire"),
        ("151", "fire"), ("162", "fire"),
        ("120", "hold-up"), ("129", "hold-up"), ("130", "intrusion"), ("141", "facility-fault"),
        ("144", "intrusion"),
        ("206", "facility-fault"), ("300", "facility-fault"), ("350", "system"), ("394", "facility-fault"),
        ("423", "intrusion"), ("426", "facility-fault"), ("601", "test"), ("616", "test"), ("654", "system"),
    ],
)  # fmt: skip
def test_new_events_make_a_row_of_their_type(code: str, kind: str) -> None:
    """The borders of the ranges of the code table."""
    meaning = contact(code)
    assert meaning.type == kind
    assert meaning.category in {"alarm", "test", "system"}


@pytest.mark.parametrize("qualifier", ["new", "restore", "status"])
@pytest.mark.parametrize("code", ["400", "401", "402", "441", "466"])
def test_openings_and_closings_make_no_row(code: str, qualifier: str) -> None:
    """On 4xx a "new" is an opening and a "restore" a closing: neither alarm nor restore."""
    assert contact(code, qualifier).category == "journal"


def test_opening_and_closing_are_not_mixed_up() -> None:
    """Qualifier new disarms, restore arms."""
    assert "disarmed" in contact("401", "new").text["en"]
    assert "(armed)" in contact("401", "restore").text["en"]


@pytest.mark.parametrize("code", ["110", "131", "301", "350"])
def test_restores_annotate(code: str) -> None:
    """A restore outside 4xx belongs to its alarm's card."""
    assert contact(code, "restore").category == "restore"


@pytest.mark.parametrize("code", ["406", "501", "570", "579"])
def test_cancels_and_bypasses_annotate(code: str) -> None:
    """406 cancels, 5xx bypass: shown on the panel's card, no row."""
    assert contact(code).category == "restore"


@pytest.mark.parametrize("code", ["621", "653", "655"])
def test_logs_are_only_written_down(code: str) -> None:
    """6xx from 621 are log entries, but 654 (failed to report in) is an alarm of the system."""
    assert contact(code).category == "journal"
    assert contact("654").category == "system"


def test_a_periodic_test_is_a_test_and_its_restore_too() -> None:
    """602 never counts as a real alarm."""
    assert {contact("602").category, contact("607", "restore").category} == {"test"}


@pytest.mark.parametrize("code", ["1B1", "FFF", "12", "999", "١٢٣"])
def test_unknown_codes_are_queued_unparsed(code: str) -> None:
    """Silence is no option: an unknown code is priority 2 and shows what came."""
    meaning = contact(code)
    assert (meaning.type, meaning.priority, meaning.parsed) == ("facility-fault", 2, False)
    assert code in meaning.text["en"]


def test_an_unknown_account_is_an_alarm_with_its_number() -> None:
    """Nobody wired it into the site file, yet it burns somewhere."""
    meaning = contact("110", account="9999", zone="007")
    assert (meaning.category, meaning.place) == ("alarm", None)
    assert "unknown account 9999" in meaning.text["en"]
    assert "zone 007" in meaning.text["en"]


def test_the_receivers_own_account_is_the_system() -> None:
    """Account 0000 is no site: even its tests are about the receiver."""
    assert (contact("602", account="0000").type, contact("301", account="0000").category) == (
        "system",
        "system",
    )


def test_an_unparsed_frame_is_queued() -> None:
    """A frame nobody could read is priority 2."""
    meaning = meaning_of(PanelFacts(kind="unparsed"), SITE)
    assert (meaning.category, meaning.priority, meaning.parsed) == ("unparsed", 2, False)


@pytest.mark.parametrize(
    ("code", "kind", "category"),
    [
        ("FA", "fire", "alarm"), ("PA", "hold-up", "alarm"), ("BA", "intrusion", "alarm"),
        ("MA", "medical", "alarm"),
        ("BR", "intrusion", "restore"), ("FH", "fire", "restore"), ("OP", "system", "journal"),
        ("BC", "system", "restore"), ("BB", "facility-fault", "restore"), ("RP", "test", "test"),
        ("YC", "system", "system"), ("??", "facility-fault", "unparsed"),
    ],
)  # fmt: skip
def test_sia_letters(code: str, kind: str, category: str) -> None:
    """Two letters say it all: SIA has no qualifier."""
    meaning = meaning_of(PanelFacts(code_set="sia", code=code, account="4321"), SITE)
    assert (meaning.type, meaning.category) == (kind, category)


WORD = st.none() | st.text(max_size=8)


@given(st.sampled_from(["event", "receiver", "text", "unparsed"]), WORD, WORD, WORD, WORD, WORD)
def test_no_fields_raise(
    kind: str,
    code_set: str | None,
    code: str | None,
    qualifier: str | None,
    account: str | None,
    zone: str | None,
) -> None:
    """Whatever a panel sends, it gets a meaning and a sentence in both languages."""
    facts = PanelFacts(
        kind=kind, code_set=code_set, code=code, qualifier=qualifier, account=account, zone=zone
    )
    assert set(meaning_of(facts, SITE).text) == {"en", "zh"}
