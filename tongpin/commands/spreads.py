"""How measurements are shown to people: a table of percentiles, the other figures in a line below."""

import sys
from typing import Any

CANNOT_START = 4


def show_figures(figures: dict[str, Any]) -> None:
    """On stdout. What is itself a table holds milliseconds by percentile."""
    from rich.console import Console
    from rich.table import Table

    spreads = {name: figure for name, figure in figures.items() if isinstance(figure, dict)}
    table = Table("milliseconds", *next(iter(spreads.values())))
    for name, spread in spreads.items():
        table.add_row(name.removesuffix("_ms").replace("_", " "), *map(str, spread.values()))
    Console().print(table)
    plain = (f"{name.replace('_', ' ')} {figure}" for name, figure in figures.items() if name not in spreads)
    sys.stdout.write(", ".join(plain) + "\n")
