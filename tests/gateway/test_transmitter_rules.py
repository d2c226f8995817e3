"""When a transmitter may be keyed, whatever is asked of it and in whatever order."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.transmitter.decide import decide, due
from gateway.transmitter.state import GRACE_S, HOUR_S, IDLE_S, Limits, Spoken, Transmitter
from gateway.transmitter.words import (
    FINALS,
    Asked,
    Carrier,
    CarrierIs,
    Effect,
    Failed,
    Happened,
    Inhibit,
    Key,
    Made,
    Make,
    Played,
    Tell,
    TimePassed,
    Unkey,
)

LONG_AGO = 1_000.0


@dataclass
class Desk:
    """A transmitter told what happens, the clock stopping wherever the transmitter asked to be woken."""

    state: Transmitter = field(default_factory=lambda: Transmitter(carrier="idle"))
    now: float = LONG_AGO
    done: list[tuple[float, Effect]] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)

    def tell(self, happened: Happened) -> None:
        """Something happens now."""
        if isinstance(happened, Asked):
            self.asked.setdefault(happened.id, happened)
        self.state, effects = decide(self.state, happened, self.now)
        self.done += [(self.now, effect) for effect in effects]
        for effect in effects:
            if isinstance(effect, Key):
                self._is_right(self.asked[effect.id])

    def _is_right(self, keyed: Asked) -> None:
        """Nobody is talked over but where that is allowed; not late, not muted."""
        carrier, over = self.state.carrier, self.state.limits.talk_over and keyed.priority == 0
        assert carrier == "idle" or (carrier == "busy" and over)
        assert self.now < keyed.until
        assert not self.state.inhibited

    def wait(self, seconds: float) -> None:
        """Time passes."""
        end = self.now + seconds
        while (moment := due(self.state)) is not None and moment <= end:
            self.now = max(self.now, moment)
            before = self.state
            self.tell(TimePassed())
            assert self.state != before, "woken for nothing: it would be woken for ever"
        self.now = end

    def ask(self, request: str, *, seconds: float = 3.0, limit: float = 60.0, priority: int = 2) -> None:
        """Somebody is to be heard, and the sound is made at once."""
        self.tell(Asked(request, priority, self.now + limit))
        self.tell(Made(request, seconds))

    def told(self, request: str) -> list[tuple[str, str | None]]:
        """What the one who asked was told."""
        tells = [effect for _, effect in self.done if isinstance(effect, Tell) and effect.id == request]
        return [(tell.state, tell.reason) for tell in tells]


def test_on_a_free_channel_a_request_is_spoken_at_once() -> None:
    """Accepted, made, keyed, done, and the seconds it took."""
    desk = Desk()
    desk.ask("one")
    desk.wait(3)
    desk.tell(Played("one"))
    assert [effect for _, effect in desk.done] == [
        Tell("one", "accepted"),
        Make("one"),
        Key("one"),
        Tell("one", "keyed"),
        Unkey("one"),
        Tell("one", "done", None, 3.0),
    ]


def test_while_somebody_talks_it_waits_and_then_a_moment_more() -> None:
    """It is keyed 300 ms and its random moment after the channel is free, not before."""
    desk = Desk()
    desk.tell(CarrierIs("busy"))
    desk.ask("one")
    desk.wait(10)
    assert desk.told("one") == [("accepted", None), ("waiting", "busy")]
    desk.tell(CarrierIs("idle", 0.25))
    free = desk.now
    desk.wait(5)
    assert [at for at, effect in desk.done if isinstance(effect, Key)] == [free + IDLE_S + 0.25]


def test_what_still_waits_at_its_time_limit_has_expired() -> None:
    """It is never keyed, not even when the channel is free a moment later."""
    desk = Desk()
    desk.tell(CarrierIs("busy"))
    desk.ask("one", limit=30)
    desk.wait(31)
    desk.tell(CarrierIs("idle"))
    desk.wait(60)
    assert desk.told("one") == [("accepted", None), ("waiting", "busy"), ("expired", "busy")]
    assert not any(isinstance(effect, Key) for _, effect in desk.done)


def test_the_same_request_is_never_spoken_twice() -> None:
    """A broker may deliver it again; it then changes nothing."""
    desk = Desk()
    desk.ask("one")
    desk.tell(Played("one"))
    before = list(desk.done)
    desk.wait(5)
    desk.ask("one")
    assert desk.done == before


def test_refused_with_the_reason() -> None:
    """Too long, too late, a limit too far off, a stuck carrier, a mute, no voice."""
    desk = Desk()
    desk.ask("long", seconds=20.1)
    desk.tell(Asked("late", 2, desk.now))
    desk.tell(Asked("far", 2, desk.now + 121))
    desk.tell(Asked("voiceless", 2, desk.now + 60))
    desk.tell(Failed("voiceless", "no_voice"))
    desk.tell(CarrierIs("stuck"))
    desk.ask("stuck")
    desk.tell(Inhibit(on=True))
    desk.ask("muted")
    last = {name: desk.told(name)[-1] for name in ("long", "late", "far", "voiceless", "stuck", "muted")}
    assert last == {
        "long": ("refused", "too_long"),
        "late": ("expired", "late"),
        "far": ("refused", "far_off"),
        "voiceless": ("refused", "no_voice"),
        "stuck": ("refused", "stuck"),
        "muted": ("refused", "inhibited"),
    }


def test_a_mute_ends_what_is_on_the_air() -> None:
    """The channel is let go in the same turn."""
    desk = Desk()
    desk.ask("one")
    desk.wait(1)
    desk.tell(Inhibit(on=True))
    assert [effect for _, effect in desk.done[-2:]] == [
        Unkey("one"),
        Tell("one", "aborted", "inhibited", 1.0),
    ]


def test_only_ten_minutes_an_hour() -> None:
    """What would go beyond is refused until the hour has passed."""
    spoken = (*(Spoken(LONG_AGO - 503 + 20 * i, 19.9) for i in range(25)), Spoken(LONG_AGO - 3, 102.4))
    desk = Desk(Transmitter(carrier="idle", spoken=spoken))
    desk.ask("more", seconds=0.2)
    assert desk.told("more")[-1] == ("refused", "duty")
    desk.wait(HOUR_S)
    desk.ask("later", seconds=0.2)
    assert desk.told("later")[-1] == ("keyed", None)


def test_only_priority_0_talks_over_and_only_where_the_site_lets_it() -> None:
    """Everybody else waits."""
    for allowed, priority, keyed in ((True, 0, True), (True, 1, False), (False, 0, False)):
        desk = Desk(Transmitter(Limits(talk_over=allowed), carrier="busy"))
        desk.ask("one", priority=priority)
        assert any(isinstance(effect, Key) for _, effect in desk.done) is keyed


_CARRIERS: tuple[Carrier, ...] = ("idle", "idle", "busy", "busy", "stuck", "dead")
_names = st.sampled_from("abcdef")
_steps = st.one_of(
    st.builds(Asked, _names, st.integers(0, 4), st.floats(-5, 130)),
    st.builds(Made, _names, st.floats(0.5, 21)),
    st.builds(Played, _names),
    st.builds(Failed, _names, st.just("keying")),
    st.builds(CarrierIs, st.sampled_from(_CARRIERS), st.floats(0, 0.4)),
    st.builds(Inhibit, st.booleans()),
    st.floats(0, 40),
)


@given(st.lists(_steps, max_size=40), st.booleans())
@settings(max_examples=100, deadline=None)
def test_whatever_happens(steps: list[Happened | float], talk_over: bool) -> None:  # noqa: FBT001 - drawn
    """Never keyed on others, late, too long, muted or two at once; each request ends exactly once."""
    limits = Limits(talk_over=talk_over, duty_s=60.0)
    desk = Desk(Transmitter(limits, carrier="idle"))
    for step in steps:
        if isinstance(step, float):
            desk.wait(step)
            continue
        happened = Asked(step.id, step.priority, desk.now + step.until) if isinstance(step, Asked) else step
        desk.tell(happened)
    desk.wait(200)
    _ended_once(desk)
    _never_too_long(desk, limits)


def _ended_once(desk: Desk) -> None:
    for request in desk.asked:
        states = [state for state, _ in desk.told(request)]
        assert [state in FINALS for state in states] == [False] * (len(states) - 1) + [True]
        assert states.count("keyed") <= 1


def _never_too_long(desk: Desk, limits: Limits) -> None:
    keyed: tuple[str, float] | None = None
    ended, total = -limits.gap_s, 0.0
    for at, effect in desk.done:
        if isinstance(effect, Key):
            assert keyed is None
            assert at >= ended + limits.gap_s
            keyed = effect.id, at
        elif isinstance(effect, Unkey):
            assert keyed is not None
            assert keyed[0] == effect.id
            assert at - keyed[1] <= limits.max_s + GRACE_S + 1e-6
            total, keyed, ended = total + at - keyed[1], None, at
    assert keyed is None
    assert total <= limits.duty_s + limits.max_s + GRACE_S
