"""Ctrl+C sends what is chosen to the terminal, and says how to leave."""

from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work


async def test_the_chosen_row_is_copied_in_full(mosquitto: Mosquitto) -> None:
    """Its name, its units' times and what happened, also while something is typed."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.app.board.rows.go_to("incident:i1")
        await desk.type("note x")
        await desk.pilot.press("ctrl+c")
        told = await desk.told("Ctrl+Q")
        lines = desk.app.clipboard.splitlines()
        assert lines[0].startswith("1034 ")
        assert str(len(lines)) in told
        assert any("P1" in line for line in lines[1:])
        assert desk.app.board.command_line.input.value == "note x"


async def test_marked_text_is_copied_before_a_row(mosquitto: Mosquitto) -> None:
    """As everywhere else."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.type("note window three")
        await desk.pilot.press("shift+home", "ctrl+c")
        await desk.told("Ctrl+Q")
        assert desk.app.clipboard == "note window three"


async def test_the_row_of_a_page_is_copied(mosquitto: Mosquitto) -> None:
    """The unit under the cursor."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.pilot.press("f3")
        await desk.until(lambda: "Hall team" in desk.picture)
        await desk.pilot.press("ctrl+c")
        await desk.told("Ctrl+Q")
        assert desk.app.clipboard.startswith("P1 ")


async def test_a_password_is_never_copied(mosquitto: Mosquitto) -> None:
    """There is nothing else to copy; the clipboard stays as it was."""
    async with desk_at_work(mosquitto.port, login=None, live=False) as desk:
        await desk.until(lambda: "Sign in" in desk.picture)
        await desk.pilot.press(*"li", "tab", *"secret", "shift+home", "ctrl+c")
        await desk.told("Ctrl+Q")
        assert desk.app.clipboard == ""
