"""What each message from outside means as commands. Pure: a message, the board it meets, and the time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bus.messages.signal import PanelSignal
from bus.messages.status import ChannelState, GatewayHealth, GatewayStatus
from intake.arrivals.arrival import Arrival, Receiving, Ticket
from intake.arrivals.box_state import channel_arrival, clock_arrival, status_arrival
from intake.arrivals.panel_signal import signal_arrival
from intake.arrivals.trouble import _SENTENCES, trouble_alarm
from intake.arrivals.unreadable import unreadable_arrival
from intake.dispatch.source_commands import AcceptAlarm, AnnotateAlarms, DeviceChanged
from intake.dispatch.speech import Device
from intake.site import example_site_path, load_site

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
NOW = Receiving(AT)
LATER = Receiving(AT + timedelta(hours=1))
SITE = load_site(example_site_path())


def status(state: str, *problems: str, boot: str = "b1") -> GatewayStatus:
    """Box-1 says how it is, since ten o'clock."""
    return GatewayStatus.model_validate(
        {
            "gateway": "box-1",
            "state": state,
            "boot": boot,
            "since": AT,
            "software": "test",
            "problems": problems,
        }
    )


def met(*statuses: GatewayStatus) -> list[list[str]]:
    """What each of `statuses` led to, one after the other."""
    known: dict[str, Device] = {}
    led: list[list[str]] = []
    for one in statuses:
        arrival = status_arrival(one, known, NOW)
        led.append(_kinds(arrival))
        for command in arrival.commands if arrival else ():
            if isinstance(command, DeviceChanged):
                known[command.device.id] = command.device
    return led


def _kinds(arrival: Arrival | None) -> list[str]:
    names = {AcceptAlarm: "alarm", AnnotateAlarms: "over", DeviceChanged: "shown"}
    return [names[type(command)] for command in arrival.commands] if arrival else []


@pytest.mark.parametrize(
    ("said", "led"),
    [
        ((status("ready"), status("ready")), [["shown"], []]),
        ((status("lost"),), [["shown", "alarm"]]),
        ((status("ready"), status("lost"), status("lost")), [["shown"], ["shown", "alarm"], []]),
        ((status("lost"), status("ready")), [["shown", "alarm"], ["shown", "over"]]),
        ((status("lost"), status("degraded", "line:a:silent")), [["shown", "alarm"], ["shown", "over"]]),
        ((status("degraded", "line:a:silent"), status("ready")), [["shown"], ["shown"]]),
        ((status("degraded", "spool_full"), status("lost")), [["shown", "alarm"], ["shown", "alarm"]]),
        ((status("ready", boot="b2"), status("lost", boot="b1")), [["shown"], []]),
        ((status("ready"), status("stopped"), status("ready")), [["shown"], ["shown"], ["shown"]]),
    ],
)
def test_what_a_box_says_of_itself(said: tuple[GatewayStatus, ...], led: list[list[str]]) -> None:
    """News is shown, an own trouble is an alarm, its end a note; a line's trouble is the line's to tell."""
    assert met(*said) == led


@pytest.mark.parametrize("pair", [(NOW, LATER), (replace(NOW, turn=1), replace(NOW, turn=2))])
def test_the_same_words_an_hour_later_are_another_loss(pair: tuple[Receiving, Receiving]) -> None:
    """The will is written once, at the box's start, and may be read out many times."""
    first, second = (status_arrival(status("lost"), {}, receiving) for receiving in pair)

    assert first is not None
    assert second is not None
    assert first.cause != second.cause


def test_a_clock_within_five_seconds_is_right() -> None:
    """Beyond it is one alarm a boot, however often health says so."""

    def arrival(ahead_s: float, receiving: Receiving = NOW) -> Arrival | None:
        sent_at = receiving.at + timedelta(seconds=ahead_s)
        health = GatewayHealth(
            gateway="box-1", boot="b1", sent_at=sent_at, spool_rows=0, spool_oldest_s=0, disk_free_mb=1
        )
        return clock_arrival(health, receiving)

    assert arrival(5) is arrival(-5) is None
    wrong, later = arrival(-3600), arrival(-3600, LATER)
    assert wrong is not None
    assert later is not None
    assert wrong.cause == later.cause


