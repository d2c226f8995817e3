"""What each extra of pyproject.toml installs, as the top-level modules a program may then import."""

import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
OURS = frozenset({"bus", "gateway", "hardware", "intake", "tongpin", "tui"})


def modules_beyond(extra: str) -> list[str]:
    """Every third-party module of this environment that `pip install tongpin[extra]` would not bring."""
    brought = distributions_of(extra)
    return sorted(
        module
        for module, owners in metadata.packages_distributions().items()
        if module not in OURS and not {canonicalize_name(owner) for owner in owners} & brought
    )


@cache
def distributions_of(extra: str) -> frozenset[str]:
    """The distributions of `tongpin[extra]` and all they need themselves, by canonical name."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    waiting += _of_extra(project["optional-dependencies"], extra)
    found: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name not in found or wanted.extras:
            found.add(name)
            waiting += [one for one in _needs(wanted) if canonicalize_name(one.name) not in found]
    return frozenset(found)


def _of_extra(extras: dict[str, list[str]], extra: str) -> list[Requirement]:
    """Its requirements, with our own extras (`tongpin[box]`) written out."""
    requirements = [Requirement(line) for line in extras[extra]]
    ours = [inner for one in requirements if one.name == "tongpin" for inner in one.extras]
    others = [one for one in requirements if one.name != "tongpin"]
    return others + [one for inner in ours for one in _of_extra(extras, inner)]


def _needs(wanted: Requirement) -> list[Requirement]:
    """What an installed distribution needs here; nothing when it is not installed."""
    try:
        lines = metadata.requires(wanted.name) or []
    except metadata.PackageNotFoundError:
        return []
    environments = [{"extra": extra} for extra in (wanted.extras or {""})]
    needs = [Requirement(line) for line in lines]
    return [
        one for one in needs if one.marker is None or any(one.marker.evaluate(each) for each in environments)
    ]
