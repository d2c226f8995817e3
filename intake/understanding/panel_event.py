"""What a panel's event means at this site: type, priority, place, and a sentence to read.

Pure: decoded fields and the site in, PanelMeaning out. Which code is which type follows the
station's table, drawn up from SIA DC-05 (Contact ID) and SIA DC-03 (the two-letter codes).
"""

from dataclasses import dataclass
from typing import Literal

from intake.site import Site
from intake.understanding.panel_codes import Meaning, contact_id_meaning, sia_meaning

Category = Literal["alarm", "restore", "journal", "test", "unparsed", "system"]

_RECEIVER = "0000"
"""The account a receiver sends its own events under."""

_UNPARSED_PRIORITY = 2


@dataclass(frozen=True, slots=True)
class PanelEvent:
    """A panel's event as decoded; every field as the panel sent it, None where it sent none.

    `code_set` is "contact-id" or "sia"; `qualifier` is Contact ID's "1" (new or opening), "3"
    (restore or closing) or "6" (still so); `kind` is "unparsed" when the frame could not be read,
    and `raw` then holds what can be shown of it.
    """

    kind: str = "event"
    code_set: str | None = None
    code: str | None = None
    qualifier: str | None = None
    account: str | None = None
    zone: str | None = None
    user: str | None = None
    raw: str = ""


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


def understand_panel(event: PanelEvent, site: Site) -> PanelMeaning:
    """What `event` means at `site`; never raises, whatever the fields."""
    panel = site.panels.get((event.account or "").upper())
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


def _meaning(event: PanelEvent) -> Meaning:
    if event.kind == "unparsed" or not event.code:
        return Meaning("facility-fault", "unparsed", "Unreadable panel event", "无法识别的报警主机信息", parsed=False)
    found = sia_meaning(event.code) if event.code_set == "sia" else contact_id_meaning(event.code, event.qualifier)
    if event.account == _RECEIVER and found.category in {"alarm", "test", "system", "unparsed"}:
        return Meaning("system", "system", f"Receiver: {found.en}", f"接警机：{found.zh}", parsed=found.parsed)
    return found


def _priority(meaning: Meaning, site: Site) -> int:
    known = site.types.get(meaning.type)
    return known.priority if known and meaning.parsed else _UNPARSED_PRIORITY


def _sentence(
    event: PanelEvent, meaning: Meaning, site: Site, place: str | None, zone: str | None, lang: str
) -> str:
    """`Hold-up alarm, hold-up button, window 3 (ticket office)`."""
    chinese = lang == "zh"
    what = [meaning.zh if chinese else meaning.en]
    if zone:
        what.append(zone)
    elif event.zone and event.zone.strip("0"):
        what.append(f"{event.zone}防区" if chinese else f"zone {event.zone}")
    if event.user and event.user.strip("0"):
        what.append(f"用户{event.user}" if chinese else f"user {event.user}")
    if not meaning.parsed:
        what.append(event.raw or f"{event.code or ''} {event.qualifier or ''}".strip() or ("空" if chinese else "empty"))
    where = site.place_name(place, lang) if place else _unknown_account(event, chinese=chinese)
    if chinese:
        return "，".join(what) + (f"（{where}）" if where else "")
    return ", ".join(what) + (f" ({where})" if where else "")


def _unknown_account(event: PanelEvent, *, chinese: bool) -> str:
    if not event.account or event.account == _RECEIVER:
        return ""
    return f"未知账号{event.account}" if chinese else f"unknown account {event.account}"
