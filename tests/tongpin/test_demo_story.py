"""The demo's story: the same from the same seed, believable, and countable afterwards."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.messages import verbs as ask
from bus.messages.board import AlarmRow, AssignmentRow, IncidentRow, Names, OverRow, UnitRow
from hardware.panels.registry import codec
from hardware.simulators.radio_channel import Aired, Over
from hardware.simulators.receiver_logic import Delivery
from intake.speech.wording import words_of
from tongpin.demo.figures import percentile, word_error_rate
from tongpin.demo.hour import FrameDue, NoiseDue, SpeechDue, station_hour
from tongpin.demo.ledger import Kept
from tongpin.demo.moves import next_move
from tongpin.demo.officers import answers
from tongpin.demo.plan import site, voices_of
from tongpin.demo.story import frame_of
from tongpin.demo.tally import Sent, tally
from tongpin.demo.witness import Witness
from tui.mirror import Mirror

AT = datetime(2026, 3, 1, 14, 0, tzinfo=UTC)


def test_the_same_seed_tells_the_same_hour() -> None:
    """A story can be repeated, and another seed tells another."""
    voices = voices_of(site(), "en")

    assert station_hour(7, voices) == station_hour(7, voices)
    assert station_hour(7, voices) != station_hour(8, voices)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_hour_holds_frames_speech_and_noise_in_order(lang: str) -> None:
    """Within twelve minutes there is enough of everything for the figures the demo promises."""
    hour = station_hour(1, voices_of(site(), "zh" if lang == "zh" else "en"))
    early = [each for each in hour if each.at <= 720]

    assert list(hour) == sorted(hour, key=lambda each: each.at)
    assert sum(isinstance(each, FrameDue) for each in early) >= 20
    assert sum(isinstance(each, SpeechDue) for each in early) >= 8
    assert any(isinstance(each, NoiseDue) for each in early)


def test_no_two_frames_of_an_hour_are_the_same() -> None:
    """Each frame can be found again in the journal by its bytes, and each decodes as an event."""
    frames = [
        frame_of(each) for each in station_hour(3, voices_of(site(), "en")) if isinstance(each, FrameDue)
    ]
    surgard = codec("surgard")
    records = [record for frame in frames for run in surgard.feed(frame) for record in run.records]

    assert len(frames) == len(set(frames))
    assert {"event"} == {record.kind for record in records}
    assert len(frames) == len(records)


def test_officers_sign_arrive_and_finish_in_that_order() -> None:
    """Whoever is sent says three things, later and later, with the unit's name in each."""
    said = answers("patrol one", "the taxi stand", "en", random.Random(1))

    assert sorted(said, key=lambda each: each.after) == list(said)
    assert all("patrol one" in each.text for each in said)
    assert [next(word for word in ("copy", "on scene", "clear") if word in each.text) for each in said] == [
        "copy",
        "on scene",
        "clear",
    ]


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=50), st.sampled_from([0.5, 0.95, 0.99]))
def test_a_percentile_is_one_of_the_values(values: list[float], share: float) -> None:
    """Nearest rank: at least `share` of the values do not exceed it."""
    found = percentile(values, share)

    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


def test_words_are_counted_as_spoken() -> None:
    """Digits and number words are the same word; punctuation and capitals are none."""
    assert words_of("Patrol 1, on-scene!") == ["patrol", "one", "on", "scene"]
    assert words_of("巡逻1到达") == ["巡", "逻", "one", "到", "达"]
    assert words_of("옥상 Café") == ["옥상", "café"]
    assert word_error_rate([("patrol one on scene", "Patrol 1 on the scene.")]) == pytest.approx(0.25)
    assert word_error_rate([]) is None


def delivery(frame: bytes, *, acked: bool = True) -> Delivery:
    """A frame sent at second 10 and answered a moment later."""
    return Delivery(frame, offered_at=9.0, sent_at=(10.0,), acked_at=10.01 if acked else None)


