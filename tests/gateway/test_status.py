from bus.clock import SystemClock
from bus.link import Outbound, Will
from bus.messages.status import GatewayStatus
from gateway.box import Box
from gateway.status import StatusBoard

BOX = Box("site", "box-1", "boot-1", "tongpin test")


def test_problems_come_and_go_and_are_told_once() -> None:
    """Degraded while there is any problem, ready again by itself, one word for each change."""
    told: list[tuple[str, ...]] = []
    board = StatusBoard(BOX, SystemClock(), lambda: told.append(board.problems))

    board.storage("spool_full")
    board.storage("spool_full")
    board.line("alarms-1", "silent")
    board.channel("channel-1", "stuck")
    degraded = GatewayStatus.decode(board.now().payload)
    board.storage(None)
    board.line("alarms-1", None)
    board.channel("channel-1", None)
    ready = GatewayStatus.decode(board.now().payload)

    assert degraded.state == "degraded"
    assert degraded.problems == ("channel:channel-1:stuck", "line:alarms-1:silent", "spool_full")
    assert (ready.state, ready.problems) == ("ready", ())
    assert len(told) == 6


def test_birth_will_and_goodbye_are_one_retained_message() -> None:
    """All three go to the same topic, retained, with the boot that tells a late will from a present fault."""
    board = StatusBoard(BOX, SystemClock())
    messages: list[Outbound | Will] = [board.now(), board.will(), board.stopped()]

    assert {message.topic for message in messages} == {"tongpin/v1/site/gw/box-1/status"}
    assert all(message.retain for message in messages)
    assert [GatewayStatus.decode(message.payload).state for message in messages] == [
        "ready",
        "lost",
        "stopped",
    ]
    assert {GatewayStatus.decode(message.payload).boot for message in messages} == {"boot-1"}
