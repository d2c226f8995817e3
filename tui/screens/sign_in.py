"""Name and password for the centre."""

from pydantic import SecretStr
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from tui.words import Words


class SignInScreen(ModalScreen[tuple[str, SecretStr]]):
    """Gives back what was typed. `problem` is the centre's sentence about the last try."""

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
            yield Label(words("signin.login"), markup=False)
            yield Input(self._login, id="login", compact=True)
            yield Label(words("signin.password"), markup=False)
            yield Input(password=True, id="password", compact=True)
            yield Label(self._problem, id="sign-in-problem", markup=False)
            yield Label(words("signin.help"), id="sign-in-help", markup=False)

    def on_mount(self) -> None:
        """To the field that is missing."""
        self.query_one("#password" if self._login else "#login", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: to the next field, or done."""
        event.stop()
        login = self.query_one("#login", Input).value.strip()
        password = self.query_one("#password", Input).value
        if event.input.id == "login" and login and not password:
            self.query_one("#password", Input).focus()
        elif login and password:
            self.dismiss((login, SecretStr(password)))
        else:
            self.query_one("#sign-in-problem", Label).update(self._words("signin.missing"))
