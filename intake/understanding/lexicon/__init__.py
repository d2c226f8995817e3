"""The words of one language with one site's names: all that understanding knows.

Built once, then read by every utterance; immutable. The packaged word lists are `en.toml` and
`zh.toml` beside this file; a site adds its own words to them, or takes some out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bus.errors import SettingsError
from bus.settings_file import read_toml
from intake.errors import SiteError
from intake.site import Site
from intake.understanding.lexicon.vocabulary import OwnVocabulary, Vocabulary, with_own
from intake.understanding.model import EntityKind, Lang, Status
from intake.understanding.patterns import NEVER, Grammar
from intake.understanding.site_names import SiteNames
from intake.understanding.sounds import chinese_key

DRILL = "test"
"""The type of a drill, whatever is played in it."""

_PLEASE = ("please", "again", "请", "再")
"""Words of courtesy that leave a call a call."""

_TO_THE_END = (
    "order",
    "of_oneself",
    "sent",
    "query",
    "report",
    "request",
    "no_request",
    "asked_after",
    "asked_end",
)
"""Lists whose `$` is the end of what is said, but for a call: "are you there, patrol two"."""

_REASON = 12
"""Characters a unit takes at most to say why it cannot come, before it says so."""


@dataclass(frozen=True)
class Lexicon:
    """Compiled vocabulary and names. `says["ack"]` finds any phrase of that list anywhere."""

    lang: Lang
    names: SiteNames
    heard: tuple[tuple[re.Pattern[str], str], ...]
    alike: Mapping[tuple[str, ...], str]
    sounds: re.Pattern[str]
    noise_whole: re.Pattern[str]
    noise_within: re.Pattern[str]
    events: Mapping[str, re.Pattern[str]]
    event_order: tuple[str, ...]
    urgent: frozenset[str]
    no_event: re.Pattern[str]
    statuses: Mapping[Status, re.Pattern[str]]
    entities: Mapping[EntityKind, re.Pattern[str]]
    says: Mapping[str, re.Pattern[str]]
    counted: re.Pattern[str]
    known: frozenset[str]
    own_step: re.Pattern[str]
    of_event: re.Pattern[str]
    after_end: re.Pattern[str]
    after_done: re.Pattern[str]
    after_reason: re.Pattern[str]
    your_step: re.Pattern[str]
    address: re.Pattern[str]
    unsure_speaker: re.Pattern[str]
    only_small: re.Pattern[str]
    only_pause: re.Pattern[str]
    only_answers: re.Pattern[str]
    only: Mapping[str, re.Pattern[str]]

    @classmethod
    def build(cls, site: Site, lang: Lang, own: Path | None = None) -> "Lexicon":
        """The lexicon of `site` in `lang`, with the site's own words of the file `own`, if any.

        Raises SiteError with one sentence when a vocabulary file cannot be used.
        """
        path = Path(str(resources.files("intake.understanding.lexicon") / f"{lang}.toml"))
        try:
            words = read_toml(path, Vocabulary)
            if own is not None:
                words = with_own(words, read_toml(own, OwnVocabulary))
            return _compile(site, lang, words)
        except SettingsError as error:
            raise SiteError(str(error)) from None
        except re.error as error:
            raise SiteError(_unreadable(error, own, site)) from None


def _unreadable(error: re.error, own: Path | None, site: Site) -> str:
    """The packaged phrases compile, so one of the site's own does not: of its words, or of its types."""
    where = str(own) if own is not None else f"the site file of {site.id}"
    return f"{where}: a phrase cannot be read ({error}); check its brackets."


