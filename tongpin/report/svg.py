"""SVG written by hand: a few elements, everything escaped, coordinates to a tenth of a pixel."""

from html import escape


def tag(name: str, *inside: str, **attributes: object) -> str:
    """One element; `class_` and `stroke_width` become `class` and `stroke-width`."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def text(x: float, y: float, said: str, class_: str = "", anchor: str = "start") -> str:
    """Words with their baseline at `y`; anchor start, middle or end."""
    return tag("text", escape(said), x=x, y=y, class_=class_, text_anchor=anchor)


def box(x: float, y: float, width: float, height: float, class_: str, round_: float = 0) -> str:
    """A filled rectangle; nothing is drawn of no width or height."""
    if width <= 0 or height <= 0:
        return ""
    return tag("rect", x=x, y=y, width=width, height=height, rx=round_, class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def picture(width: float, height: float, *inside: str, label: str) -> str:
    """A whole drawing that fills the width it is given; `label` is what it is to a screen reader."""
    return tag(
        "svg",
        *inside,
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_label=label,
    )


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
