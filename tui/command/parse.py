"""A line to its meaning: the verb by any unique beginning, then its arguments."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tui.command import alarm_verbs, incident_verbs, own_verbs, radio_verbs, unit_verbs
from tui.command.model import Command, Meaning, Nothing, Question, Unclear
from tui.command.reader import Reader
from tui.view.sight import Sight


@dataclass(frozen=True)
class Verb:
    """One command of the language."""

    name: str
    read: Callable[[Reader], Command]
    short: tuple[str, ...] = ()
    """Beginnings that mean this verb although others share them."""


VERBS = (
    Verb("claim", alarm_verbs.claim, ("cl",)),
    Verb("release", alarm_verbs.release),
    Verb("promote", alarm_verbs.promote, ("p",)),
    Verb("new", incident_verbs.new),
    Verb("report", alarm_verbs.report),
    Verb("link", alarm_verbs.link),
    Verb("apart", alarm_verbs.apart),
    Verb("dismiss", alarm_verbs.dismiss),
    Verb("dispatch", unit_verbs.dispatch, ("d",)),
    Verb("signed", unit_verbs.signed, ("s",)),
    Verb("enroute", unit_verbs.enroute, ("e",)),
    Verb("onscene", unit_verbs.onscene, ("o",)),
    Verb("clear", unit_verbs.clear, ("c",)),
    Verb("cancel", unit_verbs.cancel, ("x",)),
    Verb("note", incident_verbs.note, ("n",)),
    Verb("hold", incident_verbs.hold, ("h",)),
    Verb("priority", incident_verbs.priority, ("pri",)),
    Verb("status", unit_verbs.status, ("st",)),
    Verb("safe", unit_verbs.safe),
    Verb("radio", radio_verbs.radio),
    Verb("find", radio_verbs.find, ("f",)),
    Verb("gated", radio_verbs.gated),
    Verb("merge", incident_verbs.merge, ("m",)),
    Verb("close", incident_verbs.close),
    Verb("reopen", incident_verbs.reopen),
    Verb("handover", own_verbs.handover),
    Verb("undo", own_verbs.undo, ("u",)),
    Verb("lang", own_verbs.lang),
    Verb("theme", own_verbs.theme),
    Verb("help", own_verbs.help_, ("?",)),
    Verb("quit", own_verbs.quit_),
)


def parse(line: str, sight: Sight, cursor: str | None) -> Meaning:
    """What `line` would do, with `cursor` (`alarm:<id>`, `incident:<id>`) as its `.`."""
    word, _, rest = line.strip().partition(" ")
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


def choices(word: str) -> list[Verb]:
    """The verbs `word` may stand for: one when it is a verb's own short form or name."""
    word = word.lower()
    exact = [verb for verb in VERBS if word == verb.name or word in verb.short]
    return exact or [verb for verb in VERBS if verb.name.startswith(word)]
