"""Puts marks where names stand, so that the rules of speech read `<u> on scene at <p>` on any site."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.understanding.callsigns import find_callsigns
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Mention
from intake.understanding.places import find_places
from intake.understanding.sounds import english_alike

_CENTRE_AFTER = {
    "en": re.compile(
        r"(^| <u>| (from|to|calling|is|negative|hello|hi|hey|roger|copy|ten four|okay|yes|and|this|go ahead"
        r"|thanks|thank you|understood|received|acknowledged|confirmed|affirmative|affirm|sorry|morning"
        r"|evening|afternoon|wilco|will do|clear|scene|route|available))$"
    ),
    "zh": re.compile(
        r"(^|<u>|收到|明白|报告|呼叫|叫|呼|找|我是|这里是|请|麻烦|跟|告诉|通知|让|向|问|你好|不行|谢谢|知道了|明白了|收到了|清楚了"
        r"|好的|请问|不好意思|早上好|晚上好|上午好|下午好|没有|吗|完毕|到位|完成|结束)$"
    ),
}
"""What may stand before the centre's name; "under control" and 购物中心 name no one."""

_CENTRE_LAST = {"en": re.compile(r"(?!)"), "zh": re.compile(r"[了没呢啊吧]$")}
"""What may stand before the centre's name when it is the last word: "处理完了，中心"."""

_CENTRE_BEFORE = {
    "en": re.compile(r" (<u>|from|copies|copy|this)(?![^ ])"),
    "zh": re.compile(r"<u>|收到|明白|叫|知道"),
}
_FIRST_BEFORE_UNIT = re.compile(r" ([^ <]+)(?= <u>)")
_LEAD = re.compile(r"^(?: [^ <\u4e00-\u9fff]+){1,3}(?= <u>)")
_MARK = {"en": " <{}>", "zh": "<{}>"}


@dataclass(frozen=True, slots=True)
class Marked:
    """`named`: call signs, centre and everybody marked; `acts`: places marked as well.

    `units` are in the order of the `<u>` marks; `places` hold positions in `named`. `lead` are words before
    the first call sign that nothing knows, a name of the centre misheard perhaps; `acts` is without them.
    """

    named: str
    acts: str
    units: tuple[Mention, ...]
    places: tuple[Mention, ...]
    lead: str = ""


def mark(text: str, lexicon: Lexicon) -> Marked:
    """Marks normal text."""
    units = find_callsigns(text, lexicon)
    named = _replace(text, units, _MARK[lexicon.lang].format("u"))
    named = lexicon.names.everyone.sub(_MARK[lexicon.lang].format("e"), named)
    named = _mark_centre(named, lexicon)
    places = find_places(named, lexicon)
    acts = _replace(named, places, _MARK[lexicon.lang].format("p"))
    lead = _strange_lead(acts, lexicon)
    return Marked(named, acts[len(lead) :], tuple(units), tuple(places), lead.strip())


def _strange_lead(acts: str, lexicon: Lexicon) -> str:
    """The words before the first call sign, if there are few and nothing in the vocabulary knows them."""
    found = _LEAD.match(acts)
    if found is None or any(word in lexicon.known for word in found[0].split()):
        return ""
    return found[0]


def _replace(text: str, mentions: Sequence[Mention], by: str) -> str:
    for mention in reversed(mentions):
        text = text[: mention.start] + by + text[mention.end :]
    return text


def _mark_centre(text: str, lexicon: Lexicon) -> str:
    def replace(match: re.Match[str]) -> str:
        before, after = text[: match.start()], text[match.end() :]
        hailed = _CENTRE_AFTER[lexicon.lang].search(before) or _CENTRE_BEFORE[lexicon.lang].match(after)
        if not after:
            hailed = hailed or _CENTRE_LAST[lexicon.lang].search(before)
        return _MARK[lexicon.lang].format("c") if hailed else match[0]

    text = lexicon.names.centre.sub(replace, text)
    return _mark_centre_alike(text, lexicon) if lexicon.lang == "en" else text


def _mark_centre_alike(text: str, lexicon: Lexicon) -> str:
    """Marks a first word that sounds like the centre's name before a call sign ("central patrol five")."""
    first = _FIRST_BEFORE_UNIT.match(text)
    if first is None or first[1] in lexicon.known:
        return text
    alike = any(english_alike(first[1], name) for name in lexicon.names.centre_says)
    return f" <c>{text[first.end() :]}" if alike else text
