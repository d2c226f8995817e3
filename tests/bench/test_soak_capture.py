"""The soak of the sound card, in short: python -m tests.bench.soak_capture runs it for as long as wanted."""

from pathlib import Path

import numpy as np
import pytest

from hardware.audio.format import SAMPLE_RATE
from tests.bench.soak_capture import soak
from tests.support.known_sound import Account, account, period_of
from tests.support.sound_server import what_is_missing


@pytest.mark.slow
async def test_every_sample_is_accounted_for_and_a_lost_card_comes_back(
    tmp_path: Path,
) -> None:
    """What is played is heard or its loss is counted; a killed sound server costs one over's end."""
    pytest.importorskip("pyaudio", reason="PyAudio is not installed")
    if missing := what_is_missing():
        pytest.skip(missing)
    figures = await soak(tmp_path, 12.0, 3.0, lambda _: None)
    assert figures.account.whole >= 1
    assert figures.account.missing == 0 or figures.overruns
    assert figures.overs >= 1
    assert figures.ends[0] == "device_lost"
    assert [told.partition(":")[0] for told in figures.told] == ["line_fault", "line_restored"]
    assert figures.loss_noticed_after < 5


def test_the_account_finds_what_is_missing_and_what_was_put_in() -> None:
    """Of a capture that begins anywhere: 100 samples cut out and 250 zeros put in are found as such."""
    period = period_of(3.0)
    played = np.concatenate([period] * 7)
    cut, put = int(3.8 * len(period)), int(5.2 * len(period))
    heard = np.concatenate((played[777:cut], played[cut + 100 : put], np.zeros(250, np.int16), played[put:]))
    assert account(heard, period) == Account(whole=3, changed=0, missing=100, inserted=250)
    spoilt = played.copy()
    spoilt[int(2.5 * SAMPLE_RATE)] += 1
    assert account(spoilt, period) == Account(whole=5, changed=1, missing=0, inserted=0)
