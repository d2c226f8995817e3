"""The console as a dispatcher meets it, over a real broker."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from bus.messages.board import DeviceRow, LiveText, Tables
from bus.messages.request import Problem
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tests.tui.example_board import ago, alarm, snapshot
from tests.tui.test_devices_page import CENTRE
from tui.screens.help import HelpScreen
from tui.screens.sign_in import SignInScreen

pytestmark = pytest.mark.slow


async def test_shows_the_board_after_signing_in(mosquitto: Mosquitto) -> None:
    """Alarms, incidents, units and the channel are on the screen once the snapshot came."""
    async with desk_at_work(mosquitto.port) as desk:
        picture = desk.picture
        for part in ("hold-up button", "1034", "E en route", "on scene taxi stand", "ALARMS 2", "Zhang"):
            assert part in picture
        assert (await desk.centre.asked("snapshot")).session == "session-of-zhang"


async def test_dispatch_commits_exactly_what_the_dry_run_said(mosquitto: Mosquitto) -> None:
    """Typing on the board begins a command, the sentence names unit and incident, Enter sends just that."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.type("d p2 t1 1035 north stairs")
        await desk.says("send P2 T1 to 1035 missing person, platform 3 - north stairs")
        await desk.pilot.press("enter")
        request = await desk.centre.asked("dispatch")
        assert request.args == {
            "incident": "i3",
            "units": ["P2", "T1"],
            "how": None,
            "comment": "north stairs",
        }
        await desk.says("done: send P2 T1 to 1035")
        await desk.until(lambda: "undo 10 s (Ctrl+Z)" in desk.picture or "undo 9 s (Ctrl+Z)" in desk.picture)
        await desk.pilot.press("ctrl+z")
        await desk.centre.asked("undo")


async def test_a_refusal_is_shown_in_the_operators_language_and_the_line_comes_back(
    mosquitto: Mosquitto,
) -> None:
    """Who loses a claim reads who won it, in Chinese, and still has what was typed."""
    async with desk_at_work(mosquitto.port, language="zh") as desk:
        desk.centre.answers["claim"] = lambda _: Problem(
            code="claimed", en="li has claimed this alarm.", zh="li 已认领该警情。", by="li"
        )
        await desk.type("claim")
        await desk.pilot.press("enter")
        await desk.says("被拒绝：li 已认领该警情。")
        assert desk.app.board.command_line.input.value == "claim"


async def test_claiming_the_top_alarm_works_from_anywhere(mosquitto: Mosquitto) -> None:
    """F9 does not depend on focus, nor on where the cursor is, nor on what is typed."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.type("n 1034 half a sen")
        await desk.pilot.press("f9")
        request = await desk.centre.asked("claim")
        assert request.args == {"alarm": "a1", "version": 1}
        assert desk.app.board.command_line.input.value == "n 1034 half a sen"


async def test_f9_goes_to_an_alarm_that_is_not_drawn_yet(mosquitto: Mosquitto) -> None:
    """The cursor is on what was claimed, however soon after it came: the next line is about that."""
    async with desk_at_work(mosquitto.port) as desk:
        before = desk.app.feed.mirror
        assert before is not None
        now = alarm("a9")
        desk.app.feed.mirror = replace(before, alarms={"a9": now})
        desk.app.action_claim()
        assert desk.app.board.rows.key == "alarm:a9"


async def test_a_typed_alarm_is_one_key_away(mosquitto: Mosquitto) -> None:
    """Ctrl+N opens the line for somebody at the desk; type and place are found in the words."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.pilot.press("ctrl+n")
        await desk.type("phone fight at the taxi stand")
        await desk.says("somebody on the phone: fight or assault, taxi stand")
        await desk.pilot.press("enter")
        args = (await desk.centre.asked("report")).args
        assert (args["type"], args["place"], args["via"]) == ("fight", "taxi-stand", "phone")
        assert args["text"] == "fight at the taxi stand"
        assert len(args["alarm"]) == 36


