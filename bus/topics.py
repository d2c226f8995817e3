"""Every topic, in one place. Ids are lower case `[a-z0-9-]`."""

import re
from dataclasses import dataclass

from bus.errors import MalformedMessage

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def is_id(text: str) -> bool:
    """Whether `text` may stand as one level of a topic."""
    return _ID.fullmatch(text) is not None


@dataclass(frozen=True)
class GatewayTopics:
    """The topics of one box: `<root>/gw/<gateway>/…`."""

    base: str

    @property
    def status(self) -> str:
        return f"{self.base}/status"

    @property
    def health(self) -> str:
        return f"{self.base}/health"

    @property
    def signal(self) -> str:
        return f"{self.base}/signal"

    @property
    def receipt(self) -> str:
        return f"{self.base}/receipt"

    def channel_state(self, channel: str) -> str:
        return f"{self.base}/ch/{channel}/state"

    def over_start(self, channel: str, over: str) -> str:
        return f"{self.base}/ch/{channel}/rx/{over}/start"

    def over_audio(self, channel: str, over: str) -> str:
        return f"{self.base}/ch/{channel}/rx/{over}/audio"

    def over_caller(self, channel: str, over: str) -> str:
        return f"{self.base}/ch/{channel}/rx/{over}/caller"

    def radio_call(self, channel: str) -> str:
        return f"{self.base}/ch/{channel}/call"

    def over_recording(self, channel: str, over: str) -> str:
        return f"{self.base}/ch/{channel}/rx/{over}/recording"

    def tx_request(self, channel: str) -> str:
        return f"{self.base}/ch/{channel}/tx/request"

    def tx_inhibit(self, channel: str) -> str:
        return f"{self.base}/ch/{channel}/tx/inhibit"

    def tx_progress(self, channel: str, request: str) -> str:
        return f"{self.base}/ch/{channel}/tx/{request}/progress"


@dataclass(frozen=True)
class Topics:
    """The topics of one site: `tongpin/v1/<site>/…`."""

    site: str

    @property
    def root(self) -> str:
        return f"tongpin/v1/{self.site}"

    def gateway(self, gateway: str) -> GatewayTopics:
        """Of one box, or of all of them with `+`."""
        return GatewayTopics(f"{self.root}/gw/{gateway}")

    @property
    def centre_status(self) -> str:
        return f"{self.root}/centre/status"

    @property
    def report(self) -> str:
        return f"{self.root}/centre/report"

    def request(self, verb: str) -> str:
        return f"{self.root}/centre/request/{verb}"

    def reply(self, console: str) -> str:
        return f"{self.root}/console/{console}/reply"

    @property
    def board(self) -> str:
        return f"{self.root}/centre/board/change"

    @property
    def beat(self) -> str:
        return f"{self.root}/centre/board/beat"

    def live(self, over: str) -> str:
        return f"{self.root}/centre/live/{over}"

    def levels(self, topic: str) -> list[str]:
        """The levels below the root, `["gw", "box-1", "signal"]`.

        Raises `MalformedMessage` for the topic of another site.
        """
        prefix = f"{self.root}/"
        if not topic.startswith(prefix):
            raise MalformedMessage(f"topic {topic} is not of site {self.site}")
        return topic.removeprefix(prefix).split("/")
