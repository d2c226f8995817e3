"""A Sur-Gard receiver on a pseudo-terminal."""

from pathlib import Path

from hardware.panels.surgard.encode import heartbeat_frame
from hardware.simulators.receiver import Receiver
from hardware.simulators.receiver_logic import ReceiverTiming


class SurgardReceiver(Receiver):
    """A receiver whose `header`, receiver and line, is that of the frames offered."""

    def __init__(
        self,
        link: Path | None = None,
        *,
        header: str = "011",
        timing: ReceiverTiming | None = None,
        time_scale: float = 1.0,
    ) -> None:
        super().__init__(
            heartbeat_frame(header=header), link, timing=timing or ReceiverTiming(), time_scale=time_scale
        )
