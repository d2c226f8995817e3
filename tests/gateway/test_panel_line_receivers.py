"""Receivers other than Sur-Gard on a line of the box: what is stored, and what is answered."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hardware.panels.ademco685 import encode as ademco685
from hardware.panels.frame import ACK, NAK
from hardware.panels.silentknight import encode as silentknight
from tests.support.panel_port import Panel, panel_with, spool_at

CALL = [silentknight.contact_id_event("new", "130", "01", "003")]


@pytest.fixture
async def panel(tmp_path: Path) -> AsyncIterator[Panel]:
    """A panel with a port and a spool behind it."""
    async with spool_at(tmp_path / "spool.db") as spool, panel_with(spool) as made:
        yield made


async def test_a_damaged_silent_knight_frame_is_stored_before_it_is_refused(panel: Panel) -> None:
    """NAK once, then ACK: its bytes are in the spool each time, and the whole frame behind is an event."""
    panel.protocol = "silentknight"
    whole = silentknight.contact_id_frame("1234", CALL, reference=17)
    damaged = whole.replace(b"1234", b"1235")
    async with panel.connected():
        answers = [await _said(panel, frame) for frame in (damaged, damaged, whole)]
        kinds = [signal.kind for signal in await panel.signals()]

    assert answers == [NAK, ACK, ACK]
    assert kinds == ["unparsed", "repeat", "event"]


async def test_the_running_number_of_a_silent_knight_tells_repeats(panel: Panel) -> None:
    """The same event under a new number is a new event, however soon; under the old one it is a repeat."""
    panel.protocol = "silentknight"
    numbers = (17, 17, 18)
    async with panel.connected():
        for number in numbers:
            await _said(panel, silentknight.contact_id_frame("1234", CALL, reference=number))
        kinds = [signal.kind for signal in await panel.signals()]

    assert kinds == ["event", "repeat", "event"]


async def test_a_685_frame_cut_off_by_the_next_earns_no_answer_of_its_own(panel: Panel) -> None:
    """Both are stored; one ACK goes back, for the frame the receiver has in flight."""
    panel.protocol = "ademco685"
    alarm = ademco685.contact_id_frame("1234", "new", "130", "01", zone="003")
    async with panel.connected():
        assert await _said(panel, alarm[:9] + alarm) == ACK
        await panel.silent_for(0.1)
        kinds = [signal.kind for signal in await panel.signals()]

    assert kinds == ["unparsed", "event"]


async def _said(panel: Panel, frame: bytes) -> bytes:
    panel.port.write(frame)
    return await panel.answer()
