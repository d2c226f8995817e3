"""Commands that correct: a step that was a mistake, an incident that is something else."""

from bus.messages.verbs import Correct, StepBack
from tui.command import sentence
from tui.command.model import Command, Unclear
from tui.command.reader import Reader

STEPS = {
    "dispatched": ("sent", "已派"),
    "signed": ("签收",),
    "enroute": ("途中",),
    "onscene": ("到场",),
}


def back(read: Reader) -> Command:
    """`back unit [incident] step [text]`: a later step was a mistake."""
    units = read.units()
    if len(units) > 1:
        raise Unclear("ask.one_back")
    named = read.incident_named()
    step = read.choice(STEPS)
    if step is None:
        raise Unclear("ask.step", choices=" ".join(STEPS))
    text = read.rest()
    (unit,) = units
    incident = named.id if named else unit.incident
    words = read.sight.words
    says = words("say.back", units=sentence.units(units), step=words(f"step.{step}"))
    asked = StepBack.model_validate({"unit": unit.id, "step": step, "incident": incident, "text": text})
    return Command("back", says + sentence.comment(read.sight, text), (asked,))


def correct(read: Reader) -> Command:
    """`correct [incident] [type] [place] reason`: what it really is, or where."""
    row = read.incident()
    kind = read.type()
    place = read.place()
    kind = kind or read.type()
    if kind is None and place is None:
        raise Unclear("ask.type")
    reason = read.rest()
    if not reason:
        raise Unclear("ask.reason")
    says = read.sight.words(
        "say.correct",
        incident=sentence.incident(read.sight, row),
        type=read.sight.type(kind or row.type),
        place=read.sight.place(place or row.place),
    )
    asked = Correct(incident=row.id, type=kind, place=place, reason=reason)
    return Command("correct", says + sentence.comment(read.sight, reason), (asked,))
