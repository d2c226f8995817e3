"""Commands about the console itself, and taking back one's own last action."""

from bus.messages.verbs import Undo
from tui.command.model import Command, Unclear
from tui.command.reader import Reader
from tui.palettes import PALETTES
from tui.tones import LONGEST_MIN
from tui.words import LANGUAGES


def undo(read: Reader) -> Command:
    """`undo`: what it takes back is said by whoever knows the last action."""
    return Command("undo", read.sight.words("say.undo_nothing"), (Undo(),), undoable=False)


def lang(read: Reader) -> Command:
    """`lang en|zh`."""
    wanted = read.rest().lower()
    if wanted not in LANGUAGES:
        raise Unclear("ask.language")
    return Command(
        "lang", read.sight.words("say.lang", language=wanted), undoable=False, local=("lang", wanted)
    )


def theme(read: Reader) -> Command:
    """`theme dark|light|high-contrast|colour-blind|mono`, by any unique beginning."""
    wanted = read.rest().lower()
    found = [name for name in PALETTES if name.startswith(wanted)] if wanted else []
    if len(found) != 1:
        raise Unclear("ask.kind", choices=" ".join(PALETTES))
    return Command(
        "theme", read.sight.words("say.theme", theme=found[0]), undoable=False, local=("theme", found[0])
    )


ALL = {"all": ("全部",)}


def view(read: Reader) -> Command:
    """`view agency|all`: whose matters are shown."""
    everything = read.choice(ALL)
    agency = None if everything else read.agency()
    if agency is None and not everything:
        raise Unclear("ask.view")
    shown = read.sight.agency(agency) if agency else read.sight.words("queue.everybody")
    return Command(
        "view", read.sight.words("say.view", agency=shown), undoable=False, local=("view", agency or "")
    )


def silence(read: Reader) -> Command:
    """`silence 10m reason`: the alarms that wait now, here; it ends by itself."""
    minutes, why = read.minutes(), read.rest()
    if minutes is None or not 1 <= minutes <= LONGEST_MIN or not why:
        raise Unclear("ask.silence", longest=LONGEST_MIN)
    says = read.sight.words("say.silence", minutes=minutes, reason=why)
    return Command("silence", says, undoable=False, local=("silence", f"{minutes} {why}"))


def paper(read: Reader) -> Command:
    """`paper`: the form to go on with by hand, for this console's operator to print."""
    return Command("paper", read.sight.words("say.paper"), undoable=False, local=("paper", ""))


def help_(read: Reader) -> Command:
    """`help`."""
    return Command("help", read.sight.words("say.help"), undoable=False, local=("help", read.rest()))


def quit_(read: Reader) -> Command:
    """`quit`."""
    return Command("quit", read.sight.words("say.quit"), undoable=False, local=("quit", ""))


def handover(read: Reader) -> Command:
    """The page where a shift is handed over."""
    return Command("handover", read.sight.words("say.handover"), undoable=False, local=("handover", ""))
