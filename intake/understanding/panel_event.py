"""What a panel's event means at this site: type, priority, place, and a sentence to read.

Pure: decoded fields and the site in, PanelMeaning out. Which code is which type follows the
station's table, drawn up from SIA DC-05 (Contact ID) and SIA DC-03 (the two-letter codes).
"""

from dataclasses import dataclass, replace

from intake.site import Site
from intake.understanding.panel_codes import (
    TEXT,
    UNKNOWN,
    UNREADABLE,
    Category,
    Meaning,
    contact_id_meaning,
    sia_meaning,
)
from intake.understanding.panel_names import contact_id_named, sia_named
from intake.understanding.panel_protocols import protocol_meaning

_RECEIVER = "0000"
"""The account a receiver sends its own events under."""

_UNPARSED_PRIORITY = 2


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """What a panel line decoded; every field as the panel sent it, None where it sent none.

    `kind` is event, receiver (the receiver's own state), text (understood, no event) or unparsed;
    `code_set` contact_id, sia, level1 or basic; `qualifier` new, restore or status; `text` what the
    panel wrote in words. `protocol` says whose codes they are where `code_set` is None. A panel wired to
    the box sends no account: the site knows it by the id of its `line`.
    """

    kind: str = "event"
    protocol: str = ""
    line: str = ""
    code_set: str | None = None
    code: str | None = None
    qualifier: str | None = None
    account: str | None = None
    partition: str | None = None
    zone: str | None = None
    user: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PanelMeaning:
    """`type` and `place` are the site's ids, `text` one sentence in each language.

    An "alarm", "test", "system" or "unparsed" event makes a row in the queue; a "restore" annotates
    the alarm it belongs to; "journal" is only written down. `parsed` is false where the event was
    not understood: its raw text is shown.
    """

    type: str
    priority: int
    place: str | None
    zone_text: str | None
    category: Category
    parsed: bool
    text: dict[str, str]


def meaning_of(event: PanelFacts, site: Site) -> PanelMeaning:
    """What `event` means at `site`; never raises, whatever the fields."""
    panel = site.panels.get(event.account.upper() if event.account else event.line)
    place = panel.place if panel else None
    zone = panel.zones.get(event.zone or "") if panel else None
    meaning = _meaning(event)
    return PanelMeaning(
        type=meaning.type,
        priority=_priority(meaning, site),
        place=place,
        zone_text=zone,
        category=meaning.category,
        parsed=meaning.parsed,
        text={lang: _sentence(event, meaning, site, place, zone, lang) for lang in ("en", "zh")},
    )


def _meaning(event: PanelFacts) -> Meaning:
    if event.kind == "text":
        return TEXT
    if event.kind == "unparsed":
        return UNREADABLE
    found = _by_code(event)
    own = event.kind == "receiver" or event.account == _RECEIVER
    if own and found.category not in {"restore", "journal"}:
        return replace(
            found, type="system", category="system", en=f"Receiver: {found.en}", zh=f"接警机：{found.zh}"
        )
    return found


def _by_code(event: PanelFacts) -> Meaning:
    if event.code_set in {"sia", "level1"} and event.code:
        return sia_named(sia_meaning(event.code), event.code.upper())
    if event.code_set == "contact_id" and event.code:
        meaning = contact_id_meaning(event.code, event.qualifier)
        return contact_id_named(meaning, event.code, event.qualifier)
    if event.code_set in {None, "basic"} and event.code:
        return protocol_meaning(event.protocol, event.code, event.text or "")
    return UNREADABLE if not event.code else UNKNOWN


def _priority(meaning: Meaning, site: Site) -> int:
    known = site.types.get(meaning.type)
    return known.priority if known and meaning.parsed else _UNPARSED_PRIORITY


def _sentence(
    event: PanelFacts, meaning: Meaning, site: Site, place: str | None, zone: str | None, lang: str
) -> str:
    """`Hold-up alarm, hold-up button, window 3 (ticket office)`."""
    chinese = lang == "zh"
    what = [meaning.zh if chinese else meaning.en]
    if zone:
        what.append(zone)
    elif event.zone and event.zone.strip("0"):
        what.append(f"{event.zone}防区" if chinese else f"zone {event.zone}")
    elif event.zone is None and event.partition and event.partition.strip("0"):
        what.append(f"{event.partition}分区" if chinese else f"partition {event.partition}")
    if event.user and event.user.strip("0"):
        what.append(f"用户{event.user}" if chinese else f"user {event.user}")
    if not meaning.parsed:
        what += [word for word in (event.code, event.text) if word]
    where = site.place_name(place, lang) if place else _unknown_account(event, chinese=chinese)
    if chinese:
        return "，".join(what) + (f"（{where}）" if where else "")
    return ", ".join(what) + (f" ({where})" if where else "")


def _unknown_account(event: PanelFacts, *, chinese: bool) -> str:
    if not event.account or event.account == _RECEIVER:
        return ""
    return f"未知账号{event.account}" if chinese else f"unknown account {event.account}"
