"""A simulated receiver for each protocol that has one, by the protocol's name.

What each does about answers is from its manual; where a manual leaves a duration to the installer, a
Sur-Gard's default stands in for it. Raw Contact ID comes from no receiver but from a panel itself: the ACK is
its kiss-off.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardware.errors import UnknownProtocolError
from hardware.panels.ademco685 import encode as ademco685
from hardware.panels.radionics6500 import encode as radionics6500
from hardware.panels.silentknight import encode as silentknight
from hardware.panels.surgard import encode as surgard
from hardware.simulators.receiver import Receiver
from hardware.simulators.receiver_logic import ReceiverTiming

SURGARD: Final = ReceiverTiming()

MX8000_AS_685: Final = ReceiverTiming(attempts=2, naks=2, backup=True, status_request=b"S")
"""Two NAKs or two timeouts are computer trouble, and the event goes to printer or back-up computer."""

MX8000_NATIVE: Final = ReceiverTiming(attempts=2, naks=2, backup=True, status_request=b"\r")
"""The same receiver; a link test is asked for with a CR."""

D6600: Final = ReceiverTiming(attempts=None, naks=3, strange_answer_repeats=True)
"""Three NAKs skip the event; without an ACK it says it for ever."""

DIALLER: Final = ReceiverTiming(heartbeat_s=math.inf, ack_wait_s=1.25, attempts=None)
"""SIA DC-05: 1.25 s for the kiss-off, no heartbeats; it dials until it is heard, here without a pause."""


@dataclass(frozen=True, slots=True)
class _Model:
    heartbeat: bytes
    timing: ReceiverTiming


_MODELS: Final = {
    "surgard": _Model(surgard.heartbeat_frame(), SURGARD),
    "ademco685": _Model(ademco685.heartbeat_frame(), MX8000_AS_685),
    "silentknight": _Model(silentknight.heartbeat_frame(), MX8000_NATIVE),
    "radionics6500": _Model(radionics6500.heartbeat_frame(), D6600),
    "contact_id": _Model(b"", DIALLER),
}

NAMES: Final = tuple(_MODELS)
"""The protocols that have a simulated receiver."""


def simulate(
    protocol: str,
    link: Path | None = None,
    *,
    timing: ReceiverTiming | None = None,
    time_scale: float = 1.0,
) -> Receiver:
    """Start a receiver that speaks `protocol`; it must be closed. `timing` replaces its own.

    It sends the frames it is offered as they are: `hardware.panels.<protocol>.encode` makes them. Raises
    `UnknownProtocolError` when there is none.
    """
    model = _MODELS.get(protocol)
    if model is None:
        raise UnknownProtocolError(protocol, NAMES, None)
    return Receiver(model.heartbeat, link, timing=timing or model.timing, time_scale=time_scale)
