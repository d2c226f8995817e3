"""Fetch a recording and play it: what came of it is a sentence for the operator."""

from textual.app import App

from bus.errors import LinkError
from bus.messages.request import Problem
from tui.cells import plain
from tui.errors import NotAnswered
from tui.player import Program, play
from tui.recordings import Recordings
from tui.words import Words

LISTENING = "console.listen"
"""The group of the app's worker that plays."""


class Listening:
    """One recording at a time, in the app's worker."""

    def __init__(self, app: App[None], recordings: Recordings, program: Program | None) -> None:
        self._app = app
        self._recordings = recordings
        self.program = program
        """What plays; None: nothing does."""

    def play_or_stop(self, clip: str | None, words: Words) -> None:
        """The recording, or silence when one sounds."""
        if self._stopped():
            return
        self._app.notify(words("listen.playing" if clip else "listen.nothing"), markup=False)
        if clip:
            self._app.run_worker(self._listen(clip, words), group=LISTENING, exit_on_error=False)

    def clear(self) -> None:
        """No recording stays behind when the console is left."""
        self._recordings.clear()

    def _stopped(self) -> bool:
        sounding = [one for one in self._app.workers if one.group == LISTENING and one.is_running]
        for one in sounding:
            one.cancel()
        return bool(sounding)

    async def _listen(self, clip: str, words: Words) -> None:
        trouble = await listen(clip, self._recordings, self.program, words)
        if trouble is not None:
            self._app.notify(plain(trouble), severity="warning", timeout=20, markup=False)


async def listen(clip: str, recordings: Recordings, program: Program | None, words: Words) -> str | None:
    """Plays it to its end; what to tell the operator, None when it was heard. Cancel it to stop.

    Over a line without sound the file is named: it can be copied and heard elsewhere.
    """
    try:
        got = await recordings.fetch(clip, program.kind if program else "flac")
    except NotAnswered:
        return words("listen.unanswered")
    except LinkError:
        return words("listen.offline")
    except OSError as error:
        return words("listen.disk", why=error.strerror or str(error))
    if isinstance(got, Problem):
        return got.zh if words.language == "zh" else got.en
    if program is None:
        return words("listen.no_player", path=got)
    failed = await play(program, got)
    return None if failed is None else words("listen.failed", player=program.name, why=failed, path=got)
