"""What can be done with one key: the table bindings, footer, help, menu and `[keys]` are made from."""

from dataclasses import dataclass
from typing import Literal

Where = Literal["everywhere", "board", "line", "history", "handover", "units", "statistics", "devices"]


@dataclass(frozen=True)
class Action:
    """One entry. What it does is called `key.<name>` in the catalogues."""

    name: str
    """In the settings."""
    key: str
    """Its key where the settings name no other, as Textual writes keys."""
    where: Where = "everywhere"
    """Where it works. Only what works everywhere can be given another key."""
    footer: bool = False
    """Whether the footer reminds of it."""
    opens: bool = False
    """Whether it opens the page of its name (`tui.screens.pages`)."""

    @property
    def does(self) -> str:
        """The app's action, as a binding names it."""
        return f"open('{self.name}')" if self.opens else self.name


ACTIONS = (
    Action("help", "f1", footer=True, opens=True),
    Action("board", "f2"),
    Action("units", "f3", opens=True),
    Action("history", "f4", footer=True, opens=True),
    Action("statistics", "f5", opens=True),
    Action("devices", "f6", opens=True),
    Action("patrol", "ctrl+g", opens=True),
    Action("handover", "f7", opens=True),
    Action("silence", "f8", footer=True),
    Action("claim", "f9", footer=True),
    Action("menu", "f10", footer=True, opens=True),
    Action("enter", "enter", "line", footer=True),
    Action("report", "ctrl+n", footer=True),
    Action("play", "ctrl+p", footer=True),
    Action("undo", "ctrl+z", footer=True),
    Action("accept", "ctrl+y"),
    Action("keep_apart", "ctrl+o"),
    Action("copy", "ctrl+c"),
    Action("operators", "ctrl+s", opens=True),
    Action("language", "ctrl+l"),
    Action("theme", "ctrl+t"),
    Action("quit", "ctrl+q", footer=True),
    Action("oldest", "home", "board"),
    Action("space", "space", "board"),
    Action("escape", "escape", "board"),
    Action("tab", "tab", "line"),
    Action("earlier", "up", "line"),
    Action("like", "ctrl+r", "line"),
    Action("search", "slash", "history"),
    Action("pull", "a", "history"),
    Action("begin", "o", "handover"),
    Action("read", "enter", "handover"),
    Action("note", "n", "handover"),
    Action("sign", "s", "handover"),
    Action("by_team", "t", "units"),
    Action("by_state", "s", "units"),
    Action("by_since", "a", "units"),
    Action("by_place", "p", "units"),
    Action("by_heard", "h", "units"),
    Action("set_status", "enter", "units"),
    Action("last_shift", "s", "statistics"),
    Action("last_day", "d", "statistics"),
    Action("last_week", "w", "statistics"),
    Action("last_month", "m", "statistics"),
    Action("drills", "e", "statistics"),
    Action("tone_test", "t", "devices"),
    Action("tone_sound", "enter", "devices"),
)
"""In the order people are told of them."""

EVERYWHERE = tuple(action for action in ACTIONS if action.where == "everywhere")


def first_here(where: Where) -> tuple[Action, ...]:
    """All actions, those of one place first."""
    return tuple(sorted(ACTIONS, key=lambda action: action.where != where))
