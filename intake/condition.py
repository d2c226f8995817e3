"""How the centre is, as one value: what it tells consoles, boxes and whoever looks later."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bus.messages.status import CentreStatus, SpeechStatus

LISTENING_SOON = SpeechStatus(engine=None, model=None, problem="the speech engine is being loaded")


@dataclass(frozen=True)
class Condition:
    """Of one run of the centre."""

    boot: str
    since: datetime
    software: str
    speech: SpeechStatus = LISTENING_SOON
    problems: tuple[str, ...] = ()

    def status(self, state: str | None = None) -> CentreStatus:
        """As the message; `state` for the last words."""
        return CentreStatus(
            state=state or ("degraded" if self.problems else "ready"),
            boot=self.boot,
            since=self.since,
            software=self.software,
            speech=self.speech,
            problems=self.problems,
        )

    def with_problems(self, sources: dict[str, Callable[[], str | None]]) -> "Condition":
        """The same with the codes of those `sources` that have a trouble to tell."""
        return replace(self, problems=tuple(code for code, trouble in sources.items() if trouble()))
