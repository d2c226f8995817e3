"""The desk: who may ask, what they are told, and that a request is carried out once."""

import asyncio
import gc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bus.ids import new_id
from bus.link import Outbound
from bus.messages.verbs import ARGUMENTS
from intake.journal import Journal
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.small_box import SmallBox
from tests.support.small_console import PASSWORD, SmallConsole

pytestmark = pytest.mark.slow


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre, not started yet."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        yield made


@pytest.fixture
async def desk(centre: CentreAtWork) -> AsyncIterator[SmallConsole]:
    """Zhang's console at a running centre."""
    async with centre.run():
        yield await centre.console()


async def an_alarm(box: SmallBox, console: SmallConsole) -> str:
    """One panel alarm on the console's board."""
    sent = await box.send(box.signal())
    await console.shows(lambda shown: sent in shown.alarms)
    return sent


async def an_incident(console: SmallConsole) -> str:
    """One theft, opened by hand."""
    made: str = (await console.ask("new", type="theft", place="waiting-hall-a", summary="bag"))["incident"]
    return made


async def test_a_wrong_password_is_one_sentence_in_each_language(desk: SmallConsole) -> None:
    """It does not say which of the two is wrong, and a stranger hears the same."""
    wrong = await desk.refused("sign-in", login="zhang", password="wrong")  # noqa: S106 - wrong on purpose
    stranger = await desk.refused("sign-in", login="nobody", password=PASSWORD)

    assert wrong == stranger
    assert (wrong.code, wrong.en, wrong.zh) == ("login", "Login or password is wrong.", "用户名或密码错误。")


async def test_nobody_is_served_without_signing_in(centre: CentreAtWork) -> None:
    """Every verb but `sign-in` needs a session that this run of the centre gave."""
    async with centre.run():
        await centre.console()
        stranger = await centre.console("desk-9", login=None)
        for session in (None, "made-up"):
            stranger.session = session
            asked = {"snapshot": {}, "timeline": {"object_id": "x"}, "claim": {"alarm": "x"}, "undo": {}}
            for verb, args in asked.items():
                assert (await stranger.refused(verb, **args)).code == "session"


async def test_what_is_not_a_request_is_told_so(desk: SmallConsole) -> None:
    """An unknown verb and a wrong argument are sentences; the field is named."""
    verb = await desk.refused("launch")
    missing = await desk.refused("claim")
    absurd = await desk.refused("hold", incident="x", minutes=10**12, reason="y")
    priority = await desk.refused("priority", incident="x", priority=99, reason="y")

    assert verb.code == "verb"
    assert (missing.code, missing.field) == ("argument", "alarm")
    assert (absurd.code, absurd.field) == ("argument", "minutes")
    assert (priority.code, priority.field) == ("argument", "priority")


@pytest.mark.parametrize("payload", [b"", b"\xff", b'{"id": "x", "console": "+/#"}', b'{"v": 9, "id": "x"}'])
async def test_garbage_on_a_request_topic_harms_nobody(desk: SmallConsole, payload: bytes) -> None:
    """The next request is served as if nothing had been."""
    await desk.link.publish(Outbound(desk.topics.request("claim"), payload))

    assert (await desk.snapshot()).boot == desk.centre[-1].boot


async def test_an_observer_looks_and_does_not_touch(centre: CentreAtWork) -> None:
    """The role is kept by the centre: the board is shown, every change refused."""
    async with centre.run():
        guest = await centre.console("wall", login="guest")
        alarm = await an_alarm(await centre.box(), guest)

        assert (await guest.ask("timeline", object_id=alarm))["rows"]
        for verb, args in {
            "claim": {"alarm": alarm},
            "new": {"type": "theft", "place": "gate-1", "summary": ""},
            "report": {"alarm": new_id(), "text": "x"},
            "undo": {},
        }.items():
            assert (await guest.refused(verb, **args)).code == "role"


async def test_of_two_who_claim_one_wins_and_the_other_is_told_who(centre: CentreAtWork) -> None:
    """Both ask at once; both boards show the winner."""
    async with centre.run():
        zhang, li = await centre.console("desk-1"), await centre.console("desk-2", login="li")
        alarm = await an_alarm(await centre.box(), zhang)
        replies = await asyncio.gather(
            zhang.request("claim", zhang.asking(alarm=alarm)), li.request("claim", li.asking(alarm=alarm))
        )
        (lost,) = (reply.error for reply in replies if reply.error)
        winner = "zhang" if replies[0].error is None else "li"

        assert (lost.code, lost.by) == ("claimed", winner)
        assert winner in lost.en
        for console in (zhang, li):
            shown = await console.shows(lambda shown: shown.alarms[alarm].claimed_by is not None)
            assert shown.alarms[alarm].claimed_by == winner


async def test_a_repeated_request_gets_the_first_answer_and_changes_nothing(desk: SmallConsole) -> None:
    """Sent three times, also side by side: one incident."""
    request = desk.asking(type="theft", place="gate-1", summary="")
    first = await desk.request("new", request)
    again = await asyncio.gather(*(desk.request("new", request) for _ in range(2)))

    assert [first, first] == list(again)
    assert len((await desk.snapshot()).tables.incidents) == 1


