"""What the simulated panels say and answer, on a clock made of numbers."""

import pytest

from hardware.panels.alarmdecoder import encode as alarmdecoder
from hardware.panels.dsc_it100 import encode as it100
from hardware.panels.nx584 import encode as nx584
from hardware.panels.paradox_prt3 import encode as prt3
from hardware.simulators.panel_logic import PanelLogic

IN_ALARM = it100.line("654", "2")


def test_an_it100_says_things_once() -> None:
    """It waits for no answer and keeps nothing."""
    panel = PanelLogic("dsc_it100", 0.0)
    panel.offer(IN_ALARM, 0.0)
    assert panel.next_step_at(0.0) == 0.0
    assert panel.step(0.0) == IN_ALARM
    assert panel.step(100.0) is None
    assert panel.idle
    assert panel.next_step_at(100.0) is None


def test_an_it100_tells_its_state_when_asked() -> None:
    """After 001 comes what is still in alarm; what ended is not told."""
    panel = PanelLogic("dsc_it100", 0.0)
    panel.offer(IN_ALARM, 0.0)
    assert IN_ALARM in panel.hear(it100.line("001"), 1.0)
    panel.offer(it100.line("655", "2"), 2.0)
    assert IN_ALARM not in panel.hear(it100.line("001"), 3.0)
    assert panel.hear(it100.line("000"), 4.0) == it100.line("500", "000")
    assert panel.hear(b"00099\r\n", 5.0) == it100.line("501")
    assert [question.code for question in panel.questions] == ["001", "001", "000", "000"]


def test_an_nx_repeats_until_acknowledged() -> None:
    """Every three seconds, and the next message waits."""
    first, second = (nx584.frame(nx584.log_event(event, 7, 1)) for event in (0, 1))
    panel = PanelLogic("nx584", 0.0, repeat_s=3.0)
    panel.offer(first, 0.0)
    panel.offer(second, 0.0)
    assert panel.step(0.0) == first
    assert panel.step(2.9) is None
    assert panel.next_step_at(2.9) == 3.0
    assert panel.step(3.0) == first
    assert panel.hear(nx584.frame(nx584.POSITIVE_ACK), 3.1) == b""
    assert panel.step(3.1) == second
    assert panel.deliveries[0].acked_at == 3.1
    assert panel.deliveries[0].sent_at == (0.0, 3.0)


@pytest.mark.parametrize(
    ("protocol", "question", "answer"),
    [
        ("paradox_prt3", prt3.area_request(2), prt3.area_status(2)),
        ("nx584", nx584.frame(nx584.SYSTEM_STATUS_REQUEST), nx584.frame(nx584.system_status())),
        ("alarmdecoder", b"C\r", alarmdecoder.note("CONFIG>MODE=A&CONFIGBITS=ff05&ADDRESS=18")),
    ],
)
def test_questions_are_answered(protocol: str, question: bytes, answer: bytes) -> None:
    """Read in halves or whole, each question has its answer."""
    panel = PanelLogic(protocol, 0.0)
    assert panel.hear(question[:2], 0.0) + panel.hear(question[2:], 0.0) == answer
