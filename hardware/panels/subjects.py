"""Whether the number behind an event code names a user or a zone.

Contact ID codes are those of SIA DC-05 whose subject is a user; SIA codes those of DC-03 whose address is a
user. A code that is not listed speaks of a zone.
"""

from typing import Final

_CONTACT_ID: Final = (
    "121 126 313 400 401 402 403 404 405 406 407 408 409 411 412 413 414 415 421 422 424 425 429 430 431 435 "
    "436 441 442 443 444 450 451 452 453 454 455 456 457 458 459 462 463 464 466 470 480 574 604 607 625 642 "
    "652 653 655 913 914 915 916 920 921 928 929"
)

_SIA: Final = (
    "BC CE CF CG CK CL CP CQ CR DA DB EE JD JH JK JP JS JT JV JX JY JZ OC OH OJ OK OL OP OQ OR OT RX"
)

CONTACT_ID_USER_CODES: Final = frozenset(_CONTACT_ID.split())
SIA_USER_CODES: Final = frozenset(_SIA.split())


def zone_or_user(number: str | None, *, is_user: bool) -> tuple[str | None, str | None]:
    """Return `number` as the pair (zone, user), the other one being `None`."""
    return (None, number) if is_user else (number, None)