async def test_a_flood_moves_neither_cursor_nor_focus_nor_text(mosquitto: Mosquitto) -> None:
    """302 alarms arrive while somebody types: the row, the focus and the text stay what they were."""
    async with desk_at_work(mosquitto.port) as desk:
        board = desk.app.board
        await desk.pilot.press("down")
        chosen = board.rows.key
        await desk.type("n 1034 caller wa")
        for start in range(0, 300, 50):
            rows = tuple(alarm(f"f{n}", priority=n % 5) for n in range(start, start + 50))
            await desk.centre.change(Tables(alarms=rows))
            await desk.type("i")
        await desk.centre.change(Tables(alarms=(alarm("f300"), alarm("f301"))))
        await desk.until(lambda: len(board.rows.lines) > 302)
        assert board.rows.key == chosen
        assert isinstance(board.focused, Input)
        assert board.command_line.input.value == "n 1034 caller wa" + "i" * 6
        at = next(at for at, line in enumerate(board.rows.lines) if line.key == chosen)
        top = board.rows.scroll_offset.y
        assert top <= at < top + board.rows.size.height


async def test_a_gap_asks_for_a_new_snapshot_and_says_so(mosquitto: Mosquitto) -> None:
    """A lost change is noticed, the header stops claiming to be live, and a snapshot mends it."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.mute.add("snapshot")
        desk.centre.n += 1
        await desk.centre.change(Tables(alarms=(alarm("late"),)))
        await desk.until(lambda: "NOT LIVE" in desk.picture)
        assert "fetching the board" in desk.picture
        desk.centre.mute.clear()
        await desk.until(lambda: desk.app.feed.freshness().live)


async def test_a_restarted_centre_is_signed_in_to_again(mosquitto: Mosquitto) -> None:
    """A centre that forgot the session gets the password again and the board follows its new boot."""
    async with desk_at_work(mosquitto.port) as desk:
        forgot = iter([True, False, False])
        desk.centre.snapshot = snapshot(n=1, boot="boot-2")
        desk.centre.n = 1

        def answer(_: object) -> Problem | dict[str, object]:
            if next(forgot):
                return Problem(code="session", en="Please sign in.", zh="请先登录。")
            return desk.centre.snapshot.model_dump(mode="json")

        desk.centre.answers["snapshot"] = answer
        await desk.centre.beat()
        await desk.centre.asked("sign-in", 2)
        await desk.until(lambda: desk.app.feed.mirror is not None and desk.app.feed.mirror.boot == "boot-2")


async def test_a_centre_that_is_back_is_not_live_before_its_board_is_there(mosquitto: Mosquitto) -> None:
    """Its status comes before its first beat; an order given then would be refused for want of signing in."""
    async with desk_at_work(mosquitto.port) as desk:
        feed, status = desk.app.feed, desk.centre.topics.centre_status
        await desk.centre.publish(status, CENTRE.model_copy(update={"state": "lost"}).encode())
        await desk.until(lambda: feed.freshness().trouble == "centre")
        desk.centre.mute.add("snapshot")
        await desk.centre.publish(status, CENTRE.model_copy(update={"boot": "boot-2"}).encode())
        await desk.until(lambda: feed.freshness().trouble != "centre")
        assert not feed.freshness().live
        desk.centre.mute.clear()
        await desk.until(lambda: feed.freshness().live)


async def test_the_line_is_shown_again_when_the_world_changed_under_it(mosquitto: Mosquitto) -> None:
    """A row that changed after it was read must be read again: the first Enter does nothing."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.type("claim")
        await desk.says("Enter: claim hold-up button")
        await desk.centre.change(Tables(alarms=(alarm("a1", version=2, count=3, text="changed"),)))
        await desk.says("CHANGED, look again")
        await desk.pilot.press("enter")
        await desk.says("Enter: claim hold-up button")
        assert "claim" not in [verb for verb, _ in desk.centre.requests]
        await desk.pilot.press("enter")
        assert (await desk.centre.asked("claim")).args["version"] == 2


