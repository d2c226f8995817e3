"""Name and password for the centre, until somebody is signed in."""

from collections.abc import Callable
from typing import ClassVar

from pydantic import SecretStr
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from bus.messages.request import Problem
from tui.screens.page import page_key
from tui.widgets.taken_in import taken_in
from tui.words import Words


class SignInScreen(ModalScreen[None]):
    """Hands what was typed to `give`, and stays until the centre lets somebody in.

    What is typed meanwhile, a password tried again most of all, comes to its hidden field and nowhere else.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("enter", "enter"),
        page_key("tab,shift+tab", "other_field"),
    ]

    def __init__(self, words: Words, give: Callable[[str, SecretStr], None], *, login: str = "") -> None:
        super().__init__()
        self._words = words
        self._give = give
        self._login = login
        self._told = ""
        self._waits = False
        """For the centre's answer: Enter asks nothing meanwhile."""
        self._let_in = False

    def compose(self) -> ComposeResult:
        """A small form in the middle."""
        words = self._words
        with Vertical(id="sign-in"):
            yield Label(words("signin.title"), id="sign-in-title", markup=False)
            yield Label(words("signin.login"), id="sign-in-login", markup=False)
            yield Input(self._login, id="login", compact=True)
            yield Label(words("signin.password"), id="sign-in-password", markup=False)
            yield Input(password=True, id="password", compact=True)
            yield Label("", id="sign-in-problem", markup=False)
            yield Label(words("signin.help"), id="sign-in-help", markup=False)

    def speak(self, words: Words) -> None:
        """Another language from now on."""
        self._words = words
        for part in ("title", "login", "password", "help"):
            self.query_one(f"#sign-in-{part}", Label).update(words(f"signin.{part}"))

    def on_mount(self) -> None:
        """To the field that is missing."""
        self.set_focus(self.query_one("#password" if self._login else "#login", Input))

    async def action_other_field(self) -> None:
        """To the other field, for the keys that follow."""
        await self._typed()
        self.focus_next()

    async def action_enter(self) -> None:
        """To the next field, or on."""
        await self._typed()
        login, password = self.query_one("#login", Input), self.query_one("#password", Input)
        if self._let_in:
            self.dismiss()
        elif self.focused is login and login.value.strip() and not password.value:
            self.set_focus(password)
        elif not self._waits:
            self._hand_over(login.value.strip(), password)

    def _hand_over(self, login: str, field: Input) -> None:
        password = SecretStr(field.value)
        if not login or not field.value:
            self._say(self._words("signin.missing"))
            return
        self._waits = True
        field.clear()
        self.set_focus(field)
        self._give(login, password)

    def look(self, inside: str, problem: Problem | None, trouble: str | None) -> None:
        """How far it is: who is inside, what the centre refused, or why it does not answer."""
        if not self.is_mounted:
            return
        if inside:
            self._done()
        elif problem is not None:
            self._waits = False
            self._tell(problem.zh if self._words.language == "zh" else problem.en)
        elif self._waits:
            far = trouble not in (None, "sign-in")
            self._tell(self._words(f"trouble.{trouble}") if far else self._words("signin.asking"))

    def _done(self) -> None:
        """Leaves; not from under the hands of somebody who types a password again."""
        self._let_in = True
        if self.query_one("#password", Input).value:
            self._tell(self._words("signin.done"))
        else:
            self.dismiss()

    def _tell(self, text: str) -> None:
        """Once: what the form itself says of the fields stands until there is news."""
        if text != self._told:
            self._told = text
            self._say(text)

    def _say(self, text: str) -> None:
        self.query_one("#sign-in-problem", Label).update(text)

    async def _typed(self) -> None:
        """Keys may come faster than a field takes them in, and a password must not end where it is read."""
        if self.focused is not None:
            await taken_in(self.focused)
