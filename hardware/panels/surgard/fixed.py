"""Frames of fixed columns: SIA level 1, basic pulse formats, and what PIMA receivers make of them.

    3RRLssssAAAAAAXXYYYY     level 1: account right-aligned in 6, code XX, number YYYY right-aligned
    1RRLssssssAAAAsXgNNN     basic (3/1, 4/1, 4/2): type letter X, group g or space, number NNN right-aligned
    LAAAA----XX              PIMA: line, account, code

On basic frames a blank X means that the two letters at the end are the code.
"""

import re

from hardware.panels.forms import Form
from hardware.panels.frame import PanelRecord
from hardware.panels.subjects import SIA_USER_CODES, zone_or_user
from hardware.panels.surgard.header import NAME, header_pattern

RECEIVER_ACCOUNT = "0000"
"""On basic frames the receiver speaks of itself under this account, never of a site."""

_BASIC_USER_CODES = frozenset("OC")


def forms(header_length: int | None) -> list[Form]:
    """Return the layouts; the first that fits a frame is meant."""
    header = header_pattern(header_length)
    level1 = rf"3{header} {{4}}{_account(6)}(?P<code>[A-Z]{{2}}|ri)(?P<number>[ 0-9A-F]{{0,4}})"
    kind = r"(?P<type>[A-Z]| (?=. [A-Z]{2}))"
    basic = rf"1{header} {{6}}{_account(4)} {kind}(?P<group>[0-9A-F ])(?P<number>[0-9A-Z ]{{3}})"
    pima = r"(?P<line>[0-9])(?P<account>[0-9A-F]{4})-{4}(?P<code>[0-9A-Z]{2})"
    return [
        Form(re.compile(level1), _read_level1),
        Form(re.compile(basic), _read_basic),
        Form(re.compile(pima), _read_pima),
    ]


def _account(width: int) -> str:
    """Return the pattern of an account right-aligned in `width` columns; the group holds its padding too."""
    fills = "|".join(rf" {{{width - digits}}}[0-9A-F]{{{digits}}}" for digits in range(1, width + 1))
    return rf"(?P<account>{fills})"


def _read_level1(match: re.Match[str]) -> PanelRecord:
    """Read a level 1 frame; a space inside the number parts area and number, and `ri` only sets an area."""
    *area, number = match["number"].split() or [None]
    is_area = match["code"] == "ri"
    zone, user = zone_or_user(number, is_user=match["code"] in SIA_USER_CODES)
    return PanelRecord(
        protocol=NAME,
        kind="text" if is_area else "event",
        receiver=match["receiver"],
        line=match["line"],
        account=match["account"].lstrip(),
        code_set="level1",
        code=match["code"],
        partition=number if is_area else "".join(area) or None,
        zone=None if is_area else zone,
        user=user,
    )


def _read_basic(match: re.Match[str]) -> PanelRecord:
    letter, ending = match["type"].strip(), match["number"].strip()
    zone, user = zone_or_user(ending if letter else None, is_user=letter in _BASIC_USER_CODES)
    return PanelRecord(
        protocol=NAME,
        kind="receiver" if match["account"] == RECEIVER_ACCOUNT else "event",
        receiver=match["receiver"],
        line=match["line"],
        account=match["account"].lstrip(),
        code_set="basic" if letter else None,
        code=letter or ending,
        partition=match["group"].strip() or None,
        zone=zone,
        user=user,
    )


def _read_pima(match: re.Match[str]) -> PanelRecord:
    return PanelRecord(
        protocol=NAME, kind="event", line=match["line"], account=match["account"], code=match["code"]
    )
