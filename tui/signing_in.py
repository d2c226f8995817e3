"""Who sits here: let in with the settings' password, or by a form that stands over all else."""

from textual.app import App

from tui.feed import Feed
from tui.screens.sign_in import SignInScreen
from tui.settings import OperatorTable
from tui.words import Words


class SigningIn:
    """The form is there whenever the centre has refused, and until it lets somebody in."""

    def __init__(self, app: App[None], feed: Feed, operator: OperatorTable) -> None:
        self._app = app
        self._feed = feed
        self._operator = operator

    async def begin(self, words: Words) -> None:
        """With the settings' password, or by asking: no key is for the board before the form is there."""
        login, secret = self._operator.login, self._operator.secret()
        if login and secret is not None:
            self._feed.sign_in_as(login, secret)
        else:
            await self._app.push_screen(self._form(words))

    def look(self, words: Words) -> bool:
        """Tells the form how far it is, or opens one; whether it did."""
        form, feed = self._app.screen, self._feed
        if isinstance(form, SignInScreen):
            form.look(feed.desk.login, feed.problem, feed.freshness().trouble)
        elif feed.problem is not None:
            self._app.push_screen(self._form(words))
            return True
        return False

    def _form(self, words: Words) -> SignInScreen:
        return SignInScreen(words, self._feed.sign_in_as, login=self._operator.login or "")
