"""Whatever is cried over the channel, in whichever words, reaches the queue."""

from pathlib import Path

import pytest

from intake.dispatch.news import is_news
from intake.dispatch.state import State
from intake.hearing import in_core_words
from intake.rebuild import policy_of
from intake.site import example_site_path, load_site
from intake.speech.transcript import Transcript
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Lang
from intake.understanding.understand import understand

SITE = load_site(example_site_path())
LEXICONS: dict[Lang, Lexicon] = {"en": Lexicon.build(SITE, "en"), "zh": Lexicon.build(SITE, "zh")}
CRIES = (Path(__file__).parent / "data" / "cries.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("text", CRIES)
def test_nobody_cries_in_vain(text: str) -> None:
    """With a type or without, on a board where nobody works on anything."""
    lang: Lang = "en" if text.isascii() else "zh"
    heard = Transcript(text, (), "moonshine", "tiny-en", None, 3.0, 10.0, None, 0.9)
    words = in_core_words(heard, "recording", lambda said: understand(said, lang, LEXICONS[lang]))
    assert is_news(State(policy=policy_of(SITE)), words.understanding)
