"""How soon a page of a long history is on the screen, and what is searched for in it."""

import asyncio
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice

from tongpin.bench.long_history import Said
from tongpin.bench.screen import Screen
from tongpin.bench.terminal import KEYS, Terminal

ROUND_S = 15.0
"""Of the time given, for each time all is searched for; a window is scrolled for each second."""

HINT = " words  unit:p1"
"""Stands on the empty line."""

CLEAR = "\x15"
"""Ctrl+U."""

PAUSE_S = 0.25
"""Between keys that do something and those that are typed."""

TYPED_S, TRIES = 3.0, 10

Meant = Callable[[Said], bool]


@dataclass(frozen=True)
class Search:
    """What is typed, and which overs it means."""

    typed: str
    meant: Meant


SEARCHES: Mapping[str, tuple[Search, ...]] = {
    "english": (
        Search("purse", lambda said: "purse" in said.text),
        Search('"red jacket"', lambda said: "red jacket" in said.text),
        Search("quiet all", lambda said: "all quiet" in said.text),
        Search("no000042", lambda said: "no000042" in said.text),
    ),
    "chinese": (
        Search("包", lambda said: "包" in said.text),
        Search("红色外套", lambda said: "红色外套" in said.text),
        Search("一切正常", lambda said: "一切正常" in said.text),
        Search("收到", lambda said: "收到" in said.text),
    ),
    "unit": (
        Search("unit:p1", lambda said: said.unit == "P1"),
        Search("单位:p2 背包", lambda said: said.unit == "P2" and "背包" in said.text),
    ),
    "place": (
        Search("place:gate-4", lambda said: said.place == "gate-4"),
        Search("地点:south-exit purse", lambda said: said.place == "south-exit" and "purse" in said.text),
    ),
}


async def time_history(terminal: Terminal, said: Sequence[Said], seconds: float) -> dict[str, list[float]]:
    """Seconds of each scroll and each search, by what was done. Raises `TimeoutError`."""
    newest, rounds = said[::-1], seconds / ROUND_S
    opened = await terminal.timed(KEYS["F4"], lambda screen: _at_top(screen, newest, len(newest)))
    figures = {"history_open": [opened], "scroll_page_down": [], "scroll_to_end_and_home": []}
    for last in _windows(terminal.screen, newest, round(seconds)):
        figures["scroll_page_down"].append(await _chosen(terminal, "page down", last))
    for _ in range(math.ceil(rounds)):
        figures["scroll_to_end_and_home"].append(await _chosen(terminal, "end", newest[-1]))
        figures["scroll_to_end_and_home"].append(await _chosen(terminal, "home", newest[0]))
    for kind, searches in SEARCHES.items():
        figures[f"search_{kind}"] = []
        for search in islice(cycle(searches), math.ceil(rounds * len(searches))):
            figures[f"search_{kind}"].append(await _search(terminal, search, newest))
    return figures


async def _chosen(terminal: Terminal, key: str, said: Said) -> float:
    """Seconds from a key to the over it leads to; what the key before painted is on the screen by then."""
    await asyncio.sleep(PAUSE_S)
    return await terminal.timed(KEYS[key], lambda screen: _is_chosen(screen, said))


async def _search(terminal: Terminal, search: Search, newest: Sequence[Said]) -> float:
    """Seconds from Enter to the newest that was meant; the line is emptied before."""
    meant = [said for said in newest if search.meant(said)]
    await _type(terminal, search.typed)
    return await terminal.timed("\r", lambda screen: _at_top(screen, meant, len(meant)))


async def _type(terminal: Terminal, text: str) -> None:
    """On the emptied line. Keys that come faster than the console goes to the line are typed once more."""
    for _ in range(TRIES):
        with suppress(TimeoutError):
            for keys in ("/", CLEAR):
                terminal.type(keys)
                await asyncio.sleep(PAUSE_S)
            await terminal.until(lambda screen: HINT in screen.lines[-1], TYPED_S)
            await asyncio.sleep(PAUSE_S)
            terminal.type(text)
            await terminal.until(lambda screen: screen.lines[-1].strip() == text, TYPED_S)
            return
    raise TimeoutError("\n".join(terminal.screen.lines))


def _windows(screen: Screen, newest: Sequence[Said], pages: int) -> Iterator[Said]:
    """The over under the cursor after each key, a window but for one line further."""
    step = sum("no" in line and "channel-1" in line for line in screen.lines) - 1
    for page in range(1, min(pages, math.ceil(len(newest) / step) - 1) + 1):
        yield newest[min(page * step, len(newest) - 1)]


def _at_top(screen: Screen, newest: Sequence[Said], count: int) -> bool:
    """Whether these were found, and the newest is chosen; or none was."""
    found = f" {count} found" in screen.lines[-2]
    return found and (not newest or _is_chosen(screen, newest[0]))


def _is_chosen(screen: Screen, said: Said) -> bool:
    chosen = [line for line in screen.lines if line.startswith(">")]
    return len(chosen) == 1 and said.text in chosen[0]
