"""Five-tone selective calling: exactly five digits, in the site's system, or nothing."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from hardware.signalling.five_tone_tables import FiveToneTable, five_tone_tables
from hardware.signalling.settings import SignallingSettings
from hardware.simulators.signalling import FiveTones, sound_of
from tests.support.calls import heard, ids, silence

TABLES = five_tone_tables()
PUBLISHED = Path(__file__).resolve().parents[2] / ".." / "shared" / "audio" / "signalling_tables.json"
OWN = FiveToneTable(digits=(500, 560, 630, 710, 800, 900, 1010, 1140, 1290, 1450), repeat=1640, tone_ms=60)


def digits(count: int = 5) -> st.SearchStrategy[str]:
    """Ids, half of them with the same digit again and again."""
    return st.text("0123456789", min_size=count, max_size=count) | st.text(
        "77789", min_size=count, max_size=count
    )


@pytest.mark.slow
@pytest.mark.parametrize("system", TABLES)
@settings(max_examples=40)
@given(digits(), st.floats(0, 300), st.floats(0, 700))
def test_every_id_of_every_system_is_read_back(system: str, id_: str, lead: float, first: float) -> None:
    """Alone in use, wherever it begins, and however long the first tone is."""
    alone = SignallingSettings(five_tone=(system,), dtmf=False, mdc1200=False, two_tone=False)
    burst = FiveTones(id_, TABLES[system], first)
    [call] = heard(np.concatenate((silence(lead), sound_of(burst))), alone)
    assert (call.kind, call.id, call.meaning) == (system, id_, "ptt-id")
    assert call.position == pytest.approx(16 * lead, abs=240)


@pytest.mark.slow
@pytest.mark.parametrize("system", ["zvei1", "zvei2", "ccir", "eea", "eia"])
@settings(max_examples=40)
@given(digits())
def test_with_everything_on_no_id_is_taken_for_another(system: str, id_: str) -> None:
    """ZVEI1 and ZVEI2 send most ids alike; the digits are right whichever it is called."""
    [(kind, found)] = ids(sound_of(FiveTones(id_, TABLES[system])))
    assert found == id_
    assert kind == system or (system == "zvei2" and kind == "zvei1")


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 7, 10])
def test_only_five_tones_are_an_id(count: int) -> None:
    """Neither a shorter nor a longer row of digits."""
    assert ids(sound_of(FiveTones("1234567890"[:count], TABLES["zvei1"]))) == []


@pytest.mark.parametrize("lost", range(5))
def test_a_lost_tone_is_no_id(lost: int) -> None:
    """Four tones with a hole are not a shorter id, and not the neighbour's."""
    sound = sound_of(FiveTones("12345", TABLES["zvei1"]))
    sound[1120 * lost : 1120 * (lost + 1)] = 0
    assert ids(sound) == []


def test_tones_may_be_off_by_what_radios_are_off() -> None:
    """1.5 % is within the standard; 4 % is another system or none."""
    for share, expected in ((1.015, [("site", "12345")]), (0.985, [("site", "12345")]), (1.04, [])):
        off = OWN.model_copy(update={"digits": tuple(hz * share for hz in OWN.digits)})
        only = SignallingSettings(five_tone=(), five_tone_table=OWN)
        assert ids(sound_of(FiveTones("12345", off)), only) == expected


def test_a_site_may_have_its_own_table() -> None:
    """It is read beside the published systems, repeat tone and all."""
    with_own = SignallingSettings(five_tone_table=OWN)
    assert ids(sound_of(FiveTones("11223", OWN)), with_own) == [("site", "11223")]
    assert ids(sound_of(FiveTones("11223", TABLES["ccir"])), with_own) == [("ccir", "11223")]


def test_systems_that_cannot_be_told_apart_are_refused_together() -> None:
    """The tones of a DZVEI radio are another radio's id in ZVEI1."""
    with pytest.raises(ValidationError, match="zvei1 and dzvei give the same tones different digits"):
        SignallingSettings(five_tone=("zvei1", "dzvei"))
    with pytest.raises(ValidationError, match="site and ccir"):
        SignallingSettings(five_tone_table=OWN.model_copy(update={"tone_ms": 100.0}))


def test_a_table_whose_tones_are_too_near_is_refused() -> None:
    """Nobody could tell them apart under noise."""
    with pytest.raises(ValidationError, match="500 Hz and 510 Hz are less than 4 % apart"):
        FiveToneTable(digits=(500, 510, *OWN.digits[2:]), repeat=1640, tone_ms=60)


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the shared tables are not beside this clone")
def test_the_tables_are_the_published_ones() -> None:
    """Digits, repeat tones and lengths, of every system but the site's own."""
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    lengths = published["selcall_timing_ms"]
    for name, table in TABLES.items():
        tones = published["selcall_hz"][name.upper()]
        assert table.digits == tuple(tones[digit] for digit in "0123456789")
        assert table.repeat == tones["E"]
        assert table.tone_ms == lengths["ZVEI" if "zvei" in name else name.upper()]["tone"]