async def test_priority_0_is_dismissed_only_after_a_yes(mosquitto: Mosquitto) -> None:
    """What matters most is asked once more, in one keystroke; a bouncing Enter is none."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.type("dismiss . test")
        await desk.pilot.press("enter")
        await desk.says("press y to dismiss")
        await desk.pilot.press("enter")
        await desk.says("press y to dismiss")
        assert "dismiss" not in [verb for verb, _ in desk.centre.requests]
        await desk.pilot.press("y")
        assert (await desk.centre.asked("dismiss")).args == {"alarm": "a1", "reason": "test"}


async def test_the_cursor_follows_an_alarm_into_its_incident(mosquitto: Mosquitto) -> None:
    """An alarm that is promoted under the cursor leaves the cursor on its incident."""
    async with desk_at_work(mosquitto.port) as desk:
        promoted = alarm("a1", state="PROMOTED", incident="i3", link_kind="origin", version=2)
        await desk.centre.change(Tables(alarms=(promoted,)))
        await desk.until(lambda: desk.app.board.rows.key == "incident:i3")


async def test_no_answer_says_that_it_may_have_been_done(
    mosquitto: Mosquitto, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence is not consent: the operator is told to look before repeating."""
    monkeypatch.setattr("tui.desk.GIVE_UP_S", 0.3)
    monkeypatch.setattr("tui.desk.REPEAT_S", 0.1)
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.mute.add("note")
        await desk.type("n 1034 hello")
        await desk.pilot.press("enter")
        await desk.says("no answer from the centre")
        ids = {request.id for verb, request in desk.centre.requests if verb == "note"}
        assert len(ids) == 1


async def test_a_wrong_password_is_said_in_one_sentence_and_asked_again(mosquitto: Mosquitto) -> None:
    """The sign-in form opens with the centre's sentence, and the right password opens the board."""
    async with desk_at_work(mosquitto.port, live=False, password="wrong") as desk:  # noqa: S106 - a test's
        await desk.until(lambda: isinstance(desk.app.screen, SignInScreen))
        await desk.until(lambda: "Login or password is wrong." in desk.picture)
        await desk.type("secret")
        await desk.pilot.press("enter")
        await desk.until(lambda: desk.app.feed.freshness().live)


async def test_the_language_changes_while_running(mosquitto: Mosquitto) -> None:
    """`lang zh` and Ctrl+L turn every word on the screen, and the half-typed line stays."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.type("lang zh")
        await desk.pilot.press("enter")
        await desk.until(lambda: "警情 2" in desk.picture and "售票厅" in desk.picture)
        await desk.type("d p2")
        await desk.pilot.press("ctrl+l")
        await desk.until(lambda: "ALARMS 2" in desk.picture)
        assert desk.app.board.command_line.input.value == "d p2"


async def test_live_words_are_shown_until_the_over_is_on_the_board(mosquitto: Mosquitto) -> None:
    """Words appear while somebody still speaks."""
    async with desk_at_work(mosquitto.port) as desk:
        live = LiveText(over="o9", channel="main", text="patrol three, platform three")
        await desk.centre.publish(desk.centre.topics.live("o9"), live.encode())
        await desk.until(lambda: "now: patrol three, platform three" in " ".join(desk.picture.split()))
        calling = live.model_copy(update={"caller": "mdc1200:1a2b", "level_dbfs": -30.0})
        await desk.centre.publish(desk.centre.topics.live("o9"), calling.encode())
        await desk.until(lambda: "now: mdc1200 1a2b ? |==== | patrol" in " ".join(desk.picture.split()))
        recorded = snapshot().tables.overs[0].model_copy(update={"id": "o9", "text": None})
        await desk.centre.change(Tables(overs=(recorded,)))
        await desk.until(lambda: desk.app.feed.mirror is not None and "o9" in desk.app.feed.mirror.overs)
        assert "now:" in desk.picture
        over = (
            snapshot()
            .tables.overs[0]
            .model_copy(update={"id": "o9", "text": "patrol three on platform three"})
        )
        await desk.centre.change(Tables(overs=(over,)))
        await desk.until(lambda: "now:" not in desk.picture)


async def test_text_from_the_field_cannot_move_the_cursor_or_make_markup(mosquitto: Mosquitto) -> None:
    """Escape sequences and markup from a panel or the air are drawn as what they are."""
    hostile = "[red]x[/red] \x1b[2J \u202egnp.exe"
    board = snapshot()
    rows = (alarm("evil", text=hostile, text_zh="", source="radio", source_id="box-1/main"),)
    board = board.model_copy(update={"tables": Tables(alarms=rows)})
    async with desk_at_work(mosquitto.port, board=board) as desk:
        await desk.until(lambda: "[red]x[/red] \\x1b[2J \\u202egnp.exe" in desk.picture)
        assert "\x1b" not in desk.picture


async def test_help_lists_keys_and_commands_and_closes(mosquitto: Mosquitto) -> None:
    """F1 opens one page, Esc leaves it, and the typed line is untouched."""
    async with desk_at_work(mosquitto.port, size=(120, 70)) as desk:
        await desk.type("d p2")
        await desk.pilot.press("f1")
        assert isinstance(desk.app.screen, HelpScreen)
        assert "dispatch units [incident]" in desk.picture
        await desk.pilot.press("escape")
        assert desk.app.board.command_line.input.value == "d p2"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 45)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_nothing_important_is_lost_at_any_size(
    mosquitto: Mosquitto, size: tuple[int, int], language: str
) -> None:
    """Alarms, their age, every unit's state, the channel and the command line are there at every size."""
    async with desk_at_work(mosquitto.port, size=size, language="zh" if language == "zh" else "en") as desk:
        lines = desk.picture.splitlines()
        assert len(lines) == size[1]
        english = ("ALARMS 2", "OLDEST", "link ok", "QUEUED", "on scene", "CHANNEL", "F9", "F4")
        chinese = ("警情 2", "最久", "连接正常", "待接", "到场", "信道", "F9", "F4")
        for part in chinese if language == "zh" else english:
            assert part in desk.picture
        for unit in snapshot().tables.units:
            assert unit.id in desk.picture
        if size[0] < 100:
            await desk.pilot.press("enter")
            assert "1234" in desk.picture
            await desk.pilot.press("escape")


