"""An operator who types lines: each is said back before it is done, then what came of it."""

from collections.abc import Callable

from tui.adviser import Adviser
from tui.archive import Archive
from tui.bench import Bench
from tui.command.model import Command, Question, Unclear
from tui.command.parse import VERBS, advised
from tui.command.search import search_for
from tui.mirror import Mirror
from tui.orders import Orders, Outcome
from tui.plain.lines import over_line
from tui.plain.seat import Seat
from tui.view.paper import paper_form
from tui.words import LANGUAGES, Words

YES = ("", "y", "yes", "是")
"""What does the line that was said back."""

Say = Callable[[str], None]


class Talk:
    """One operator's lines. `say` is talk, `tell` is data; with `sure` a line is done at once."""

    def __init__(self, seat: Seat, *, say: Say, tell: Say, sure: bool = False) -> None:
        self._seat = seat
        self._say = say
        self._tell = tell
        self._sure = sure
        self._bench = Bench()
        self._orders = Orders(seat.feed)
        self._archive = Archive(seat.feed)
        self._adviser = Adviser(seat.feed)
        self.last: Outcome | None = None
        """How the last command ended."""
        self.puzzled = False
        """The last line could not be read as a command."""
        self._cursor: str | None = None
        """What `.` means: the row the last command was about."""
        self._line = ""

    @property
    def pending(self) -> bool:
        """Whether a line was said back and waits for its yes."""
        return bool(self._line)

    async def hear(self, line: str) -> bool:
        """One line; whether to go on."""
        line = line.strip()
        if self._line and line.lower() in YES:
            return await self._do()
        self._line = ""
        if not line:
            return True
        about = advised(line, self._seat.sight, self._cursor)
        if about is not None:
            self._seat.advice = await self._adviser.ask(about)
        self._bench.type(line, self._seat.sight, self._cursor, self._seat.clock.monotonic())
        meaning = self._bench.meaning
        self.puzzled = isinstance(meaning, Question)
        if isinstance(meaning, Question):
            self._say(meaning.text)
        elif isinstance(meaning, Command) and meaning.local is not None:
            return await self._locally(*meaning.local)
        elif isinstance(meaning, Command):
            self._line = line
            if self._sure:
                return await self._do()
            self._say(self._seat.words("plain.would", what=meaning.says))
        return True

    async def _do(self) -> bool:
        """What was said back; said again when the board changed under it."""
        self._bench.look(self._seat.sight, self._cursor, self._seat.clock.monotonic())
        command = self._bench.enter()
        if command is None:  # to be asked twice, which it was: the line, then the yes
            command = self._bench.agree()
        if command is None:
            self._say_again()
            return True
        line, self._line = self._line, ""
        outcome = await self._orders.carry_out(command, line)
        self.last = outcome
        if outcome.ending == "done":
            self._bench.did(command, self._seat.clock.monotonic())
        self._cursor = _about(command, self._seat.sight.mirror) or self._cursor
        self._say(self._ended(outcome))
        return True

    def _say_again(self) -> None:
        meaning = self._bench.meaning
        if isinstance(meaning, Command):
            self._say(self._seat.words("plain.again", what=meaning.says))
        else:
            self._line = ""
            self._say(meaning.text if isinstance(meaning, Question) else "")

    def _ended(self, outcome: Outcome) -> str:
        words, says = self._seat.words, outcome.command.says
        if outcome.ending == "refused":
            why = "; ".join(one.zh if words.language == "zh" else one.en for one in outcome.problems)
            return words("line.refused", why=why)
        if outcome.ending == "done":
            return words("plain.done", what=says)
        return words(f"line.{outcome.ending}", what=says)

    async def _locally(self, what: str, argument: str) -> bool:
        words = self._seat.words
        match what:
            case "quit":
                return False
            case "help":
                self._say(words("plain.commands", names=" ".join(verb.name for verb in VERBS)))
            case "lang":
                self._seat.words = Words(next(one for one in LANGUAGES if one == argument))
                self._say(self._seat.words("plain.signed_in", name=self._seat.sight.me))
            case "view":
                self._seat.view = argument or None
                self._say(words("say.view", agency=_shown(self._seat)))
            case "paper":
                for line in paper_form(self._seat.sight):
                    self._say(line)
            case "find":
                await self._find(argument)
            case _:
                self._say(words("plain.no_screen"))
        return True

    async def _find(self, query: str) -> None:
        words, sight = self._seat.words, self._seat.sight
        try:
            page = await self._archive.find(search_for(query, sight), words)
        except Unclear as unclear:
            self._say(words(unclear.key, **unclear.values))
            return
        for row in page.rows:
            self._tell(over_line(sight, row))
        found = "history.found_more" if page.more else "history.found"
        self._say(page.problem or words(found, n=len(page.rows)))


def _shown(seat: Seat) -> str:
    return seat.sight.agency(seat.view) if seat.view else seat.words("queue.everybody")


def _about(command: Command, mirror: Mirror) -> str | None:
    """The row a command was about: an alarm, or the incident it has become or named."""
    for id_, _ in command.about:
        if id_ in mirror.incidents:
            return f"incident:{id_}"
    for id_, _ in command.about:
        alarm = mirror.alarms.get(id_)
        if alarm is not None:
            return f"incident:{alarm.incident}" if alarm.incident else f"alarm:{id_}"
    return None
