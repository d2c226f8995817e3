"""Fetch a recording and play it: what came of it is a sentence for the operator."""

from bus.errors import LinkError
from bus.messages.request import Problem
from tui.errors import NotAnswered
from tui.player import Program, play
from tui.recordings import Recordings
from tui.words import Words


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
