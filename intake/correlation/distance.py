"""Metres between two points of the earth."""

from math import asin, cos, radians, sin, sqrt

EARTH_M = 6_371_008.8
"""Mean radius of the earth (IUGG)."""

DEGREE_M = EARTH_M * radians(1)
"""Along a meridian: no two points are nearer than their latitudes."""


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the great circle; points are latitude and longitude in degrees. Symmetric, never negative."""
    north, other_north = radians(one[0]), radians(other[0])
    east = radians(other[1] - one[1])
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def within(one: tuple[float, float], other: tuple[float, float], limit: float) -> bool:
    """Whether two points are at most `limit` metres apart; most that are not are told by latitude alone."""
    apart = abs(one[0] - other[0]) * DEGREE_M
    return apart <= limit + 1 and metres(one, other) <= limit