def _compile(site: Site, lang: Lang, words: Vocabulary) -> Lexicon:
    grammar = Grammar(lang, words.classes)
    act = words.act
    say = _sayings(words, site, lang)
    named = act.model_dump() | words.denial.model_dump() | words.place.model_dump()
    says = {name: grammar.compile(phrases) for name, phrases in named.items()}
    for ends in ("before", "awaited", "unended"):
        says[ends] = grammar.compile(getattr(words.denial, ends), "(?:{})$")
    says["wants_subject"] = grammar.compile(words.denial.wants_subject, "^(?:{})$")
    says["asked_after"] = grammar.compile(act.asked_after, "^(?:{})")
    says["signing"] = grammar.compile(act.signing, "{}" + f"(?P<signer>{grammar.source('<u>')})")
    calls = (*act.opening, *act.ack, "<u>", "<c>", "<e>")
    said_last = _any_of(grammar, (*calls, *act.courtesy))
    called_last = _any_of(
        grammar, ("<u>", "<c>", *act.courtesy, *(call for call in act.hail if len(call) > 1))
    )
    says |= {name: _before(called_last, says[name]) for name in _TO_THE_END}
    small = (*calls, *act.filler, *act.courtesy)
    step = _any_of(grammar, (*small, *act.first_person))
    told = _any_of(grammar, (*small, *act.centre_reads))
    filler = _any_of(grammar, act.filler)
    pause, unit = _any_of(grammar, (*act.pause, *act.courtesy)), grammar.source("<u>")
    centre, promise = grammar.source("<c>"), grammar.compile(act.promise).pattern
    first, second = says["first_person"].pattern, says["second_person"].pattern
    reason = rf"^{_any_of(grammar, calls)}[^<]{{1,{_REASON}}}$"
    return Lexicon(
        lang=lang,
        names=SiteNames.build(site, lang, grammar, act.everyone),
        heard=tuple((grammar.compile([wrong]), _spoken(right, lang)) for wrong, right in words.heard.items()),
        alike={chinese_key(word, loose=True): word for word in words.alike.words},
        sounds=grammar.compile(words.noise.sounds),
        noise_whole=grammar.compile(words.noise.whole, "^(?:{})+$"),
        noise_within=grammar.compile(words.noise.within),
        events={kind: grammar.compile(phrases) for kind, phrases in say.items()},
        event_order=_order(words.event.order, site),
        urgent=frozenset(kind for kind, type_ in site.types.items() if type_.priority == 0),
        no_event=grammar.compile(words.event.none),
        statuses={
            status: _before(said_last, grammar.compile(phrases)) for status, phrases in words.status.items()
        },
        entities={kind: grammar.compile(phrases) for kind, phrases in words.entity.items()},
        says=says,
        counted=grammar.compile(words.classes.get("counted", ())),
        known=_plain_words(words, say),
        own_step=re.compile(rf"^{step}$|{first}{filler}$"),
        of_event=grammar.compile(words.denial.subject, f"(?:^|{{}}){_any_of(grammar, words.denial.beside)}$"),
        after_end=re.compile(rf"(?:{says['over'].pattern}){filler}$"),
        after_done=re.compile(rf"^{_any_of(grammar, calls)}[^<]*?(?:{says['done'].pattern}){filler}$"),
        after_reason=re.compile(reason) if act.others else NEVER,
        your_step=re.compile(rf"^{told}{second}{filler}$"),
        address=re.compile(rf"^{_any_of(grammar, calls)}"),
        only_answers=re.compile(_any_of(grammar, act.ack)),
        only_pause=re.compile(pause),
        only_small=re.compile(_any_of(grammar, small)),
        only={
            "chatter": re.compile(_any_of(grammar, (*small, *act.chatter, *act.around_chatter))),
            "hail": re.compile(_any_of(grammar, (*calls, *act.courtesy, *act.hail, *_PLEASE))),
            "ack": re.compile(_any_of(grammar, (*small, *act.hail, *act.after_ack, "<p>"))),
        },
        unsure_speaker=grammar.compile(
            set(act.ack) - set(act.promise),
            f"(?:^(?:{centre})?|{unit}){pause}(?:{{}}{pause})+{unit}(?!{promise})",
        ),
    )


def _any_of(grammar: Grammar, phrases: tuple[str, ...]) -> str:
    """Any number of these, the longest first; possessive, so that no text takes more than linear time."""
    return f"(?>{grammar.compile(phrases).pattern})*+"


def _before(last: str, phrases: re.Pattern[str]) -> re.Pattern[str]:
    """Phrases that end an utterance, with what carries nothing after them or without."""
    return re.compile(phrases.pattern.replace("$", f"(?={last}$)"))


def _spoken(right: str, lang: Lang) -> str:
    return right if lang == "zh" or not right else f" {right}"


def _sayings(words: Vocabulary, site: Site, lang: Lang) -> dict[str, tuple[str, ...]]:
    """What is said of each of the site's types: the vocabulary's phrases and the site's own."""
    kinds = site.types.items()
    found = {kind: (*words.event.say.get(kind, ()), *type_.say.get(lang, ())) for kind, type_ in kinds}
    return {kind: phrases for kind, phrases in found.items() if phrases}


def _order(order: tuple[str, ...], site: Site) -> tuple[str, ...]:
    """The vocabulary's order of types, with those only the site has before all of their priority or less.

    A drill stands first whatever its priority, and counts before the order is asked.
    """
    ranked = [kind for kind in order if kind in site.types]
    for kind, type_ in sorted(site.types.items(), key=lambda item: -item[1].priority):
        if kind not in ranked:
            no_more = (
                at
                for at, other in enumerate(ranked)
                if other != DRILL and site.types[other].priority >= type_.priority
            )
            ranked.insert(next(no_more, len(ranked)), kind)
    return tuple(ranked)


def _plain_words(words: Vocabulary, say: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every word of the vocabulary: what is known is not taken for a name misheard."""
    lists = [*words.status.values(), *say.values(), *words.act.model_dump().values()]
    lists += words.classes.values()
    text = " ".join(phrase for phrases in lists for phrase in phrases)
    return frozenset(re.findall(r"[\w']+", text))
