"""Every code of the two common sets is called by a name of its own, in both languages."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from intake.site import example_site_path, load_site
from intake.understanding.codes import CodeName, CodeNames, contact_id_names, sia_names
from intake.understanding.panel_event import PanelFacts, PanelMeaning, meaning_of

SITE = load_site(example_site_path())
TABLES = Path(__file__).parents[3] / "shared" / "vectors"


def contact(
    code: str, qualifier: str = "new", zone: str | None = None, account: str = "1234"
) -> PanelMeaning:
    """A Contact ID event's meaning at the example site."""
    facts = PanelFacts(code_set="contact_id", code=code, qualifier=qualifier, account=account, zone=zone)
    return meaning_of(facts, SITE)


def sia(code: str) -> PanelMeaning:
    """A SIA event's meaning at the example site."""
    return meaning_of(PanelFacts(code_set="sia", code=code, account="1234"), SITE)


@pytest.mark.parametrize(
    ("table", "names"),
    [("contact-id-codes.json", contact_id_names()), ("sia-codes.json", sia_names())],
    ids=["contact-id", "sia"],
)
def test_every_code_of_the_tables_has_a_name(table: str, names: CodeNames) -> None:
    """No code of the standards' tables is left to the name of its class."""
    if not (TABLES / table).exists():
        pytest.skip("the code tables are not here")
    codes = json.loads((TABLES / table).read_text("utf-8"))["codes"]
    assert {row["code"] for row in codes} - names.name.keys() - names.how.keys() == set()


@pytest.mark.parametrize("names", [contact_id_names(), sia_names()], ids=["contact-id", "sia"])
def test_a_name_is_short_in_both_languages(names: CodeNames) -> None:
    """At most 40 cells, no capital first, no full stop or colon at its ends, Chinese in Chinese."""
    assert [name for name in (*names.name.values(), *names.how.values()) if not _fit(name)] == []


def test_no_code_is_both_a_happening_and_a_manner() -> None:
    """Each code stands in one table only, so that one of its two names is never shadowed."""
    assert contact_id_names().name.keys() & contact_id_names().how.keys() == set()


@pytest.mark.parametrize(
    ("code", "qualifier", "en", "zh"),
    [
        ("131", "new", "Perimeter burglary", "周界入侵"),
        ("131", "restore", "Restored: perimeter burglary", "恢复：周界入侵"),
        ("131", "status", "Still present: perimeter burglary", "仍存在：周界入侵"),
        ("121", "new", "Hold-up alarm (duress)", "紧急劫警（胁迫）"),
        ("302", "new", "Low system battery", "系统电池欠压"),
        ("302", "restore", "Restored: low system battery", "恢复：系统电池欠压"),
        ("406", "restore", "Cancelled by the user", "用户取消报警"),
        ("409", "new", "Opened (disarmed) by key switch", "钥匙开关撤防"),
        ("409", "restore", "Closed (armed) by key switch", "钥匙开关布防"),
        ("409", "status", "Arming reported again", "布撤防状态重报"),
        ("421", "new", "Access denied", "拒绝进入"),
        ("423", "restore", "Restored: door forced open", "恢复：门被强行打开"),
        ("466", "restore", "Ended: service technician on site", "结束：维修人员在场"),
        ("573", "new", "Burglary zone bypass", "入侵防区旁路"),
        ("573", "restore", "Ended: burglary zone bypass", "结束：入侵防区旁路"),
        ("602", "new", "Periodic test", "定期测试"),
        ("607", "restore", "Ended: walk test", "结束：步行测试"),
        ("104", "restore", "Unknown panel code, 104", "未知报警码，104"),
        ("109", "new", "Zone tampered with, 109", "防区被拆动，109"),
    ],
)
def test_a_contact_id_code_is_said_in_its_own_words(code: str, qualifier: str, en: str, zh: str) -> None:
    """New, over or still there, opened or closed: the qualifier frames the code's name."""
    text = contact(code, qualifier).text
    assert (text["en"], text["zh"]) == (f"{en} (ticket office)", f"{zh}（售票厅）")


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        ("BA", "Burglary", "入侵报警"),
        ("ba", "Burglary", "入侵报警"),
        ("BH", "Burglar alarm over", "入侵报警解除"),
        ("ZA", "Freezing temperature", "低温报警"),
        ("YT", "Low system battery", "系统电池欠压"),
        ("OP", "Opened (disarmed)", "撤防"),
        ("CS", "Closed (armed) by key switch", "钥匙开关布防"),
        ("VI", "Printer has paper again, VI", "打印机已上纸，VI"),
    ],
)
def test_a_sia_code_is_said_in_its_own_words(code: str, en: str, zh: str) -> None:
    """The letters say themselves whether it begins or ends; a code of no class still shows what came."""
    text = sia(code).text
    assert (text["en"], text["zh"]) == (f"{en} (ticket office)", f"{zh}（售票厅）")


@pytest.mark.parametrize("code", ["OP", "OS", "CL", "CS", "CJ", "CI", "DG", "DD"])
def test_openings_closings_and_doors_used_as_they_should_be_are_no_alarms(code: str) -> None:
    """They are written down and make no row, whatever their letters."""
    assert sia(code).category == "journal"


@pytest.mark.parametrize("code", ["OC", "OR", "OH"])
def test_a_disarming_after_an_alarm_annotates_it(code: str) -> None:
    """It is news of the alarm, and closes nothing."""
    assert sia(code).category == "restore"


def test_a_door_forced_is_an_intrusion() -> None:
    """As Contact ID 423 is."""
    assert (sia("DF").type, sia("DF").category) == ("intrusion", "alarm")


def test_the_class_keeps_deciding() -> None:
    """A name changes the words only: a code of no class stays queued for a person, at priority 2."""
    unknown = sia("VI")
    assert (unknown.type, unknown.priority, unknown.category, unknown.parsed) == (
        "facility-fault",
        2,
        "unparsed",
        False,
    )


def test_a_code_without_a_name_goes_by_its_class() -> None:
    """A gap of the table inside a class reads as before, its end too."""
    assert contact("119", "new").text["en"].startswith("Unknown panel code, 119")
    assert contact("170", "new").text["en"].startswith("Technical alarm")
    assert contact("170", "restore").text["en"].startswith("Technical alarm restored")


def test_the_receivers_own_trouble_names_the_receiver() -> None:
    """The receiver's name stands before the code's."""
    assert contact("301", account="0000").text == {
        "en": "Receiver: Mains power lost",
        "zh": "接警机：交流电断电",
    }


def _fit(name: CodeName) -> bool:
    narrow = all(0 < cell_len(text) <= 40 for text in (name.en, name.zh))
    clean = all(text == text.strip(" .,。，:：") for text in (name.en, name.zh))
    return narrow and clean and not name.en[0].isupper() and name.en.isascii() and not name.zh.isascii()
