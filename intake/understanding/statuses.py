"""Which step a unit reports of itself, or hears read back."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.understanding.events import names_an_event
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Status

_BEATS: tuple[Status, ...] = ("declined", "available", "busy")
"""Said together with another step, these are what counts."""


_GOES_ON = frozenset({("cleared", "available"), ("busy", "declined")})
"""Steps of which the second may follow with anything in between but a call sign."""
_ENDS: tuple[Status, ...] = ("cleared", "available")
"""Steps that may follow the news that something is over: "the dispute is settled, returning"."""


@dataclass(frozen=True, slots=True)
class Step:
    """A status and the words that say it, `start` to `end` in Marked.acts."""

    status: Status
    start: int
    end: int
    words: str


def own_step(text: str, lexicon: Lexicon) -> Step | None:
    """The step the speaker reports of itself.

    Only words whose subject is the speaker count: nothing but call signs, acknowledgements and
    filler before them, or a first person straight before them. So "ambulance is en route", "stay
    on scene" and "advise when clear" report no step.
    """
    blocked = _blocked(text, lexicon)
    own: list[Step] = []
    for step in _in_order(text, lexicon):
        follows = bool(own) and lexicon.only_small.fullmatch(text[own[-1].end : step.start]) is not None
        follows = follows or _goes_on(own, step, text)
        by_speaker = follows or _speakers(text, step, lexicon)
        if by_speaker and not _is_blocked(step, blocked):
            own.append(step)
    return _main([step for step in own if not _asked_further_on(step, text, lexicon)])


def _asked_further_on(step: Step, text: str, lexicon: Lexicon) -> bool:
    """Whether the same breath goes on to what is asked or ordered of the same unit: 归队待命后报告."""
    return any(
        (step.status == asked.status or (step.status, asked.status) in _GOES_ON)
        and step.end <= asked.end
        and (step.end > asked.start or lexicon.only_small.fullmatch(text[step.end : asked.start]))
        for asked in _named(text, lexicon, asked=True)
    )


def _goes_on(own: list[Step], step: Step, text: str) -> bool:
    """Whether a unit that is clear says further on that it is available, or a busy one that it declines."""
    if not own or (own[-1].status, step.status) not in _GOES_ON:
        return False
    return "<u>" not in text[own[-1].end : step.start]


def _speakers(text: str, step: Step, lexicon: Lexicon) -> bool:
    """Whether the speaker is the step's subject: by what stands before it, or by its own first word."""
    before = text[: step.start]
    if lexicon.own_step.search(before) or lexicon.says["first_person"].match(text, step.start):
        return True
    ended = step.status in _ENDS and lexicon.after_end.search(before) is not None
    return ended or _on_it(text, step, lexicon) or _for_a_reason(text, step, lexicon)


def _for_a_reason(text: str, step: Step, lexicon: Lexicon) -> bool:
    """Whether a unit first tells what it has done, or why it cannot come, and nobody else may be meant."""
    before, says = text[: step.start], lexicon.says
    if step.status == "declined" and lexicon.after_reason.search(before):
        return says["others"].search(before) is None
    if lexicon.after_done.search(before) is None:
        return False
    if says["of_oneself"].match(text, step.start) and says["movers"].search(before) is None:
        return True
    return step.status == "cleared" and says["others"].search(says["done"].sub("", before)) is None


def _on_it(text: str, step: Step, lexicon: Lexicon) -> bool:
    """Whether a unit tells of an event, then of its step at it: "a fight at gate two, on my way"."""
    news = text[: step.start]
    told = lexicon.says["on_it"].match(text, step.start) and names_an_event(news, lexicon)
    return bool(told) and not (lexicon.says["movers"].search(news) or lexicon.says["fled"].search(news))


def read_back_step(text: str, lexicon: Lexicon) -> Step | None:
    """The step told to somebody in the second person: "patrol three, you're on scene"."""
    blocked = _blocked(text, lexicon)
    told: list[Step] = []
    for step in _in_order(text, lexicon):
        to_them = lexicon.your_step.search(text[: step.start]) or _goes_on(told, step, text)
        if to_them and not _is_blocked(step, blocked):
            told.append(step)
    return _main(told)


def _blocked(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Words, `start` to `end`, that make a question or an order of any step after them."""
    return [match.span() for match in lexicon.says["blocked"].finditer(text)]


def _is_blocked(step: Step, blocked: list[tuple[int, int]]) -> bool:
    """Whether such words begin before the step ends, and are no part of it (到二站台没人)."""
    return any(start < step.end and not _inside(start, end, step) for start, end in blocked)


def _inside(start: int, end: int, step: Step) -> bool:
    """Whether words are part of a step: its end, or whom a unit that declines would send instead."""
    return step.start < start and (end == step.end or (step.status == "declined" and end < step.end))


def _in_order(text: str, lexicon: Lexicon) -> list[Step]:
    return sorted(_steps(text, lexicon), key=lambda step: (step.start, -step.end))


def _steps(text: str, lexicon: Lexicon) -> list[Step]:
    """Every step named, without those inside a longer one: "won't be free" is not "free"."""
    found = list(_named(text, lexicon))
    return [one for one in found if not any(_within(one, other) for other in found)]


def _within(one: Step, other: Step) -> bool:
    inside = other.start <= one.start and one.end <= other.end
    return inside and one.status != other.status and (other.start, other.end) != (one.start, one.end)


def _named(text: str, lexicon: Lexicon, *, asked: bool = False) -> Iterator[Step]:
    for status, pattern in lexicon.statuses.items():
        for match in pattern.finditer(text):
            if bool(lexicon.says["asked_after"].match(text[match.end() :])) is asked:
                yield Step(status, match.start(), match.end(), match[0].strip())


def _main(steps: list[Step]) -> Step | None:
    for status in _BEATS:
        for step in steps:
            if step.status == status:
                return step
    return min(steps, key=lambda step: (step.start, -step.end), default=None)
