"""A whole shift in a real terminal, by keyboard alone; broker, centre and console are programs."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from bus.messages.board import Tables
from intake.settings import IntakeSettings
from intake.verify import verify
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.real_terminal import RealTerminal, centre_program, needs_tmux
from tests.support.spoken import spoken
from tui.words import LANGUAGES, Language

pytestmark = [pytest.mark.slow, needs_tmux]

UNREAD = " * "

CALL = "there is a theft in waiting hall a, a man in a red jacket"
HEARD = "There is a theft in waiting hall"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_whole_shift_by_keyboard_alone(
    tmp_path: Path, mosquitto: Mosquitto, language: Language
) -> None:
    """Signing in, a button, a call by radio and one by phone, a search, the other agency, the next shift."""
    pytest.importorskip("moonshine_voice", reason="moonshine is not installed")
    async with centre_in(tmp_path, mosquitto.port) as centre:
        centre.settings = _of_two_agencies(centre.settings)
        call = asyncio.create_task(asyncio.to_thread(spoken, CALL))
        with centre_program(centre.settings, tmp_path), contextlib.ExitStack() as room:
            zhang, guest, li = (
                RealTerminal(centre.settings, tmp_path, login, language=language)
                for login in ("zhang", "guest", "li")
            )
            room.enter_context(zhang).signs_in()
            box = await centre.box()
            await box.say("ready")
            await box.send(box.signal())
            _a_button_is_pressed(zhang)
            await box.over(await call)
            room.enter_context(guest)
            room.enter_context(li)
            _the_button_is_done_with(zhang)
            _somebody_calls(zhang)
            _somebody_phones(zhang)
            _what_was_said(zhang)
            _for_the_other_agency(zhang, guest)
            _goes(zhang)
            li.signs_in()
            _comes(li)
            _as_it_should_be(await _left_behind(centre))
        assert verify(centre.settings.centre.journal).ok


def _of_two_agencies(settings: IntakeSettings) -> IntakeSettings:
    """Guest sits at the local police, and the channel is written down in English."""
    guest = {"role": "dispatcher", "agency": "local"}
    operators = tuple(
        one.model_copy(update=guest) if one.login == "guest" else one for one in settings.operator
    )
    speech = settings.speech.model_copy(update={"language": "en", "engine": "moonshine"})
    return settings.model_copy(update={"operator": operators, "speech": speech})


def _a_button_is_pressed(at: RealTerminal) -> None:
    """The best two units are sent in four keystrokes and a digit, and do their work."""
    at.sees(at.words("source.panel"))
    at.press("F9")
    at.done()
    at.sees("r1")
    at.does("r1 2", "R1", "R2")
    at.does("s r1", "R1")
    at.does("o r1", "R1")
    at.does("n 1001 caller is at window 3", "1001")
    at.sees("caller is at window 3")
    _a_toast_leaves_the_line_free(at)


def _the_button_is_done_with(at: RealTerminal) -> None:
    """While somebody speaks on the channel."""
    at.does("x r2 not needed", "R2")
    at.does("s r2", "R2")
    at.does("c r1 suspect held", "R1")
    at.does("close 1001 suspect held", "1001")


def _a_toast_leaves_the_line_free(at: RealTerminal) -> None:
    """What Enter would do, or did, is read in the lowest three lines."""
    told = at.words("listen.nothing")
    at.press("C-p")
    at.sees(told)
    assert told not in "".join(at.picture.splitlines()[-3:])


def _somebody_calls(at: RealTerminal) -> None:
    """A spoken alarm becomes an incident, undone and done again, put off, taken up in the other language."""
    at.sees(at.words("header.alarms", n=1))
    at.press("F9")
    at.done()
    at.does("p theft")
    at.press("C-z")
    at.sees(at.words("what.action.undone"))
    at.does("p theft")
    at.does("h 1003 20m waiting for interpreter", "1003")
    at.speaks_the_other()
    at.does("release 1003", "1003")
    at.speaks_the_other()


def _somebody_phones(at: RealTerminal) -> None:
    """A typed alarm comes to nothing."""
    at.press("C-n")
    at.type("phone lost red bag waiting hall a")
    at.sees(at.words("line.ready").strip())
    at.press("Enter")
    at.done()
    at.press("F9")
    at.done()
    at.does("dismiss . nuisance")


def _what_was_said(at: RealTerminal) -> None:
    """The history holds the one over and its words, of yesterday none; what was typed on is for the board."""
    at.press("F4")
    at.sees(at.words("history.found", n=1), HEARD)
    at.press("Escape")
    at.type("find on:yesterday")
    at.press("Enter")
    at.sees(at.words("history.found", n=0))
    at.press("Escape")


def _for_the_other_agency(at: RealTerminal, other: RealTerminal) -> None:
    """The square is theirs: they take it, and both see who leads."""
    at.does("offer 1003 local on the square", "1003")
    at.sees(">loc")
    other.signs_in()
    other.sees(">loc")
    other.does("take 1003", "1003")
    at.lacks(">loc")


def _goes(at: RealTerminal) -> None:
    """The one who goes leaves a note, signs, and signs out."""
    at.press("F7")
    at.sees(at.words("brief.none"))
    at.press("o")
    at.sees(at.words("brief.kind_units"))
    at.press("n")
    at.type("so the key is with li")
    at.press("Enter")
    at.sees(at.words("brief.kind_note"), "so the key is with li")
    at.press("s")
    at.lacks(at.words("brief.not_yet", who="zhang"))
    at.leaves()


def _comes(at: RealTerminal) -> None:
    """The one who comes reads every line, signs, and signs out."""
    at.press("F7")
    at.sees(at.words("brief.kind_units"))
    while unread := at.picture.count(UNREAD):
        at.press("Enter")
        at.comes_to(lambda unread=unread: at.picture.count(UNREAD) < unread)  # type: ignore[misc]
    at.press("s")
    at.sees(at.words("brief.none"))
    at.leaves()


async def _left_behind(centre: CentreAtWork) -> Tables:
    return (await (await centre.console("desk-0", "chief")).snapshot()).tables


def _as_it_should_be(tables: Tables) -> None:
    """What the centre has of all this."""
    (handover,) = tables.handovers
    assert handover.responsible == ("li",)
    (incident,) = tables.incidents
    assert (incident.lead, incident.offer) == ("local", None)
    assert not tables.assignments