async def test_the_whole_history_of_the_chosen_row_is_fetched(mosquitto: Mosquitto) -> None:
    """What the board no longer carries comes from the centre once the cursor rests on the row."""
    early = (
        snapshot()
        .tables.timeline[6]
        .model_copy(update={"id": "t0", "seq": 0, "params": {"text": "the very first note"}})
    )
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.answers["timeline"] = lambda _: {"rows": [early.model_dump(mode="json")]}
        desk.app.board.rows.go_to("incident:i1")
        await desk.until(lambda: "the very first note" in desk.picture)
        asked = [request.args["object_id"] for verb, request in desk.centre.requests if verb == "timeline"]
        assert asked[-1] == "i1"


async def test_a_box_that_is_not_well_is_named_beside_the_channel(mosquitto: Mosquitto) -> None:
    """A lost box stays on the screen with its age, also after its alarm was dealt with."""
    async with desk_at_work(mosquitto.port) as desk:
        lost = DeviceRow(id="box-2", kind="gateway", state="lost", since=ago(130))
        await desk.centre.change(Tables(devices=(lost,)))
        await desk.until(lambda: "box-2 LOST" in desk.picture)


async def test_no_color_still_tells_everything(mosquitto: Mosquitto, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without colour the marks, letters and words are the same."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk_at_work(mosquitto.port) as desk:
        assert desk.app.no_color
        assert desk.app.theme == "mono"
        lines = desk.picture.splitlines()
        assert any(line.startswith(">! PNL") and "!!" in line and "Q QUEUED" in line for line in lines)


async def test_the_console_comes_back_by_itself(mortal_mosquitto: Mosquitto) -> None:
    """A broker that is killed and started again leaves a red header in between and a live board after."""
    async with desk_at_work(mortal_mosquitto.port) as desk:
        await desk.type("n 1034 half")
        mortal_mosquitto.kill9()
        await desk.until(lambda: "no broker" in desk.picture)
        mortal_mosquitto.start()
        await desk.until(lambda: desk.app.feed.freshness().live)
        assert desk.app.board.command_line.input.value == "n 1034 half"
