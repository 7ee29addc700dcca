"""A drawing as an SVG image for the pages of the service."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Polygon, Shape, StraightLine

FONTS: Final = "PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif"


def to_svg(drawing: Drawing) -> str:
    """The drawing as one SVG element with its title; no scripts and no styles, so any content policy lets it show."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.wide:g} {drawing.high:g}" '
        f'width="{drawing.wide:g}" height="{drawing.high:g}" role="img" aria-label={quoteattr(drawing.title)} '
        f'font-family="{FONTS}">'
    )
    shapes = (element(shape, drawing.high) for shape in drawing.shapes)
    return "\n".join([head, f"<title>{escape(drawing.title)}</title>", *shapes, "</svg>"])


def element(shape: Shape, high: float) -> str:
    """One shape; y runs downwards in SVG."""
    match shape:
        case ChartLabel():
            weight = ' font-weight="bold"' if shape.bold else ""
            return (
                f'<text x="{shape.x:.2f}" y="{high - shape.y:.2f}" font-size="{shape.size:g}" '
                f'text-anchor="{shape.anchor}" fill="{shape.colour}"{weight}>{escape(shape.text)}</text>'
            )
        case StraightLine():
            ends = f'x1="{shape.x1:.2f}" y1="{high - shape.y1:.2f}" x2="{shape.x2:.2f}" y2="{high - shape.y2:.2f}"'
            return f"<line {ends}{stroke(shape)}/>"
        case Box():
            size = f'width="{shape.wide:.2f}" height="{shape.high:.2f}"'
            corner = f'x="{shape.x:.2f}" y="{high - shape.y - shape.high:.2f}"'
            return f'<rect {corner} {size} fill="{shape.fill or "none"}"{stroke(shape)}/>'
        case Polygon():
            points = " ".join(f"{x:.2f},{high - y:.2f}" for x, y in shape.points)
            return f'<polygon points="{points}" fill="{shape.fill or "none"}"{stroke(shape)}/>'


def stroke(shape: StraightLine | Box | Polygon) -> str:
    """The attributes of an outline."""
    if not shape.stroke:
        return ""
    dash = f' stroke-dasharray="{" ".join(f"{length:g}" for length in shape.dash)}"' if shape.dash else ""
    return f' stroke="{shape.stroke}" stroke-width="{shape.width:g}"{dash}'
