"""The score of a pair: each term of the domain page's table, and what holds of every pair."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.correlation.candidates import PER_KEY, entered, found, keys_near, keys_of, left
from intake.correlation.distance import metres
from intake.correlation.report import Report
from intake.correlation.rules import Rules
from intake.correlation.score import likeness
from intake.correlation.words import contradicting, marks, shared
from intake.dispatch.state import State

START = datetime(2026, 3, 1, 10, tzinfo=UTC)
RULES = Rules(
    within=MappingProxyType({"window-3": "office"}),
    located=MappingProxyType({"gate": (29.0, 120.0), "near": (29.0, 120.001), "far": (29.0, 120.0025)}),
    institutions=frozenset({"clinic"}),
)


def said(id_: str = "a", **fields: Any) -> Report:  # noqa: ANN401  a report's
    """A radio report, `after` minutes."""
    at = START + timedelta(minutes=fields.pop("after", 0))
    usual: dict[str, Any] = {"source": "radio", "at": at}
    return Report(id=id_, **usual | fields)


def terms(one: Report, other: Report, rules: Rules = RULES) -> dict[str, int]:
    """Code → points."""
    return {reason.code: reason.points for reason in likeness(one, other, rules).reasons}


ZONE = {"source": "panel", "account": "box1/1234", "zone": "1", "place": "office"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ZONE, ZONE, {"same-zone": 90}),
        (ZONE | {"restored_at": START}, ZONE, {"same-zone-restored": 65}),
        (ZONE, ZONE | {"zone": "2"}, {"other-zone": 60}),
        ({"radio": "1a2b"}, {"radio": "1a2b"}, {"same-radio": 50}),
        ({"place": "office"}, {"place": "office"}, {"same-place": 40}),
        ({"place": "office"}, {"place": "window-3"}, {"place-within": 40}),
        ({"place": "gate"}, {"place": "near"}, {"metres-apart": 25}),
        ({"place": "gate"}, {"place": "far"}, {"metres-apart": 10}),
        ({"place": "office"}, {"place": "gate"}, {}),
        ({"type": "fire"}, {"type": "fire"}, {"same-type": 20}),
        ({"type": "fight"}, {"type": "medical"}, {"kin-type": 15}),
        ({"type": "fire"}, {"type": "facility-fault", "text": "burnt smell"}, {"smoke-or-heat": 15}),
        ({"type": "fight"}, {"type": "suspicious-item"}, {}),
        ({"type": "fight"}, {"type": "lost-property"}, {"other-matter": -40}),
        ({"text": "red jacket"}, {"text": "穿红色外套"}, {"shared-words": 10}),
        ({"text": "carriage seven, red coat"}, {"text": "7号车厢 红衣"}, {"shared-words": 20}),
        ({"text": "carriage 3"}, {"text": "11号车厢"}, {"contradicting-words": -30}),
        ({"place": "clinic"}, {"place": "clinic"}, {"institution": 0}),
        (ZONE | {"place": "clinic"}, ZONE | {"place": "clinic", "zone": "2"}, {"institution": 0}),
        (ZONE | {"place": "clinic"}, ZONE | {"place": "clinic"}, {"same-zone": 90}),
    ],
)
def test_each_term_has_the_points_of_the_table(
    one: dict[str, object], other: dict[str, object], expected: dict[str, int]
) -> None:
    """Two reports of one moment: what they share, beside the time, is worth what the domain page says."""
    assert terms(said("a", **one), said("b", **other)) == expected | {"minutes-apart": 20}


@pytest.mark.parametrize(("minutes", "points"), [(5, 20), (5.1, 15), (10, 15), (10.1, 5), (30, 5), (30.1, 0)])
def test_time_apart_counts_in_steps(minutes: float, points: int) -> None:
    """At most 5, 10 and 30 minutes, both ends included; later it says nothing."""
    assert terms(said(), said("b", after=minutes)).get("minutes-apart", 0) == points


def test_another_zone_and_the_same_radio_count_for_ten_minutes() -> None:
    """After that they are no evidence: the panel's place stands for itself again."""
    late = terms(said(**ZONE), said("b", after=11, **ZONE | {"zone": "2"}))
    assert (late.get("other-zone"), late["same-place"]) == (None, 40)
    assert "same-radio" not in terms(said(radio="1"), said("b", after=11, radio="1"))


