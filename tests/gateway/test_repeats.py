from datetime import UTC, datetime, timedelta

import pytest

from gateway.line.repeats import MAYBE_S, Moment, Seen, Verdict, judge, remember

START = datetime(2026, 3, 1, 14, 0, tzinfo=UTC)
FRAME = "35303131"


def at(seconds: float, *, boot: str = "boot-1", wall: float | None = None) -> Moment:
    """A moment `seconds` after the start, with a wall clock that may say something else."""
    shown = START + timedelta(seconds=seconds if wall is None else wall)
    return Moment(at=shown, monotonic=1000 + seconds, boot=boot)


SEEN = (Seen(raw=FRAME, ids=("a", "b"), when=at(0)),)


@pytest.mark.parametrize(
    ("raw", "now", "verdict"),
    [
        pytest.param("00", at(1), Verdict(), id="other bytes"),
        pytest.param(FRAME, at(39.9), Verdict(repeat_of=("a", "b")), id="within the window"),
        pytest.param(FRAME, at(40.1), Verdict(maybe_repeat=True), id="after the window"),
        pytest.param(FRAME, at(MAYBE_S + 1), Verdict(), id="half a day later"),
        pytest.param(FRAME, at(5, wall=-3600), Verdict(repeat_of=("a", "b")), id="wall clock set back"),
        pytest.param(FRAME, at(300, wall=5), Verdict(maybe_repeat=True), id="wall clock slowed"),
        pytest.param(FRAME, at(-900, boot="boot-2", wall=10), Verdict(repeat_of=("a", "b")), id="restarted"),
        pytest.param(FRAME, at(0, boot="boot-2", wall=60), Verdict(maybe_repeat=True), id="restarted late"),
        pytest.param(
            FRAME,
            at(5, boot="boot-2", wall=-3600),
            Verdict(maybe_repeat=True),
            id="restarted, clock set back",
        ),
    ],
)
def test_what_a_frame_is(raw: str, now: Moment, verdict: Verdict) -> None:
    """Within one boot the steady clock decides, after a restart the wall; set back, nobody."""
    assert judge(SEEN, raw, now) == verdict


def test_the_newest_copy_counts() -> None:
    """A frame that came back as new opens a window of its own: nothing is hidden for longer than that."""
    seen = remember(SEEN, Seen(raw=FRAME, ids=("c",), when=at(100)))

    assert judge(seen, FRAME, at(120)) == Verdict(repeat_of=("c",))
    assert len(seen) == 1


def test_the_memory_is_bounded() -> None:
    """A line that says ever new things fills no disk."""
    seen: tuple[Seen, ...] = ()
    for i in range(1000):
        seen = remember(seen, Seen(raw=f"{i:04x}", ids=(str(i),), when=at(i)))

    assert len(seen) == 64
    assert seen[-1].ids == ("999",)
