"""One look at the board, through a console's feed."""

from tui.advice import Advice
from tui.feed import Feed
from tui.view.sight import Sight
from tui.words import Words


def look(feed: Feed, words: Words, *, view: str | None, advice: Advice | None) -> Sight | None:
    """The board as of now, None before the first snapshot."""
    if feed.mirror is None:
        return None
    return Sight(
        mirror=feed.mirror,
        now=feed.centre_now(),
        words=words,
        me=feed.desk.login,
        channels=feed.channels,
        live=feed.live,
        health=feed.health,
        health_at=feed.health_at,
        centre=feed.centre,
        view=view,
        advice=advice,
    )
