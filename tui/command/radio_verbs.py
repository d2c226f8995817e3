"""Commands about the radio channels: what was said, what the gate kept out, whose a radio is."""

from bus.messages.verbs import NameRadio
from tui.command import sentence
from tui.command.model import Command, Unclear
from tui.command.reader import Reader
from tui.command.search import search_for
from tui.view.callers import spelled

NOBODY = {"nobody": ("-", "无", "none")}


def radio(read: Reader) -> Command:
    """`radio id unit`: whose radio it is; `radio id nobody` takes the name away; `radio` alone lists them."""
    if not read.peek():
        return Command("radio", read.sight.words("say.radios"), undoable=False, local=("radios", ""))
    key = read.radio()
    words = read.sight.words
    if read.choice(NOBODY):
        return Command(
            "radio", words("say.radio_nobody", radio=spelled(key)), (NameRadio(radio=key, unit=None),)
        )
    units = read.units()
    if len(units) > 1:
        raise Unclear("ask.one_unit")
    says = words("say.radio", radio=spelled(key), unit=sentence.units(units))
    return Command("radio", says, (NameRadio(radio=key, unit=units[0].id),))


def find(read: Reader) -> Command:
    """`find words unit:p1 from:10:00`: what was said, in the history."""
    query = read.rest()
    search_for(query, read.sight)
    return Command("find", read.sight.words("say.find"), undoable=False, local=("find", query))


def gated(read: Reader) -> Command:
    """`gated`: the overs that the speech gate kept out of the queue."""
    return Command("gated", read.sight.words("say.gated"), undoable=False, local=("find", "only:gated"))
