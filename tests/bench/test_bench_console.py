"""The benchmark measures what it says; what it finds is this machine's affair."""

import json
import subprocess
import sys

import pytest

from tongpin.bench.screen import Screen

BENCH = [sys.executable, "-m", "tongpin", "bench", "console"]


@pytest.mark.slow
def test_every_key_of_a_short_run_is_painted() -> None:
    """`tongpin bench console --json` tells of a start, of keys amid alarms and changes, and of a history."""
    command = [*BENCH, "--changes-per-second", "20", "--seconds", "1", "--overs", "400", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout.splitlines()[-1])
    assert 0 < figures["start_to_first_paint_ms"] <= figures["start_to_live_ms"]
    assert (figures["changes"], figures["alarms"], figures["history_rows"]) == (20, 2, 400)
    assert (figures["cursor_moved"], figures["focus_moved"]) == (0, 0)
    timed = ("key_to_paint_flood", "scroll_page_down", "search_english", "search_chinese", "search_place")
    assert all(figures[f"{name}_ms"]["p50"] > 0 for name in timed)


def test_a_screen_is_what_was_written_to_it() -> None:
    """Moves, wide characters, colours and titles, cut anywhere, even amid a character."""
    written = "\x1b]0;title\x07\x1b[?25l\x1b[2;3H\x1b[1;38;2;1;2;3m红色x\x1b[0m\r\nab\x1b[2;3H白".encode()
    for cut in range(len(written)):
        screen = Screen(3, 8)
        screen.feed(written[:cut])
        screen.feed(written[cut:])
        assert [line.rstrip() for line in screen.lines] == ["", "  白色x", "ab"]
