"""Name and password for the centre."""

from typing import ClassVar

from pydantic import SecretStr
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from tui.screens.page import page_key
from tui.widgets.taken_in import taken_in
from tui.words import Words


class SignInScreen(ModalScreen[tuple[str, SecretStr]]):
    """Gives back what was typed. `problem` is the centre's sentence about the last try."""

    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("enter", "enter"),
        page_key("tab,shift+tab", "other_field"),
    ]

    def __init__(self, words: Words, *, login: str = "", problem: str = "") -> None:
        super().__init__()
        self._words = words
        self._login = login
        self._problem = problem

    def compose(self) -> ComposeResult:
        """A small form in the middle."""
        words = self._words
        with Vertical(id="sign-in"):
            yield Label(words("signin.title"), id="sign-in-title", markup=False)
            yield Label(words("signin.login"), id="sign-in-login", markup=False)
            yield Input(self._login, id="login", compact=True)
            yield Label(words("signin.password"), id="sign-in-password", markup=False)
            yield Input(password=True, id="password", compact=True)
            yield Label(self._problem, id="sign-in-problem", markup=False)
            yield Label(words("signin.help"), id="sign-in-help", markup=False)

    def speak(self, words: Words) -> None:
        """Another language from now on; what the centre said last stays as it said it."""
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
        """To the next field, or done."""
        await self._typed()
        login = self.query_one("#login", Input).value.strip()
        password = self.query_one("#password", Input).value
        if self.focused is not None and self.focused.id == "login" and login and not password:
            self.set_focus(self.query_one("#password", Input))
        elif login and password:
            self.dismiss((login, SecretStr(password)))
        else:
            self.query_one("#sign-in-problem", Label).update(self._words("signin.missing"))

    async def _typed(self) -> None:
        """Keys may come faster than a field takes them in, and a password must not end where it is read."""
        if self.focused is not None:
            await taken_in(self.focused)