async def test_a_request_repeated_after_a_restart_gets_its_answer(centre: CentreAtWork) -> None:
    """The console does not know whether it was heard; its old session is no reason to leave it in doubt."""
    async with centre.run():
        console = await centre.console()
        request = console.asking(type="theft", place="gate-1", summary="")
        first = await console.request("new", request)
    async with centre.run():
        await centre.console("desk-2")
        again = await console.request("new", request)
        await console.sign_in("zhang")
        with_session = await console.request("new", request.model_copy(update={"session": console.session}))
        incidents = (await console.snapshot()).tables.incidents

    assert first.result == again.result == with_session.result
    assert [row.id for row in incidents] == [(first.result or {})["incident"]]


async def test_a_refused_request_is_refused_again(desk: SmallConsole) -> None:
    """Its repeat is the same request: not tried anew when the board has changed meanwhile."""
    alarm = new_id()
    request = desk.asking(alarm=alarm)
    first = await desk.request("claim", request)
    await desk.ask("report", alarm=alarm, text="a fight", type="fight", place="gate-1")

    assert (await desk.request("claim", request)) == first
    assert first.error is not None


async def test_questions_are_answered_anew(desk: SmallConsole) -> None:
    """A snapshot asked for twice under one id is the board of now, not of then."""
    request = desk.asking()
    then = await desk.request("snapshot", request)
    await an_incident(desk)
    now = await desk.request("snapshot", request)

    assert (then.result or {})["n"] < (now.result or {})["n"]


async def test_on_a_full_disk_a_person_is_told_to_go_on_by_voice(centre: CentreAtWork) -> None:
    """Paper mode: refused in a sentence at once, the centre says it is degraded, and heals by itself."""
    async with centre.run():
        console = await centre.console()
        box = await centre.box()
        db = _journal_of(centre)
        await db.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size instead
        refused = await console.refused("report", alarm=new_id(), text="x" * 50_000)
        assert refused.code == "paper-mode"
        waiting = await box.send(box.signal("unparsed", raw="31" * 20_000))
        await console.until(lambda: console.centre[-1].problems == ("journal",))
        assert waiting not in box.receipts
        assert "by voice" in refused.en

        await db.execute("PRAGMA max_page_count = 1000000")
        await box.receipted(waiting)
        await console.until(lambda: console.centre[-1].state == "ready")


def _journal_of(centre: CentreAtWork) -> Any:  # noqa: ANN401 - aiosqlite's connection
    """The one connection the running centre writes through."""
    path = centre.settings.centre.journal
    gc.unfreeze()  # else what a start has frozen is not listed
    return next(each._db for each in gc.get_objects() if isinstance(each, Journal) and each.path == path)


async def test_a_timeline_tells_an_incident_with_its_alarms_and_units(centre: CentreAtWork) -> None:
    """From the panel's signal to the last step, in order, each line with its incident."""
    async with centre.run():
        console, box = await centre.console(), await centre.box()
        alarm = await an_alarm(box, console)
        incident = (await console.ask("promote", alarm=alarm))["incident"]
        await console.ask("dispatch", incident=incident, units=["P1"])
        await console.ask("step", unit="P1", step="onscene")
        await console.ask("note", incident=incident, text="quiet")
        rows = (await console.ask("timeline", object_id=incident))["rows"]

    assert [row["what"] for row in rows] == [
        "alarm.queued",
        "incident.opened",
        "alarm.promoted",
        "assignment.dispatched",
        "incident.activated",
        "assignment.stepped",
        "incident.noted",
    ]
    assert {row["incident"] for row in rows} == {incident}
    assert [row["seq"] for row in rows] == sorted(row["seq"] for row in rows)


async def test_an_undo_takes_the_own_last_action_back(desk: SmallConsole) -> None:
    """Within the window, and once."""
    incident = await an_incident(desk)
    await desk.ask("dispatch", incident=incident, units=["P1", "P2"])
    await desk.shows(lambda shown: len(shown.assignments) == 2)
    await desk.ask("undo")

    shown = await desk.shows(lambda shown: not shown.assignments)
    assert shown.incidents[incident].state == "PENDING"
    assert shown.units["P1"].incident is None


async def test_every_verb_is_understood(desk: SmallConsole) -> None:
    """Asked with ids nobody knows, each verb is refused by a rule or answered; none breaks."""
    given: dict[str, Any] = {
        "alarm": "nothing",
        "incident": "nothing",
        "into": "nothing",
        "target": "nothing",
        "unit": "P1",
        "units": ["P1"],
        "text": "x",
        "reason": "x",
        "type": "theft",
        "place": "gate-1",
        "summary": "",
        "step": "signed",
        "status": "busy",
        "minutes": 5,
        "priority": 1,
        "certainty": "likely",
        "disposition": "x",
        "object_id": "x",
        "clip": "x",
        "over": "x",
        "radio": "1a2b",
        "login": "zhang",
        "password": PASSWORD,
        "count": 1,
        "handover": "nothing",
        "lines": ["x"],
        "id": "nothing",
        "timer": "answer",
        "to": "local",
        "accept": True,
        "team": "hall",
        "giver": "local",
        "taker": "rail",
        "grant": "nothing",
    }
    own = {"dismiss": {"reason": "test"}, "mute": {"kind": "alarm"}, "handover-note": {"kind": "work"}}
    for verb, model in ARGUMENTS.items():
        args = {name: given[name] for name in model.model_fields if name in given} | own.get(verb, {})
        reply = await desk.request(verb, desk.asking(**args))
        assert reply.error is None or reply.error.code not in {"verb", "argument", "fault"}, (
            verb,
            reply.error,
        )
