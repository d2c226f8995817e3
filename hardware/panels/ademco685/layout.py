"""The front all 685 frames share: receiver, line (the manuals say group), account."""

from typing import Final

NAME: Final = "ademco685"

_CLOCK: Final = r"(?:(?:[0-9]+[:/.-][0-9:/.-]+(?: ?[AP]M)? ){1,2})?"
"""Some receivers print time and date in front, as on their paper."""

_ADDRESS: Final = r"(?P<receiver>[0-9A-Z])(?P<line>[0-9A-Z])"

OKAY: Final = rf"{_CLOCK}{_ADDRESS} OKAY @"


def front(account: str) -> str:
    """Return the pattern up to the account, which fits the pattern `account`."""
    return rf"{_CLOCK}{_ADDRESS} (?P<account>{account})"
