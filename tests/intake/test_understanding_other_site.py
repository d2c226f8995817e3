"""A second, invented site works by its file alone: no rule knows the first one's names."""

import pytest

from intake.site import Site, example_site_path
from intake.understanding.lexicon import Lexicon
from intake.understanding.understand import understand

_TYPES = example_site_path().read_text(encoding="utf-8").split("[type]\n")[1].split("\n\n# Alarm panels")[0]

HOSPITAL = f"""
[site]
id = "lakeside"
name = {{ en = "Lakeside Hospital", zh = "湖滨医院" }}
languages = ["en", "zh"]
centre = {{ en = ["dispatch"], zh = ["监控室"] }}
everyone = {{ en = ["all posts"], zh = ["各岗"] }}
[agency.guard]
name = {{ en = "Guards", zh = "保安" }}
[team.day]
name = {{ en = "Day shift", zh = "白班" }}
[[unit]]
family = {{ en = "sentinel", zh = "哨兵" }}
members = [
  {{ id = "S7", n = 7, team = "day", agency = "guard", radio = "507" }},
  {{ id = "S12", n = 12, team = "day", agency = "guard", radio = "512" }},
]
[[place]]
id = "pharmacy"
owner = "guard"
say = {{ en = ["pharmacy", "drug store"], zh = ["药房"] }}
[[place_family]]
id = "ward-{{n}}"
range = [1, 20]
owner = "guard"
say = {{ en = ["ward {{n}}"], zh = ["{{n}}病区", "{{n}}号病区"] }}
[type]
{_TYPES}
"""
SITE = Site.from_toml(HOSPITAL)


@pytest.mark.parametrize(
    ("text", "intent", "place", "units", "status"),
    [
        ("dispatch sentinel seven on scene at ward twelve", "status", "ward-12", ("S7",), "onscene"),
        ("sentinel one two copy", "ack", None, ("S12",), "signed"),
        ("five zero seven en route to the pharmacy", "status", "pharmacy", ("S7",), "enroute"),
        ("sentinal seven you're clear", "readback", None, ("S7",), "cleared"),
        ("all posts report to ward thirty", "order", None, (), None),
        ("哨兵七到达十二病区", "status", "ward-12", ("S7",), "onscene"),
        ("哨兵幺两收到", "ack", None, ("S12",), "signed"),
        ("监控室 哨兵十二 药房有人打架", "report", "pharmacy", ("S12",), None),
    ],
)
def test_another_sites_names_are_understood(
    text: str, intent: str, place: str | None, units: tuple[str, ...], status: str | None
) -> None:
    """Other families, two-digit call signs, other places, another name for the centre."""
    lexicon = Lexicon.build(SITE, "en" if text.isascii() else "zh")
    found = understand(text, lexicon.lang, lexicon)
    assert (found.intent, found.place, found.units, found.status) == (intent, place, units, status)
