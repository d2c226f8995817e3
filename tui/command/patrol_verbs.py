"""Commands about patrols: a point was reached, a check by lot, the coverage."""

from bus.messages.verbs import DrawCheck, Tick
from tui.command.model import Command, Unclear
from tui.command.reader import Reader

POINT = "point-{n}"
"""How sites number their points: `tick p5 23` is place point-23."""

MOST = 100


def tick(read: Reader) -> Command:
    """`tick p5 23`: a unit is at a point."""
    units = read.units()
    if len(units) != 1:
        raise Unclear("ask.one_unit_point")
    place = read.place() or _numbered(read)
    words = read.sight.words
    says = words("say.tick", unit=units[0].id, place=read.sight.place(place))
    return Command("tick", says, (Tick(unit=units[0].id, place=place),))


def check(read: Reader) -> Command:
    """`check 5 10m`: so many units by lot, to report in within so many minutes."""
    count, minutes = read.count(), read.minutes() or 5
    if count is None or not 1 <= count <= MOST:
        raise Unclear("ask.count")
    says = read.sight.words("say.check", n=count, minutes=minutes)
    return Command("check", says, (DrawCheck(count=count, minutes=minutes),))


def patrol(read: Reader) -> Command:
    """The page of points and lines."""
    return Command("patrol", read.sight.words("say.patrol"), undoable=False, local=("patrol", ""))


def _numbered(read: Reader) -> str:
    number = read.count()
    place = POINT.format(n=number)
    if number is None or place not in read.sight.mirror.names.places:
        raise Unclear("ask.point")
    return place
