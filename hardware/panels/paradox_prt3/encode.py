"""PRT3 lines as the module says them. Each ends with its terminator."""


def event(group: int, number: int, area: int) -> bytes:
    """Return an event: group, zone or user, and area, each 0 to 999."""
    return f"G{group:03}N{number:03}A{area:03}\r".encode("ascii")


def area_request(area: int) -> bytes:
    """Return the question for the status of an area, 1 to 8."""
    return f"RA{area:03}\r".encode("ascii")


def area_status(area: int, flags: str = "DOOOOOO") -> bytes:
    """Return its answer with seven flags: D disarmed or A armed, then O where there is no trouble."""
    return f"RA{area:03}{flags}\r".encode("ascii")
