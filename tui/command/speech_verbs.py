"""Commands about speech on a channel: have something said, mute the transmitter."""

from bus.messages.verbs import Hush, Say
from tui.command.model import Command, Unclear
from tui.command.reader import Reader

OFF = {"off": ("解除",)}


def say(read: Reader) -> Command:
    """`say all units, crowd at north square`: spoken on the channel as soon as nobody talks."""
    text = read.rest()
    if not text:
        raise Unclear("ask.text")
    return Command("say", read.sight.words("say.say", text=text), (Say(text=text),), undoable=False)


def hush(read: Reader) -> Command:
    """`hush`: nothing is spoken on the channel any more; `hush off`: it may be again."""
    off = read.choice(OFF) is not None
    says = read.sight.words("say.hush_off" if off else "say.hush")
    return Command("hush", says, (Hush(on=not off),), undoable=False)
