"""What keys a transmitter, as the box sees it."""

import asyncio
from typing import Protocol


class Keyer(Protocol):
    """Keys one transmitter. Every method raises `KeyingError` when the transmitter cannot be keyed."""

    async def key(self) -> None:
        """Key it; on the air when this returns."""
        ...

    async def hold(self) -> None:
        """Keep it keyed until cancelled; without this it is let go within a second."""
        ...

    async def unkey(self) -> None:
        """Let it go; never raises, and safe to call twice."""
        ...

    async def close(self) -> None:
        """Let it go for good."""
        ...


class Vox:
    """A radio that keys itself by the sound it is given: no wire, so no promise that it ever lets go."""

    async def key(self) -> None:
        """The sound does it."""

    async def hold(self) -> None:
        """The sound does it."""
        await asyncio.Event().wait()

    async def unkey(self) -> None:
        """Silence does it."""

    async def close(self) -> None:
        """Nothing is held."""