@pytest.mark.parametrize(
    ("rx", "before", "led"),
    [
        ("idle", None, ["shown"]),
        ("busy", "ok", []),
        ("stuck", "ok", ["shown", "alarm"]),
        ("stuck", "stuck", []),
        ("idle", "stuck", ["shown", "over"]),
        ("dead", "ok", []),
        ("idle", "broken", []),
    ],
)
def test_what_a_channel_says_of_itself(rx: str, before: str | None, led: list[str]) -> None:
    """Stuck is told by its state alone; a dead channel by the fault signal, which cannot be lost."""
    name = "box-1/ch-1"
    known = {name: Device(id=name, what="channel", state=before, since=AT)} if before else {}
    state = ChannelState.model_validate({"gateway": "box-1", "channel": "ch-1", "rx": rx, "since": AT})

    assert _kinds(channel_arrival(state, known, NOW)) == led


def signal(kind: str, **fields: Any) -> PanelSignal:  # noqa: ANN401 - of any signal
    """A signal of box-1."""
    usual = {"id": "s1", "gateway": "box-1", "line": "alarms-1", "protocol": "surgard", "seq": 1}
    more = {"boot": "b1", "said_at": AT, "clock": "synced", "kind": kind}
    return PanelSignal.model_validate(usual | more | fields)


@pytest.mark.parametrize("trouble", ["silent", "broken", "noise", "spool_full"])
def test_every_line_trouble_is_one_system_alarm_its_recovery_finds(trouble: str) -> None:
    """Priority 2 of type `system`; alarm and recovery name the same source and account."""
    fault = signal_arrival(signal("line_fault", trouble=trouble, detail="x"), SITE, NOW)
    restored = signal_arrival(signal("line_restored", id="s2"), SITE, NOW)

    _, alarm = fault.commands
    _, note = restored.commands
    assert isinstance(alarm, AcceptAlarm)
    assert isinstance(note, AnnotateAlarms)
    content = alarm.content
    assert (content.source, content.type, content.priority, content.id) == ("system", "system", 2, "s1")
    assert (content.source_id, content.account, content.zone) == (note.source_id, note.account, note.zone)
    assert fault.ticket == Ticket("box-1", "s1")


def test_a_channels_fault_is_not_called_an_alarm_lines() -> None:
    """The sentence names what broke."""
    fault = signal_arrival(
        signal("line_fault", line="ch-1", protocol="audio", trouble="broken", detail="unplugged"), SITE, NOW
    )

    shown, alarm = fault.commands
    assert isinstance(shown, DeviceChanged)
    assert isinstance(alarm, AcceptAlarm)
    assert shown.device.what == "channel"
    assert alarm.content.text == "Radio channel box-1/ch-1 is broken: unplugged"


@pytest.mark.parametrize("code", _SENTENCES)
def test_every_trouble_has_a_sentence_in_each_language(code: str) -> None:
    """That names the device, or says what is wrong."""
    content = trouble_alarm("a1", code, "box-1", AT, NOW, detail="{x}").content

    for sentence in (content.text, content.text_zh):
        assert "box-1" in sentence or "{x}" in sentence
    assert content.priority == 2


def test_a_receipt_is_given_for_any_record_whose_id_can_be_told() -> None:
    """From the topic of a recording, from the bytes of a signal; never one that is no id."""
    over = unreadable_arrival(["box-1", "ch", "ch-1", "rx", "o1", "recording"], b"?", "why", NOW)
    newer = unreadable_arrival(["box-1", "signal"], b'{"id": "s1"}', "why", NOW)
    odd = unreadable_arrival(["box-1", "signal"], b'{"id": "+/#"}', "why", NOW)

    assert (over.ticket, newer.ticket, odd.ticket) == (Ticket("box-1", "o1"), Ticket("box-1", "s1"), None)
