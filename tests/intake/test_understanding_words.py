"""A site's own words: added to the packaged ones, taken out of them, and taken up while the centre runs."""

import os
from pathlib import Path

import pytest

from bus.clock import SystemClock
from intake.comprehension import Comprehension
from intake.dispatch.source_commands import AcceptAlarm
from intake.errors import SiteError
from intake.rewording import Rewording
from intake.site import Site, example_site_path, load_site
from intake.understanding.patterns import Grammar

SITE = load_site(example_site_path())


def words(folder: Path, text: str, lang: str = "en") -> Path:
    """A folder whose file for `lang` holds `text`, newer than any before."""
    file = folder / f"{lang}.toml"
    was = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(was + 10**9, was + 10**9))
    return folder


def test_own_words_are_added_and_unwanted_ones_taken_out(tmp_path: Path) -> None:
    """A new phrase for a type, a new step, and a packaged phrase that misfires here."""
    text = '[event.say]\nfight = ["ding dong"]\nfire = ["- smoke"]\n[status]\nonscene = ["boots on deck"]\n'
    known = Comprehension(SITE, words(tmp_path, text))
    assert known.spoken("a ding dong at gate one", "en").type == "fight"
    assert known.spoken("smoke at gate one", "en").type is None
    assert known.spoken("flames at gate one", "en").type == "fire"
    assert known.spoken("patrol one boots on deck", "en").status == "onscene"
    assert known.spoken("一号检票口冒烟", "zh").type == "fire"


def test_a_phrase_may_shut_out_the_word_before_it(tmp_path: Path) -> None:
    """`<!(…)` in both languages: the phrase counts, except straight after one of the words."""
    english = Comprehension(SITE, words(tmp_path, '[event.say]\nfight = ["<!(no|dinner) ding dong"]\n'))
    assert english.spoken("a ding dong at gate one", "en").type == "fight"
    assert english.spoken("dinner ding dong at gate one", "en").type is None
    chinese = Comprehension(SITE, words(tmp_path, '[event.say]\nfight = ["<!(没|不想) 过招"]\n', "zh"))
    assert chinese.spoken("一号检票口过招", "zh").type == "fight"
    assert chinese.spoken("一号检票口不想过招", "zh").type is None


def test_of_two_phrases_that_fit_the_longer_is_read() -> None:
    """However much is written after the shorter one to shut out what must not follow it."""
    grammar = Grammar("zh", {})
    found = grammar.compile(["在途 !(中间|中央|中心|中段)", "在途中"]).search("在途中")
    assert found is not None
    assert found[0] == "在途中"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[act]\nordr = []\n", 'no list "ordr". Did you mean "order"'),
        ('[event.say]\nfight = "brawl"\n', "fight"),
        ('[event.say]\nfight = ["(brawl"]\n', "check its brackets"),
        ("[acts]\n", 'unknown key "acts"'),
        ("[act\n", "not valid TOML"),
    ],
)
def test_words_that_cannot_be_used_are_named(tmp_path: Path, text: str, sentence: str) -> None:
    """One sentence with the file."""
    with pytest.raises(SiteError, match=r"en\.toml") as raised:
        Comprehension(SITE, words(tmp_path, text))
    assert sentence in str(raised.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """It was written into the settings, so something was meant by it."""
    with pytest.raises(SiteError, match="no such folder"):
        Comprehension(SITE, tmp_path / "word")


def test_a_sites_types_bring_their_own_words() -> None:
    """And are ranked by their priority: a priority 0 type of the site beats a packaged priority 1 type."""
    text = example_site_path().read_text(encoding="utf-8")
    crush = (
        'stampede-alarm = { priority = 0, category = "order", en = "c", zh = "c", say.en = ["code crush"] }'
    )
    site = Site.from_toml(text.replace("[type]\n", f"[type]\n{crush}\n"))
    found = Comprehension(site).spoken("code crush and a fight at gate one", "en")
    assert (found.type, found.place) == ("stampede-alarm", "gate-1")


async def test_saved_words_count_at_the_next_look(tmp_path: Path) -> None:
    """No restart; unusable ones raise one alarm and leave the old ones in force."""
    known = Comprehension(SITE, tmp_path)
    stored: list[AcceptAlarm] = []

    async def store(alarm: AcceptAlarm) -> None:
        stored.append(alarm)

    rewording = Rewording(known, store, SystemClock())
    assert known.spoken("a ding dong at gate one", "en").type is None
    words(tmp_path, '[event.say]\nfight = ["ding dong"]\n')
    await rewording.look()
    assert known.spoken("a ding dong at gate one", "en").type == "fight"
    words(tmp_path, "[nonsense]\n")
    await rewording.look()
    await rewording.look()
    assert known.spoken("a ding dong at gate one", "en").type == "fight"
    (alarm,) = stored
    assert (alarm.content.type, alarm.content.event_code) == ("system", "words-unusable")
    assert "nonsense" in alarm.content.text


async def test_a_folder_that_vanishes_is_told_of_once(tmp_path: Path) -> None:
    """One alarm, not one at every look, and the words that were read stay."""
    folder = tmp_path / "words"
    folder.mkdir()
    known = Comprehension(SITE, words(folder, '[event.say]\nfight = ["ding dong"]\n'))
    stored: list[AcceptAlarm] = []

    async def store(alarm: AcceptAlarm) -> None:
        stored.append(alarm)

    rewording = Rewording(known, store, SystemClock())
    (folder / "en.toml").unlink()
    folder.rmdir()
    for _ in range(3):
        await rewording.look()
    assert len(stored) == 1
    assert known.spoken("a ding dong at gate one", "en").type == "fight"
