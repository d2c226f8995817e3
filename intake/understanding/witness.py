"""Who speaks, on three witnesses: the words, the radio that transmits, and who is expected to."""

from dataclasses import dataclass

from intake.understanding.model import ALIKE, Context
from intake.understanding.reading import Reading


@dataclass(frozen=True, slots=True)
class Witnessed:
    """The units spoken for, how far that is trusted (0 to 1), what speaks against it, and why."""

    units: tuple[str, ...]
    trust: float
    doubts: tuple[str, ...]
    because: tuple[str, ...]


def witnessed(reading: Reading, context: Context, *, more_doubts: tuple[str, ...] = ()) -> Witnessed:
    """The units of a reading, after its radio and the centre's expectation were asked.

    A radio that names another unit makes a doubt. A radio or an expectation that agrees makes a name hardly
    heard as good as one heard alike. Where the words name nobody, they tell who it may be: a doubt stays.
    """
    doubts = (*reading.doubts, *more_doubts)
    if not reading.units:
        return _without_a_name(reading, context, doubts)
    if context.caller is not None and reading.named and context.caller not in reading.named:
        doubts = (*doubts, f"the set transmitting is {context.caller}'s")
    trust, because = reading.trust, tuple(f"but {doubt}" for doubt in _worth_telling(reading, doubts))
    second = _second_witness(reading, context)
    if second and trust < ALIKE:
        trust, because = ALIKE, (*because, second)
    return Witnessed(reading.named, trust, doubts, because)


def _without_a_name(reading: Reading, context: Context, doubts: tuple[str, ...]) -> Witnessed:
    alone = next(iter(context.expected)) if len(context.expected) == 1 else None
    speaks = reading.finding.intent in {"status", "ack"}
    unit = context.caller or (alone if speaks else None)
    if unit is None:
        return Witnessed((), reading.trust, doubts, ())
    how = "the set transmitting" if context.caller else "who is expected to answer"
    doubts = (*doubts, "no unit is named")
    return Witnessed((unit,), reading.trust, doubts, (f"unit by {how}: {unit}",))


def _second_witness(reading: Reading, context: Context) -> str | None:
    if context.caller is not None and reading.named == (context.caller,):
        return f"the set transmitting is {context.caller}'s too"
    if len(reading.named) == 1 and reading.named[0] in context.expected:
        return f"{reading.named[0]} is expected to answer"
    return None


def _worth_telling(reading: Reading, doubts: tuple[str, ...]) -> tuple[str, ...]:
    """Doubts are told where they keep a step from changing."""
    return doubts if reading.status is not None else ()
