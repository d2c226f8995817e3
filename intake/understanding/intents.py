"""What is being done by speaking: named rules in order, the first that fits wins."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from intake.understanding.lexicon import Lexicon
from intake.understanding.mark import Marked
from intake.understanding.model import Intent
from intake.understanding.statuses import Step

_TO_CENTRE = re.compile(r" ?<c> ?<u>(?! <c>)| ?<c>(?! to|呼叫|叫|命令|通知|要求)(?!.*<[ue]>)")
"""A unit, or somebody without a name, speaks to the centre: what it tells it to do, it asks of it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the rules look at.

    `body` is Marked.acts without its opening calls and fillers; `asked` tells that the text was
    written with a question mark.
    """

    marked: Marked
    body: str
    own: Step | None
    told: Step | None
    has_event: bool
    asked: bool
    lexicon: Lexicon

    def says(self, words: str) -> re.Match[str] | None:
        """The first of a vocabulary list's phrases in the body."""
        return self.lexicon.says[words].search(self.body)

    def only(self, words: str) -> bool:
        """Whether the utterance holds nothing but opening words, fillers and a list's phrases."""
        return self.lexicon.only[words].fullmatch(self.marked.acts) is not None


@dataclass(frozen=True, slots=True)
class Finding:
    """An intent, the rule that found it, the words it rests on, and how sure the rule is (0 to 1)."""

    intent: Intent
    rule: str
    words: str
    confidence: float


def find_intent(scene: Scene) -> Finding:
    """The intent of an utterance that is no noise."""
    return next(finding for rule in _RULES if (finding := rule(scene)))


def centre_acknowledges(text: str, own: Step | None, lexicon: Lexicon) -> bool:
    """Whether it is the centre that says it copies, and not both in one take; `text` is Marked.acts.

    In a take of both the unit reports its step `own`, then the centre acknowledges and repeats it.
    """
    answer = lexicon.says["centre_acks"].search(text)
    if answer is None or own is None or answer.start() < own.end:
        return answer is not None
    return lexicon.statuses[own.status].search(text, answer.end()) is None


def _chatter(scene: Scene) -> Finding | None:
    says = scene.lexicon.says
    text = scene.marked.acts
    found = says["chatter"].search(text) or (
        None if says["ack"].search(text) else says["courtesy"].search(text)
    )
    if found and scene.own is None and not scene.has_event and scene.only("chatter"):
        return Finding("chatter", "radio check or greeting", found[0], 0.95)
    return None


def _hail(scene: Scene) -> Finding | None:
    says = scene.lexicon.says
    answers = says["ack"].search(scene.marked.acts) and not says["hail"].search(scene.marked.acts)
    if answers or scene.own or scene.told or scene.has_event:
        return None
    if scene.only("hail"):
        return Finding("hail", "only a call", scene.marked.acts, 0.9)
    return None


def _asked_step(scene: Scene) -> Finding | None:
    """A step with a question mark straight after it: "patrol two is on scene?"."""
    step = scene.told or scene.own
    if not scene.asked or step is None:
        return None
    if scene.lexicon.only_small.fullmatch(scene.marked.acts[step.end :]) is None:
        return None
    return Finding("query", "a step with a question mark", step.words, 0.6)


def _readback(scene: Scene) -> Finding | None:
    if scene.told and (scene.own is None or scene.told.start <= scene.own.start):
        return Finding("readback", "status in the second person", scene.told.words, 0.9)
    if scene.own and centre_acknowledges(scene.marked.acts, scene.own, scene.lexicon):
        return Finding("readback", "the centre repeats a status", scene.own.words, 0.9)
    return None


def _status(scene: Scene) -> Finding | None:
    if scene.own is None:
        return None
    return Finding("status", "the speaker's own step", scene.own.words, 0.95)


def _ack(scene: Scene) -> Finding | None:
    found = scene.lexicon.says["ack"].search(scene.marked.acts)
    if found and scene.only("ack"):
        return Finding("ack", "nothing but an acknowledgement", found[0], 0.95)
    return None


def _request(scene: Scene) -> Finding | None:
    found = scene.says("request")
    if found is None and _TO_CENTRE.match(scene.marked.acts):
        found = scene.says("favour") or (None if scene.says("report") else scene.says("order"))
    if found is None or scene.says("no_request") or (scene.has_event and not scene.says("marks")):
        return None
    return Finding("request", "asks for people, things or a mark", found[0], 0.85)


def _order(scene: Scene) -> Finding | None:
    sent = scene.lexicon.says["sent"].search(scene.marked.acts)
    if (scene.says("report") and not sent) or scene.says("asks") or _asked_for_an_event(scene):
        return None
    assigned = scene.lexicon.says["assigned"].search(scene.marked.acts)
    found = sent or scene.says("order") or scene.says("favour") or assigned
    return Finding("order", "tells units to do something", found[0], 0.85) if found else None


def _asked_for_an_event(scene: Scene) -> bool:
    """Whether people or things are asked of the centre, or of nobody, for what is told in the same breath."""
    to_a_unit = bool(scene.marked.units) and _TO_CENTRE.match(scene.marked.acts) is None
    return scene.has_event and not to_a_unit and scene.says("request") is not None


def _query(scene: Scene) -> Finding | None:
    found = scene.lexicon.says["query"].search(scene.marked.acts) or scene.says("query")
    if found:
        return Finding("query", "a question", found[0], 0.85)
    return Finding("query", "a question mark", "?", 0.6) if scene.asked else None


def _report(scene: Scene) -> Finding:
    return Finding("report", "tells something", scene.body, 0.85 if scene.has_event else 0.6)


_RULES: tuple[Callable[[Scene], Finding | None], ...] = (
    _chatter,
    _hail,
    _asked_step,
    _readback,
    _status,
    _ack,
    _request,
    _order,
    _query,
    _report,
)
