"""Who this box is, and which of its lives this is."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from bus.ids import new_id
from bus.topics import GatewayTopics, Topics


@dataclass(frozen=True)
class Box:
    """One run of one box. `boot` is new at every start: it tells a late last will from a present fault."""

    site: str
    gateway: str
    boot: str
    software: str

    @property
    def topics(self) -> GatewayTopics:
        """The topics this box speaks on."""
        return Topics(self.site).gateway(self.gateway)


def this_box(site: str, gateway: str) -> Box:
    """The box of these settings, freshly started."""
    return Box(site, gateway, new_id(), _software())


def _software() -> str:
    try:
        return f"tongpin {version('tongpin')}"
    except PackageNotFoundError:
        return "tongpin"
