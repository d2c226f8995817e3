"""What the site calls its things, for the consoles."""

from bus.messages.board import Names
from intake.site import Place, Site


def names_of(site: Site) -> Names:
    """Every name in every language of the site."""
    units = {unit: {lang: site.unit_name(unit, lang) for lang in site.languages} for unit in site.units}
    return Names(
        site=dict(site.name),
        places={
            place: {lang: site.place_name(place, lang) for lang in site.languages} for place in site.places
        },
        types={kind: dict(known.name) for kind, known in site.types.items()},
        units=units,
        teams={key: dict(team.name) for key, team in site.teams.items()},
        agencies={key: dict(agency.name) for key, agency in site.agencies.items()},
        skills={key: dict(skill.name) for key, skill in site.skills.items()},
        lines={key: dict(name) for key, name in site.line_names.items()},
        priorities={kind: known.priority for kind, known in site.types.items()},
        spoken={key: _spoken(place) for key, place in site.places.items()},
    )


def _spoken(place: Place) -> tuple[str, ...]:
    return tuple(name for names in place.say.values() for name in names)
