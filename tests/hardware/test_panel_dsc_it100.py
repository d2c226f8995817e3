"""IT-100 lines, after the layouts of the developer's guide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.panels.asking import State, asking_of
from hardware.panels.dsc_it100.encode import label, line
from hardware.panels.registry import codec
from tests.support.panel_wire import MILLION, records_of, singly

PARTITION = st.integers(1, 8).map(str)
ZONE = st.integers(1, 128).map("{:03}".format)
USER = st.integers(0, 9999).map("{:04}".format)
LINES = st.one_of(
    st.builds(lambda code, p, z: line(code, p + z), st.sampled_from(["601", "602", "603"]), PARTITION, ZONE),
    st.builds(line, st.sampled_from(["605", "609", "610"]), ZONE),
    st.builds(lambda code, p, u: line(code, p + u), st.sampled_from(["700", "750"]), PARTITION, USER),
    st.builds(line, st.sampled_from(["650", "654", "840"]), PARTITION),
    st.sampled_from([line("621"), line("802"), line("500", "000")]),
)


@pytest.mark.parametrize(
    ("frame", "kind", "code", "qualifier", "partition", "zone", "user"),
    [
        (line("601", "1007"), "event", "601", "new", "1", "007", None),
        (line("604", "3012"), "event", "604", "restore", "3", "012", None),
        (line("610", "064"), "event", "610", "restore", None, "064", None),
        (line("654", "4"), "event", "654", "new", "4", None, None),
        (line("652", "11"), "event", "652", None, "1", None, None),
        (line("750", "20001"), "event", "750", None, "2", None, "0001"),
        (line("625"), "event", "625", "new", None, None, None),
        (line("803"), "event", "803", "restore", None, None, None),
        (line("500", "000"), "heartbeat", "500", None, None, None, None),
        (line("500", "001"), "text", "500", None, None, None, None),
        (line("001"), "text", "001", None, None, None, None),
        (line("699", "1"), "event", "699", None, None, None, None),
    ],
)
def test_every_layout_decodes(
    frame: bytes,
    kind: str,
    code: str,
    qualifier: str | None,
    partition: str | None,
    zone: str | None,
    user: str | None,
) -> None:
    """Fields stand where the command has them; nothing is ever answered."""
    (record,) = records_of("dsc_it100", frame)
    assert (record.kind, record.code, record.qualifier) == (kind, code, qualifier)
    assert (record.partition, record.zone, record.user) == (partition, zone, user)
    assert (record.check, record.reply, record.code_set, record.account) == ("ok", "none", None, None)


def test_a_label_is_text_without_padding() -> None:
    """Labels come padded to 32 characters."""
    (record,) = records_of("dsc_it100", label("003", "Back door"))
    assert (record.kind, record.text) == ("text", "Back door")


@pytest.mark.parametrize(
    ("frame", "check"),
    [(b"6541D1\r\n", "bad"), (line("601", "1"), "ok"), (b"650\r\n", "none"), (b"hello there\r\n", "none")],
)
def test_what_is_no_command_is_unparsed(frame: bytes, check: str) -> None:
    """A wrong sum, data that do not fit, a line too short, plain words: kept, and not answered."""
    (record,) = records_of("dsc_it100", frame)
    assert (record.kind, record.check, record.reply) == ("unparsed", check, "none")


@given(st.lists(st.tuples(st.binary(max_size=40), LINES), min_size=1, max_size=6))
def test_noise_loses_no_line_and_reads_do_not_matter(pairs: list[tuple[bytes, bytes]]) -> None:
    """Behind a line's end every line decodes, in order, read at once or byte by byte."""
    data = b"".join(noise + b"\r\n" + frame for noise, frame in pairs)
    at_once = records_of("dsc_it100", data)
    assert records_of("dsc_it100", *singly(data)) == at_once
    sound = iter(record.raw for record in at_once if record.kind != "unparsed")
    assert all(frame[:-2].hex() in sound for _, frame in pairs)


@given(LINES, st.integers(0, 8), st.integers(1, 9))
def test_a_wrong_digit_is_never_an_event(frame: bytes, place: int, change: int) -> None:
    """The sum finds every single wrong digit of the command and its data."""
    place %= len(frame) - len("KK\r\n")
    wrong = ord("0") + (frame[place] - ord("0") + change) % 10
    (record,) = records_of("dsc_it100", frame[:place] + bytes((wrong,)) + frame[place + 1 :])
    assert (record.kind, record.check) == ("unparsed", "bad")


@pytest.mark.slow
def test_a_million_random_bytes_are_no_event() -> None:
    """Noise is kept as unparsed and invents nothing."""
    assert {record.kind for record in records_of("dsc_it100", MILLION)} == {"unparsed"}


def test_the_module_is_asked_for_its_state_and_polled() -> None:
    """001 after an opening, 000 every half minute of silence."""
    asking = asking_of(codec("dsc_it100"))
    assert asking.start == line("001")
    assert asking.poll is not None
    assert (asking.poll.quiet_s, asking.poll.question) == (30.0, line("000"))


@pytest.mark.parametrize(
    ("frame", "state"),
    [
        (line("654", "2"), State("alarm 2/-", "654")),
        (line("655", "2"), State("alarm 2/-", "")),
        (line("601", "2033"), State("601 2/033", "601")),
        (line("602", "2033"), State("601 2/033", "")),
        (line("803"), State("802 -/-", "")),
        (line("625"), None),
        (line("700", "20042"), None),
        (line("500", "001"), None),
    ],
)
def test_states_are_told_from_happenings(frame: bytes, state: State | None) -> None:
    """An alarm lasts until its end is said; a key pressed or a code entered does not last."""
    (record,) = records_of("dsc_it100", frame)
    assert asking_of(codec("dsc_it100")).state(record) == state
