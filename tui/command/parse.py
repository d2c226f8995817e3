"""A line to its meaning: the verb by any unique beginning, then its arguments."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tui.command import (
    agency_verbs,
    alarm_verbs,
    correction_verbs,
    incident_verbs,
    own_verbs,
    patrol_verbs,
    radio_verbs,
    send_verbs,
    speech_verbs,
    timer_verbs,
    unit_verbs,
)
from tui.command.model import Command, Meaning, Nothing, Question, Unclear
from tui.command.names import Takes
from tui.command.reader import Reader
from tui.palettes import PALETTES
from tui.view.sight import Sight
from tui.words import LANGUAGES


@dataclass(frozen=True)
class Verb:
    """One command of the language."""

    name: str
    read: Callable[[Reader], Command]
    short: tuple[str, ...] = ()
    """Beginnings that mean this verb although others share them."""
    takes: tuple[Takes, ...] = ()
    """What Tab completes after it."""
    picks: bool = False
    """A digit may follow without a space: `r1`."""


VERBS = (
    Verb("claim", alarm_verbs.claim, ("cl",)),
    Verb("release", alarm_verbs.release),
    Verb("promote", alarm_verbs.promote, ("p",), takes=("type", "place")),
    Verb("new", incident_verbs.new, takes=("type", "place")),
    Verb("report", alarm_verbs.report, takes=(alarm_verbs.VIA, "type", "place")),
    Verb("link", alarm_verbs.link, takes=("incident", alarm_verbs.KINDS)),
    Verb("apart", alarm_verbs.apart),
    Verb("dismiss", alarm_verbs.dismiss, takes=(alarm_verbs.REASONS,)),
    Verb("dispatch", unit_verbs.dispatch, ("d",), takes=("unit", "team", "incident", unit_verbs.HOW)),
    Verb("recommend", send_verbs.recommend, ("r",), takes=("unit", "incident"), picks=True),
    Verb("signed", unit_verbs.signed, ("s",), takes=("unit", "team", "incident")),
    Verb("enroute", unit_verbs.enroute, ("e",), takes=("unit", "team", "incident")),
    Verb("onscene", unit_verbs.onscene, ("o",), takes=("unit", "team", "incident")),
    Verb("clear", unit_verbs.clear, ("c",), takes=("unit", "team", "incident")),
    Verb("cancel", unit_verbs.cancel, ("x",), takes=("unit", "team", "incident")),
    Verb("reserve", unit_verbs.reserve, takes=("unit", "incident")),
    Verb("decline", unit_verbs.decline, takes=("unit", "incident")),
    Verb("back", correction_verbs.back, ("b",), takes=("unit", "incident", correction_verbs.STEPS)),
    Verb("correct", correction_verbs.correct, takes=("incident", "type", "place")),
    Verb("note", incident_verbs.note, ("n",), takes=("incident",)),
    Verb("silence", own_verbs.silence),
    Verb("mute", timer_verbs.mute, takes=(timer_verbs.TIMERS, "unit", "incident")),
    Verb("hold", incident_verbs.hold, ("h",), takes=("incident",)),
    Verb("priority", incident_verbs.priority, ("pri",), takes=("incident",)),
    Verb("certainty", incident_verbs.certainty, takes=("incident", incident_verbs.CERTAINTIES)),
    Verb("status", unit_verbs.status, ("st",), takes=("unit", "team", unit_verbs.STATUS)),
    Verb("safe", unit_verbs.safe, takes=("unit",)),
    Verb("radio", radio_verbs.radio, takes=("radio", "unit", radio_verbs.NOBODY)),
    Verb("find", radio_verbs.find, ("f",)),
    Verb("gated", radio_verbs.gated),
    Verb("merge", incident_verbs.merge, ("m",), takes=("incident",)),
    Verb("resolve", incident_verbs.resolve, takes=("incident", incident_verbs.OUTCOMES)),
    Verb("close", incident_verbs.close, takes=("incident", incident_verbs.OUTCOMES)),
    Verb("reopen", incident_verbs.reopen, takes=("incident",)),
    Verb("offer", agency_verbs.offer, takes=("incident", "agency")),
    Verb("take", agency_verbs.take, takes=("incident", "type", "place")),
    Verb("refuse", agency_verbs.refuse, takes=("incident",)),
    Verb("order", agency_verbs.order, takes=("team", "incident", agency_verbs.ORDERED)),
    Verb("name", agency_verbs.name, takes=("unit", "incident", agency_verbs.SAID)),
    Verb("grant", agency_verbs.grant, takes=("agency", "type", "place", agency_verbs.GRANTED)),
    Verb("lend", agency_verbs.lend, takes=("unit", "team", agency_verbs.BACK)),
    Verb("view", own_verbs.view, takes=("agency", own_verbs.ALL)),
    Verb("tick", patrol_verbs.tick, takes=("unit", "place")),
    Verb("check", patrol_verbs.check),
    Verb("patrol", patrol_verbs.patrol),
    Verb("say", speech_verbs.say),
    Verb("hush", speech_verbs.hush, takes=(speech_verbs.OFF,)),
    Verb("handover", own_verbs.handover),
    Verb("undo", own_verbs.undo, ("u",)),
    Verb("lang", own_verbs.lang, takes=(dict.fromkeys(LANGUAGES, ()),)),
    Verb("theme", own_verbs.theme, takes=(dict.fromkeys(PALETTES, ()),)),
    Verb("paper", own_verbs.paper),
    Verb("help", own_verbs.help_, ("?",)),
    Verb("quit", own_verbs.quit_),
)


def parse(line: str, sight: Sight, cursor: str | None) -> Meaning:
    """What `line` would do, with `cursor` (`alarm:<id>`, `incident:<id>`) as its `.`."""
    word, rest = _split(line)
    if not word:
        return Nothing()
    verbs = choices(word)
    if len(verbs) > 1:
        names = " ".join(verb.name for verb in verbs)
        return Question(sight.words("ask.choices", text=word, choices=names))
    if not verbs:
        return Question(sight.words("ask.verb", text=word))
    read = Reader(rest, sight, cursor)
    try:
        command = verbs[0].read(read)
    except Unclear as unclear:
        return Question(sight.words(unclear.key, **unclear.values))
    if read.peek():
        return Question(sight.words("ask.extra", text=read.peek()))
    return replace(command, about=frozenset(read.about))


def advised(line: str, sight: Sight, cursor: str | None) -> str | None:
    """The key of the row `line` asks whom to send to; None when it does not ask that."""
    word, rest = _split(line)
    if not word or [verb.read for verb in choices(word)] != [send_verbs.recommend]:
        return None
    try:
        return send_verbs.key_of(send_verbs.target(Reader(rest, sight, cursor)))
    except Unclear:
        return None


def _split(line: str) -> tuple[str, str]:
    """The verb and what follows it."""
    word, _, rest = line.strip().partition(" ")
    letters = word.rstrip("0123456789")
    if word != letters and any(verb.picks for verb in choices(letters) if letters):
        return letters, f"{word[len(letters) :]} {rest}"
    return word, rest


def choices(word: str) -> list[Verb]:
    """The verbs `word` may stand for: one when it is a verb's own short form or name."""
    word = word.lower()
    exact = [verb for verb in VERBS if word == verb.name or word in verb.short]
    return exact or [verb for verb in VERBS if verb.name.startswith(word)]
