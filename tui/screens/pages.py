"""Every page there is, by name. The action of the same name opens it; a command may, with an argument."""

from collections.abc import Callable, Mapping

from tui.archive import Archive
from tui.brief import Brief
from tui.screens.devices import DevicesScreen
from tui.screens.handover import HandoverScreen
from tui.screens.help import HelpScreen
from tui.screens.history import HistoryScreen
from tui.screens.menu import MenuScreen
from tui.screens.operators import OperatorsScreen
from tui.screens.page import Opener, Page
from tui.screens.patrol import PatrolScreen
from tui.screens.radios import RadiosScreen
from tui.screens.statistics import StatisticsScreen
from tui.screens.units import UnitsScreen

PAGES: Mapping[str, Callable[[Opener, str], Page]] = {
    "help": lambda app, _: HelpScreen(app.words, app.keymap, app.where),
    "menu": lambda app, _: MenuScreen(app.words, app.keymap),
    "units": lambda opener, _: UnitsScreen(opener.feed),
    "statistics": lambda app, _: StatisticsScreen(app.feed),
    "devices": lambda app, _: DevicesScreen(app.ringing),
    "history": lambda app, query: HistoryScreen(app.words, Archive(app.feed), query),
    "handover": lambda app, _: HandoverScreen(app.words, Brief(app.feed), app.half_note),
    "patrol": lambda app, _: PatrolScreen(app.feed),
    "operators": lambda app, _: OperatorsScreen(app.feed, app.settings, lambda: app.as_now),
    "radios": lambda _, __: RadiosScreen(),
}
