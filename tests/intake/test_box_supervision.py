"""Boxes, lines, channels and clocks that fail: each trouble is one `system` alarm, its end a mark on it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_box import SmallBox
from tests.support.small_console import SmallConsole, heard_of
from tui.mirror import Mirror

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre, not started yet."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        yield made


@pytest.fixture
async def at_work(centre: CentreAtWork) -> AsyncIterator[tuple[SmallBox, SmallConsole]]:
    """A running centre with one box, and one console that follows the board."""
    async with centre.run():
        yield await centre.box(), await centre.console()


At = tuple[SmallBox, SmallConsole]


async def test_a_silent_line_is_an_alarm_and_its_return_a_mark_on_it(at_work: At) -> None:
    """A line fault is one `system` alarm of priority 2 and a device row; the recovery changes both."""
    box, console = at_work
    await box.send(box.signal("line_fault", trouble="silent"))
    await console.shows(lambda shown: _state(shown, "box-1/alarms-1") == "silent")
    await box.send(box.signal("line_restored"))

    shown = await console.shows(lambda shown: all(row.restored_at for row in heard_of(shown)))
    (alarm,) = heard_of(shown)
    assert (alarm.source, alarm.type, alarm.priority) == ("system", "system", 2)
    assert shown.devices["box-1/alarms-1"].state == "ok"


async def test_a_box_lost_and_back_twice_is_two_alarms_each_with_its_end(at_work: At) -> None:
    """The will and the return say the same words each time, and mean a new loss each time."""
    box, console = at_work
    for losses in (1, 2):
        await box.say("ready")
        await console.shows(lambda shown: _state(shown, "box-1") == "ready")
        await box.say("lost")
        await console.shows(_showing(losses))
        await box.say("ready")
        await console.shows(lambda shown: all(row.restored_at for row in heard_of(shown)))

    assert [row.event_code for row in await console.alarms(2)] == ["gateway-lost"] * 2


async def test_states_in_one_breath_end_with_the_last(at_work: At) -> None:
    """What a status changes is told by comparing it with what came before, stored or not."""
    box, console = at_work
    for state in ("ready", "lost", "ready"):
        await box.say(state)
    await box.receipted(await box.send(box.signal()))

    shown = await console.shows(lambda shown: _state(shown, "box-1") == "ready" and len(heard_of(shown)) == 2)
    lost = next(row for row in heard_of(shown) if row.event_code == "gateway-lost")
    assert lost.restored_at is not None


async def test_a_late_will_of_an_old_boot_marks_nothing_dead(at_work: At) -> None:
    """The broker may hold the dead boot's will until the new one is up."""
    box, console = at_work
    await box.say("ready", boot="new")
    await box.say("lost", boot="old")
    await box.receipted(await box.send(box.signal()))

    shown = await console.shows(lambda shown: len(heard_of(shown)) == 1)
    assert _state(shown, "box-1") == "ready"


async def test_what_the_broker_keeps_says_nothing_new_after_a_restart(centre: CentreAtWork) -> None:
    """A retained loss is met again at every start of the centre, and is one alarm."""
    box = await centre.box()
    await box.say("lost")
    for run in range(3):
        async with centre.run():
            console = await centre.console(f"desk-{run}")
            await box.receipted(await box.send(box.signal()))
            alarms = await console.alarms(run + 2)

    assert [row.event_code for row in alarms].count("gateway-lost") == 1


async def test_a_full_spool_is_an_alarm_once(at_work: At) -> None:
    """Other troubles that come and go beside it raise no second alarm."""
    box, console = at_work
    await box.say("degraded", "spool_full")
    await box.say("degraded", "line:alarms-1:silent", "spool_full")
    await box.say("ready")
    await console.shows(lambda shown: _state(shown, "box-1") == "ready")

    shown = await console.shows(lambda shown: all(row.restored_at for row in heard_of(shown)))
    assert [row.event_code for row in heard_of(shown)] == ["gateway-degraded"]


async def test_a_stuck_channel_is_an_alarm_with_an_end_and_a_dead_one_is_told_by_its_signal(
    at_work: At,
) -> None:
    """Stuck comes as a state only, dead also as a fault in the spool: each is one alarm."""
    box, console = at_work
    for rx in ("idle", "busy", "stuck", "idle"):
        await box.channel(rx)
    fault = box.signal("line_fault", line="ch-1", protocol="audio", trouble="broken", detail="unplugged")
    await box.send(fault)
    for rx in ("dead", "idle", "dead"):
        await box.channel(rx)
    await box.receipted(await box.send(box.signal("line_restored", line="ch-1", protocol="audio")))

    shown = await console.shows(
        lambda shown: [bool(row.restored_at) for row in heard_of(shown)] == [True, True]
    )
    assert [row.event_code for row in await console.alarms(2)] == ["channel-stuck", "channel-broken"]
    assert _state(shown, "box-1/ch-1") == "ok"


@pytest.mark.parametrize(
    ("line", "protocol", "trouble", "code"),
    [
        ("ch-1", "audio", "silent", "channel-silent"),
        ("ch-1/carrier", "carrier", "broken", "carrier-broken"),
    ],
)
async def test_what_a_channel_hears_by_is_named(
    at_work: At, line: str, protocol: str, trouble: str, code: str
) -> None:
    """A cable without sound and a lost carrier line are alarms of their own, with an end."""
    box, console = at_work
    await box.send(box.signal("line_fault", line=line, protocol=protocol, trouble=trouble, detail="why"))
    await box.receipted(await box.send(box.signal("line_restored", line=line, protocol=protocol)))

    await console.shows(lambda shown: [bool(row.restored_at) for row in heard_of(shown)] == [True])
    [row] = await console.alarms(1)
    assert (row.event_code, row.source_id) == (code, f"box-1/{line}")


async def test_a_wrong_clock_is_flagged_once_and_on_every_alarm(at_work: At) -> None:
    """An hour ahead: one `system` alarm a boot, and each later alarm carries the offset."""
    box, console = at_work
    await box.health(ahead_s=3600)
    await box.health(ahead_s=3600)
    await box.receipted(await box.send(box.signal()))

    clock, alarm = await console.alarms(2)
    assert clock.event_code == "clock-wrong"
    assert "+3600" in clock.text
    assert alarm.clock_offset == pytest.approx(3600, abs=2)


def _showing(count: int) -> Callable[[Mirror], bool]:
    return lambda shown: len(heard_of(shown)) == count


def _state(shown: Mirror, device: str) -> str | None:
    return shown.devices[device].state if device in shown.devices else None
