"""The feed at work for as long as the console is there, whatever screen is on top."""

import structlog
from textual.app import App
from textual.worker import Worker, WorkerState

from tui.feed import Feed

RESTART_S = 1.0

_FEED = "console.feed"


class Feeding:
    """A fault of ours must not leave a dead picture: it is logged, and the feed starts afresh."""

    def __init__(self, app: App[None], feed: Feed) -> None:
        self._app = app
        self._feed = feed
        self._log = structlog.get_logger("console")

    def start(self) -> None:
        """In a worker of the app."""
        self._app.run_worker(self._feed.run(), name=_FEED, exit_on_error=False)

    def look_at(self, event: Worker.StateChanged) -> None:
        """A worker of the app's has changed: this one or another."""
        if event.state is not WorkerState.ERROR:
            return
        self._log.error("fault", worker=event.worker.name, why=repr(event.worker.error))
        if event.worker.name == _FEED:
            self._app.set_timer(RESTART_S, self.start)