@pytest.mark.parametrize(
    ("other", "agrees"),
    [
        ({"place": "window-3", "type": "fire"}, True),
        ({"place": "window-3", "type": "medical"}, True),
        ({"place": "window-3", "type": "fraud"}, False),
        ({"place": "gate", "type": "fire"}, False),
        ({"place": "window-3", "type": "fire", "after": 11}, False),
        (ZONE | {"type": "fire", "zone": "2"}, False),
    ],
)
def test_a_panel_and_people_agree_about_one_place_within_ten_minutes(
    other: dict[str, object], *, agrees: bool
) -> None:
    """And only of a matter that fits; two panels are no second witness."""
    panel = said(type="fire", **ZONE)
    assert likeness(panel, said("b", **other), RULES).across_sources is agrees


IDS = st.none() | st.sampled_from(["1", "2"])
REPORTS = st.builds(
    Report,
    id=st.sampled_from(["a", "b", "c"]),
    source=st.sampled_from(["panel", "radio", "manual", "system"]),
    at=st.integers(0, 120).map(lambda minutes: START + timedelta(minutes=minutes)),
    type=st.none() | st.sampled_from(["fire", "fight", "medical", "theft", "facility-fault", "system"]),
    place=st.none() | st.sampled_from(["office", "window-3", "gate", "near", "clinic"]),
    account=st.none() | st.just("box1/1234"),
    zone=IDS,
    radio=IDS,
    text=st.text(alphabet="red jacket 红外套carriage37浙g12345man", max_size=40),
    restored_at=st.none() | st.just(START),
)


@given(one=REPORTS, other=REPORTS)
def test_every_score_is_symmetric_bounded_and_the_sum_of_its_reasons(one: Report, other: Report) -> None:
    """Whoever came first in the call; asked twice, the same; and no pair is beyond what the terms allow."""
    other = replace(other, id="z")
    found_ = likeness(one, other, RULES)
    assert likeness(other, one, RULES) == found_ == likeness(one, other, RULES)
    assert found_.score == sum(reason.points for reason in found_.reasons)
    assert -70 <= found_.score <= 90 + 50 + 20 + 20 + 20


POINTS_OF_EARTH = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(one=POINTS_OF_EARTH, other=POINTS_OF_EARTH)
def test_distance_is_symmetric_and_never_negative(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    """And no two points are further apart than half the earth's girth."""
    assert 0 <= metres(one, other) <= 20_037_509
    assert metres(one, other) == pytest.approx(metres(other, one), abs=1e-3)


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_has_marks(text: str) -> None:
    """Nothing anybody says or sends makes it fail, and a text agrees with itself."""
    found_ = marks(text)
    assert contradicting(found_, found_, frozenset(found_)) == {}
    assert shared(found_, found_).keys() == found_.keys() - {"person"}


def test_a_key_keeps_its_newest_few() -> None:
    """However many reports one place has, a new one is compared with so many and no more."""
    index = State().reports
    for n in range(3 * PER_KEY):
        index = entered(index, ["place:office"], f"a{n}")
    assert found(index, ["place:office"]) == tuple(f"a{n}" for n in reversed(range(2 * PER_KEY, 3 * PER_KEY)))
    assert f"a{2 * PER_KEY}" not in found(left(index, ["place:office"], f"a{2 * PER_KEY}"), ["place:office"])


def test_a_report_is_looked_for_where_it_may_be_found() -> None:
    """Under the larger place, at places near enough, by account and radio; an institution is no place."""
    report = said(place="window-3", radio="1", account="box1/1234")
    assert set(keys_of(report, RULES)) == {"place:office", "radio:1", "account:box1/1234"}
    assert set(keys_near(said(place="gate"), RULES)) == {"place:gate", "place:near", "place:far"}
    assert list(keys_of(said(place="clinic"), RULES)) == []
