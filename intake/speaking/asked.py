"""What a console's requests about speech on a channel mean."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bus.messages import verbs as ask
from bus.messages.base import Value
from intake.dispatch.commands import Command
from intake.speaking import commands as do

if TYPE_CHECKING:
    from intake.asking import Asking

_CHINESE = ("\u4e00", "\u9fff")


def _say(args: ask.Say, asking: "Asking") -> Command:
    chinese = any(_CHINESE[0] <= letter <= _CHINESE[1] for letter in args.text)
    return do.SayOnChannel(
        **asking.head,
        channel=args.channel,
        text=args.text,
        language="zh" if chinese else "en",
        priority=args.priority,
        not_after=asking.at + timedelta(seconds=args.within_s),
    )


def _hush(args: ask.Hush, asking: "Asking") -> Command:
    return do.MuteChannel(**asking.head, channel=args.channel, on=args.on)


MEANINGS: Mapping[type[Value], Callable[[Any, "Asking"], Command]] = {ask.Say: _say, ask.Hush: _hush}
