"""From the bus to the journal: one signal is one alarm, and a receipt says that it is stored."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bus.ids import new_id
from bus.messages.signal import PanelEvent, PanelSignal
from intake.journal import Journal
from intake.verify import verify
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_box import SmallBox
from tests.support.small_console import SmallConsole

pytestmark = pytest.mark.slow

RESTORE = PanelEvent(account="1234", qualifier="restore", code_set="contact_id", code="122", zone="001")
STRANGER = PanelEvent(account="9999", qualifier="new", code_set="contact_id", code="130", zone="001")


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


async def causes(centre: CentreAtWork, *ids: str) -> set[str]:
    """Those of `ids` that the journal holds."""
    journal = await Journal.open(centre.settings.centre.journal)
    found = set(await journal.answers(ids))
    await journal.close()
    return found


async def test_a_receipt_means_it_is_in_the_journal(centre: CentreAtWork) -> None:
    """The moment the receipt comes, another process finds the signal in the file."""
    async with centre.run():
        await centre.console()
        box = await centre.box()
        sent = await box.send(box.signal())
        await box.receipted(sent)
        assert sent in await causes(centre, sent)


async def test_the_same_message_twice_is_one_alarm_and_two_receipts(at_work: At) -> None:
    """A box whose receipt was lost sends again, and is told again."""
    box, console = at_work
    signal = box.signal()
    await box.send(signal)
    await box.send(signal)
    await box.until(lambda: box.receipts.count(signal.id) == 2)

    (alarm,) = await console.alarms(1)
    assert (alarm.id, alarm.count, alarm.type, alarm.place) == (signal.id, 1, "hold-up", "ticket-office")


async def test_after_a_death_everything_comes_again_and_counts_once(centre: CentreAtWork) -> None:
    """Stopped amid a burst without settling, a centre started again holds each signal exactly once."""
    box = await centre.box()
    signals = [box.signal() for _ in range(60)]
    async with centre.run():
        await centre.console("desk-0")
        burst = asyncio.create_task(_send_all(box, signals), name="burst")
        await box.until(lambda: len(box.receipts) >= 5)
    await burst
    async with centre.run():
        console = await centre.console()
        for signal in signals:  # what the box does for every row without a receipt
            await box.send(signal)
        await box.receipted(*(signal.id for signal in signals))
        alarms = await console.alarms(60)

    assert [row.id for row in sorted(alarms, key=lambda row: row.id)] == sorted(one.id for one in signals)
    assert {row.count for row in alarms} == {1}
    assert verify(centre.settings.centre.journal).ok


async def _send_all(box: SmallBox, signals: Sequence[PanelSignal]) -> None:
    for signal in signals:
        await box.send(signal)


async def test_repeats_count_and_restores_annotate(at_work: At) -> None:
    """A frame said twice is xN; a restore is a mark on its alarm; said twice it makes no alarm of its own."""
    box, console = at_work
    alarm = await box.send(box.signal())
    repeat = await box.send(box.signal("repeat", repeat_of=alarm))
    restore = await box.send(box.signal(event=RESTORE))
    again = await box.send(box.signal("repeat", repeat_of=restore))
    await box.receipted(alarm, repeat, restore, again)

    await console.shows(lambda shown: shown.alarms[alarm].restored_at is not None)
    (row,) = await console.alarms(1)
    assert row.count == 2


async def test_a_repeat_of_what_was_never_heard_is_an_alarm(at_work: At) -> None:
    """Its frame was not decoded again, so it is shown raw, and it gets its receipt."""
    box, console = at_work
    orphan = await box.send(box.signal("repeat", repeat_of=new_id(), raw="3530"))
    await box.receipted(orphan)

    (alarm,) = await console.alarms(1)
    assert (alarm.parsed, alarm.raw) == (False, "3530")


async def test_unparsed_bytes_and_unknown_accounts_are_alarms(at_work: At) -> None:
    """What cannot be read shows its bytes; who is not known is named as such."""
    box, console = at_work
    await box.send(box.signal("unparsed", raw="ff00ff"))
    await box.send(box.signal(event=STRANGER))

    raw, stranger = await console.alarms(2)
    assert (raw.parsed, raw.raw, raw.priority) == (False, "ff00ff", 2)
    assert stranger.place is None
    assert "9999" in stranger.text


async def test_a_message_from_a_later_version_is_kept_raw_and_receipted(at_work: At) -> None:
    """One `system` alarm however often it is sent; without the receipt its box would send it for ever."""
    box, console = at_work
    newer = b'{"v": 2, "id": "0190-newer", "what": "nobody knows"}'
    for _ in range(2):
        await box.publish(box.own.signal, newer)
    await box.until(lambda: box.receipts.count("0190-newer") == 2)

    (alarm,) = await console.alarms(1)
    assert (alarm.type, alarm.parsed, bytes.fromhex(alarm.raw)) == ("system", False, newer)


@pytest.mark.parametrize(
    "payload",
    [b"\xff\x00 not JSON", b"[" * 100_000, b'{"id": "\\ud800"}', b'{"id": ["a"]}', b"", b'"text"'],
    ids=["bytes", "deep", "surrogate", "odd id", "empty", "text"],
)
async def test_garbage_is_an_alarm_and_what_follows_it_is_served(at_work: At, payload: bytes) -> None:
    """No bytes on a box's topic stop the centre."""
    box, console = at_work
    await box.publish(box.own.signal, payload)
    good = await box.send(box.signal())
    await box.receipted(good)

    garbage, alarm = await console.alarms(2)
    assert (garbage.type, garbage.parsed) == ("system", False)
    assert bytes.fromhex(garbage.raw) == payload[:2048]
    assert alarm.id == good


