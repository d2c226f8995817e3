"""What a panel says again is told from what began while nobody listened."""

from datetime import UTC, datetime

from bus.messages.signal import PanelSignal
from gateway.box import Box
from gateway.line.known import Known, known_as, learned
from gateway.line.panel_signals import Heard, SignalMaker
from gateway.line.repeats import Moment
from gateway.spool.rows import SourceState
from hardware.panels.alarmdecoder import encode as alarmdecoder
from hardware.panels.asking import State, asking_of
from hardware.panels.dsc_it100 import encode as it100
from hardware.panels.registry import codec

BOX = Box("site", "box-1", "boot-1", "test")


class Line:
    """A line whose memory is kept between frames."""

    def __init__(self, protocol: str) -> None:
        self._codec = codec(protocol)
        self._maker = SignalMaker(BOX, "alarms-1", protocol, 40.0, asking_of(self._codec))
        self._state = SourceState()

    def says(self, frame: bytes, at: float, *, reconciling: bool = False) -> list[PanelSignal]:
        """The signals a frame becomes."""
        records = tuple(record for run in self._codec.feed(frame) for record in run.records)
        when = Moment(at=datetime.fromtimestamp(at, UTC), monotonic=at, boot="boot-1")
        batch = self._maker.batch(
            self._state, Heard(when, "synced", records=records, reconciling=reconciling)
        )
        self._state = SourceState(seq=self._state.seq + len(batch.drafts), memory=batch.memory)
        return [PanelSignal.decode(draft.payload) for draft in batch.drafts]


def test_a_known_alarm_told_again_is_a_repeat() -> None:
    """Hours later, asked for its state, the panel tells the alarm we heard: it counts on that alarm."""
    line = Line("dsc_it100")
    (heard,) = line.says(it100.line("654", "2"), 0.0)
    (again,) = line.says(it100.line("654", "2"), 9000.0, reconciling=True)
    assert (again.kind, again.repeat_of) == ("repeat", heard.id)


def test_an_alarm_that_began_while_we_were_away_is_new() -> None:
    """Known partition 2 says nothing of partition 1, nor of a zone."""
    line = Line("dsc_it100")
    line.says(it100.line("654", "2"), 0.0)
    (partition,) = line.says(it100.line("654", "1"), 100.0, reconciling=True)
    (zone,) = line.says(it100.line("601", "2033"), 100.0, reconciling=True)
    assert [partition.kind, zone.kind] == ["event", "event"]


def test_an_alarm_after_its_end_is_new() -> None:
    """Disarmed, then in alarm while we were away; and a zone restored, then in alarm."""
    line = Line("dsc_it100")
    for code, data in (("654", "2"), ("655", "2"), ("601", "2033"), ("602", "2033")):
        line.says(it100.line(code, data), 0.0)
    (partition,) = line.says(it100.line("654", "2"), 5.0, reconciling=True)
    (zone,) = line.says(it100.line("601", "2033"), 5.0, reconciling=True)
    assert [partition.kind, zone.kind] == ["event", "event"]
    assert not partition.maybe_repeat


def test_an_alarm_said_unasked_is_never_a_repeat() -> None:
    """The module says nothing twice for want of an answer: said twice in a second it happened twice."""
    line = Line("dsc_it100")
    kinds = [line.says(it100.line("625"), at)[0].kind for at in (0.0, 1.0)]
    kinds += [line.says(it100.line("654", "1"), at)[0].kind for at in (2.0, 3.0)]
    assert kinds == ["event"] * 4


def test_a_key_pressed_while_state_is_asked_for_is_an_event() -> None:
    """A key is no state: pressed again it is another call for help."""
    line = Line("dsc_it100")
    line.says(it100.line("621"), 0.0)
    (again,) = line.says(it100.line("621"), 1.0, reconciling=True)
    assert again.kind == "event"


def test_a_zone_told_to_be_closed_is_no_signal() -> None:
    """Asked for its state a panel tells of 64 zones at rest; one that was in alarm is told of."""
    line = Line("dsc_it100")
    line.says(it100.line("601", "2033"), 0.0)
    assert line.says(it100.line("610", "001"), 100.0, reconciling=True) == []
    (over,) = line.says(it100.line("602", "2033"), 100.0, reconciling=True)
    assert (over.kind, over.event and over.event.qualifier) == ("event", "restore")
    assert len(line.says(it100.line("610", "001"), 200.0)) == 1


def test_a_display_shown_again_is_no_signal() -> None:
    """A keypad is refreshed every few seconds; only a changed bit is news."""
    line = Line("alarmdecoder")
    assert len(line.says(alarmdecoder.keypad("FAULT 03"), 0.0)) == 1
    assert line.says(alarmdecoder.keypad("FAULT 04"), 4.0) == []
    (changed,) = line.says(alarmdecoder.keypad("READY", bits="0000000100000000----"), 8.0)
    assert (changed.kind, changed.seq) == ("text", 2)


def test_the_memory_is_bounded_and_rest_is_forgotten() -> None:
    """A thousand states leave the last of them; what came to rest is not kept."""
    known: tuple[Known, ...] = ()
    for zone in range(1000):
        known = learned(known, State(f"zone {zone}", "alarm"), (str(zone),))
    assert len(known) == 256
    assert known_as(known, State("zone 999", "alarm")) == Known(of="zone 999", value="alarm", ids=("999",))
    assert known_as(learned(known, State("zone 999", ""), ()), State("zone 999", "alarm")) is None
    assert known_as(known, None) is None