def test_the_tally_tells_lost_and_doubled_frames() -> None:
    """An acknowledged frame missing in the journal is lost; one that stands there twice is doubled."""
    sent = Sent([delivery(b"A\x14"), delivery(b"B\x14"), delivery(b"C\x14", acked=False)], (), AT)
    kept = Kept(
        frames=Counter({b"B".hex(): 2}),
        alarms=2,
        transcribed=frozenset(),
        incidents=0,
        assignments=0,
    )

    figures = tally(sent, kept, Witness())

    assert (figures["frames_sent"], figures["frames_acked"]) == (3, 2)
    assert (figures["alarms_lost"], figures["alarms_duplicated"]) == (1, 1)
    assert figures["panel_to_board_ms"] == {"p50": None, "p95": None, "p99": None}


def test_the_tally_matches_what_was_said_with_what_was_heard() -> None:
    """An over on the board belongs to the one on the air it overlaps most."""
    aired = Aired(Over("patrol one on scene", "en"), keyed_at=100.0, unkeyed_at=103.0, position=0)
    row = OverRow(
        id="o",
        gateway="box-1",
        channel="channel-1",
        said_at=AT + timedelta(seconds=99.5),
        seconds=3.5,
        text="patrol 1 on scene",
    )
    seen = Witness(overs={"o": (103.8, row)})
    empty = Kept(Counter(), 0, frozenset({"o"}), 0, 0)

    figures = tally(Sent((), (aired,), AT), empty, seen)

    assert figures["over_end_to_text_ms"]["p50"] == pytest.approx(800, abs=1)
    assert figures["word_error_rate"] == 0


def alarm(state: str = "QUEUED", **fields: object) -> AlarmRow:
    """A theft at the taxi stand."""
    row: dict[str, object] = {
        "id": "a1",
        "source": "panel",
        "source_id": "box-1/1234",
        "state": state,
        "type": "theft",
        "priority": 2,
        "place": "taxi-stand",
        "text": "bag stolen",
        "parsed": True,
        "said_at": AT,
        "recorded_at": AT,
        "version": 1,
    }
    return AlarmRow.model_validate(row | fields)


def board(**tables: dict[str, object]) -> Mirror:
    """A board with only these rows."""
    names = Names(site={}, places={}, types={}, units={}, teams={}, agencies={}, priorities={})
    return Mirror(boot="b", n=1, at=AT, names=names, **tables)  # type: ignore[arg-type]  # rows by table


UNIT = UnitRow(id="P1", team="hall", agency="rail", state="AVAILABLE_MOBILE", version=1)
INCIDENT = IncidentRow(
    id="i1", no=1001, type="theft", priority=2, place="taxi-stand", summary="", state="PENDING",
    step="UNSENT", first_alarm_at=AT, version=1,
)  # fmt: skip


def test_a_steady_dispatcher_claims_then_decides_then_sends_then_closes() -> None:
    """Each board has one next move; nothing to do gives none; what was refused is not asked again."""
    claim = next_move(board(alarms={"a1": alarm()}), "zhang", set())
    assert claim == ask.Claim(alarm="a1", version=1)
    assert next_move(board(alarms={"a1": alarm()}), "zhang", {claim}) is None
    mine = alarm("CLAIMED", claimed_by="zhang")
    assert next_move(board(alarms={"a1": mine}), "zhang", set()) == ask.Promote(
        alarm="a1", type="theft", place="taxi-stand"
    )
    assert next_move(board(alarms={"a1": alarm("CLAIMED", claimed_by="li")}), "zhang", set()) is None
    pending = board(incidents={"i1": INCIDENT}, units={"P1": UNIT})
    assert next_move(pending, "zhang", set()) == ask.Dispatch(incident="i1", units=("P1",))
    work = AssignmentRow(id="w", incident="i1", unit="P1", state="CLEARED", stamps={}, version=1)
    done = board(incidents={"i1": INCIDENT.model_copy(update={"state": "ACTIVE"})}, assignments={"w": work})
    assert isinstance(next_move(done, "zhang", set()), ask.Close)


def test_a_second_alarm_of_the_same_thing_joins_its_incident() -> None:
    """Same type and place as an open incident: linked, not a second incident."""
    mine = alarm("CLAIMED", claimed_by="zhang")

    move = next_move(board(alarms={"a1": mine}, incidents={"i1": INCIDENT}), "zhang", set())

    assert move == ask.LinkAlarm(alarm="a1", incident="i1", kind="supplement")