async def test_a_state_nobody_can_read_is_one_alarm_a_day(at_work: At) -> None:
    """Health comes every half minute: a box of a later version must not fill the queue with it."""
    box, console = at_work
    for n in range(5):
        await box.publish(box.own.health, b'{"v": 2, "n": %d}' % n)
    await box.receipted(await box.send(box.signal()))

    assert [row.type for row in await console.alarms(2)] == ["system", "hold-up"]


async def test_a_box_may_not_speak_for_another(at_work: At) -> None:
    """What is said in another's name is an alarm, and no receipt goes astray."""
    box, console = at_work
    await box.send(box.signal(gateway="box-9"))

    (alarm,) = await console.alarms(1)
    assert "box-9" in alarm.text
    assert alarm.type == "system"


@pytest.mark.parametrize("field", [{"sha256": "00"}, {"v": 2}, {"seconds": -1}, {"id": "../../stray"}])
async def test_a_wrong_recording_is_an_alarm_with_its_receipt(
    at_work: At, centre: CentreAtWork, field: dict[str, object]
) -> None:
    """Its channel's later overs wait behind it, so it must not stay unanswered; its bytes are kept."""
    box, console = at_work
    told = new_id()
    flac = b"fLaC" + bytes(5000)
    described = {"id": told, "gateway": "box-1", "channel": "ch-1", "seq": 1, "boot": "b"} | {
        "said_at": "2026-03-01T10:00:00Z",
        "clock": "synced",
        "seconds": 1,
        "end": "hang",
        "rms_dbfs": 0,
        "peak_dbfs": 0,
        "clip_percent": 0,
        "sha256": hashlib.sha256(flac).hexdigest(),
    }
    over = json.dumps(described | field)
    await box.publish(box.own.over_recording("ch-1", told), flac, user={"over": over})
    await box.receipted(told)

    (alarm,) = await console.alarms(1)
    assert (alarm.type, alarm.parsed) == ("system", False)
    kept = [path for path in centre.settings.centre.recordings.rglob("*") if path.is_file()]
    assert flac in [path.read_bytes() for path in kept]
    assert all(centre.settings.centre.recordings in path.parents for path in kept)


async def test_a_full_recordings_disk_gives_no_receipt_and_holds_up_no_alarm(
    at_work: At, centre: CentreAtWork
) -> None:
    """Alarms flow past the recording that cannot be stored; sent again when there is room, it is."""
    box, console = at_work
    folder = centre.settings.centre.recordings
    folder.parent.mkdir(exist_ok=True)
    folder.write_bytes(b"a file where the folder should be")
    over = await box.over()
    await box.receipted(await box.send(box.signal()))
    assert over not in box.receipts
    await console.until(lambda: "recordings" in console.centre[-1].problems)

    folder.unlink()
    await box.over(id=over)
    await box.receipted(over)
    await console.until(lambda: console.centre[-1].state == "ready")
    assert (await console.shows(lambda shown: over in shown.overs)).overs[over].text is None


async def test_a_stop_takes_less_than_two_seconds_and_says_goodbye(centre: CentreAtWork) -> None:
    """Last words are `stopped`; a centre that vanishes is `lost` by its will."""
    async with centre.run():
        console = await centre.console()
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 2
    await console.until(lambda: console.centre[-1].state == "stopped")


async def test_overs_nobody_transcribes_are_listed_and_said_once(at_work: At) -> None:
    """Without an engine the queue says so in one alarm, and every over stands in its list."""
    box, console = at_work
    overs = [await box.over() for _ in range(3)]
    await box.receipted(*overs)

    shown = await console.shows(lambda shown: set(overs) <= set(shown.overs))
    assert [row.event_code for row in shown.alarms.values()] == ["speech-none"]
    assert {shown.overs[over].text for over in overs} == {None}
    assert console.centre[-1].speech.problem
