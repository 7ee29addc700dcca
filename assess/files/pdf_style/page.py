"""One page under the pen: text, rules and tints collected as PDF operators."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import cos, radians, sin
from typing import NamedTuple
from zlib import compress, decompress

from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Polygon, StraightLine
from assess.files.pdf_style.look import BLACK, HAIR, LINE, PAGE_HEIGHT, PAGE_WIDTH, WATERMARK, Style
from assess.files.pdf_style.setting import Typesetter


class PageLink(NamedTuple):
    """A place on a page that leads to a named destination."""

    to: str
    left: float
    bottom: float
    right: float
    top: float


@cache
def operands(colour: str) -> str:
    """The three operands of a colour."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


class PdfPage:
    """The watermark lies lowest, then tints, then rules and charts, then text in the order of reading.

    `links` lead to named places; `titles` are the headings that stand on the page.
    """

    def __init__(self, setter: Typesetter) -> None:
        self.setter = setter
        self.links: list[PageLink] = []
        self.titles: list[str] = []
        self._tints: list[str] = []
        self._marks: list[str] = []
        self._rules: list[str] = []
        self._texts: list[str] = []
        self._ink = ""
        self._packed: list[bytes] = []

    def text(self, x: float, y: float, line: str, style: Style, colour: str = BLACK) -> None:
        """One line that begins at x, on the base line y."""
        if line:
            self._place(f"1 0 0 1 {x:.2f} {y:.2f} Tm", line, style, colour)

    def text_to(self, x: float, y: float, line: str, style: Style, colour: str = BLACK) -> None:
        """One line that ends at x."""
        self.text(x - self.setter.width(line, style), y, line, style, colour)

    def text_around(self, x: float, y: float, line: str, style: Style, colour: str = BLACK) -> None:
        """One line with its middle at x."""
        self.text(x - self.setter.width(line, style) / 2, y, line, style, colour)

    def text_up(self, x: float, y: float, line: str, style: Style, colour: str = BLACK) -> None:
        """One line that runs upwards from y, its base line at x."""
        if line:
            self._place(f"0 1 -1 0 {x:.2f} {y:.2f} Tm", line, style, colour)

    def _place(self, matrix: str, line: str, style: Style, colour: str) -> None:
        if colour != self._ink:
            self._texts.append(f"{operands(colour)} rg")
            self._ink = colour
        self._texts.append(f"{matrix} {self.setter.shown(line, style)}")

    def tint(self, left: float, bottom: float, width: float, height: float, colour: str) -> None:
        """A rectangle behind rules and text."""
        self._tints.append(f"{operands(colour)} rg {left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f")

    def rule(self, left: float, y: float, right: float, width: float = 0.4, colour: str = HAIR) -> None:
        """A horizontal rule."""
        self._rules.append(f"{operands(colour)} RG {width:g} w {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S")

    def bar(self, x: float, bottom: float, top: float, colour: str = HAIR) -> None:
        """A vertical rule."""
        self._rules.append(f"{operands(colour)} RG 0.4 w {x:.2f} {bottom:.2f} m {x:.2f} {top:.2f} l S")

    def frame(self, left: float, bottom: float, width: float, height: float) -> None:
        """The outline of a rectangle."""
        self._rules.append(f"{operands(LINE)} RG 0.8 w {left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re S")

    def link(self, to: str, left: float, bottom: float, right: float, top: float) -> None:
        """Let a place lead to a named destination."""
        self.links.append(PageLink(to, left, bottom, right, top))

    def squares(self, squares: Iterable[tuple[float, float, float, float]]) -> None:
        """Black rectangles (left, bottom, width, height) as one path."""
        path = " ".join(f"{left:.2f} {bottom:.2f} {wide:.2f} {high:.2f} re" for left, bottom, wide, high in squares)
        self._rules.append(f"{operands(BLACK)} rg {path} f")

    def watermark(self, line: str, style: Style) -> None:
        """A pale line across the page, under everything."""
        turn = radians(52)
        half, middle_x, middle_y = self.setter.width(line, style) / 2, PAGE_WIDTH / 2, PAGE_HEIGHT / 2
        x, y = middle_x - half * cos(turn), middle_y - half * sin(turn)
        matrix = f"{cos(turn):.4f} {sin(turn):.4f} {-sin(turn):.4f} {cos(turn):.4f} {x:.2f} {y:.2f} Tm"
        self._marks.append(f"BT {operands(WATERMARK)} rg {matrix} {self.setter.shown(line, style)} ET")

    def draw(self, drawing: Drawing, left: float, bottom: float) -> None:
        """A chart, its lower left corner at a place."""
        for shape in drawing.shapes:
            if isinstance(shape, ChartLabel):
                self._label(shape, left, bottom)
            else:
                self._rules.append(outline(shape, left, bottom))

    def _label(self, label: ChartLabel, left: float, bottom: float) -> None:
        style, x, y = Style(label.size, label.bold), left + label.x, bottom + label.y
        put = {"start": self.text, "middle": self.text_around, "end": self.text_to}[label.anchor]
        put(x, y, label.text, style, label.colour)

    @property
    def _parts(self) -> tuple[list[str], ...]:
        """What is on the page, from the lowest up."""
        return self._marks, self._tints, self._rules, self._texts

    def pack(self) -> None:
        """Compress what is on the page so far: a page that waits for its number takes a tenth of the memory."""
        self._packed = [compress("\n".join(part).encode(), level=1) for part in self._parts]
        for part in self._parts:
            part.clear()

    def operators(self) -> str:
        """The content of the page."""
        for part, packed in zip(self._parts, self._packed, strict=False):
            part[:0] = filter(None, [decompress(packed).decode()])
        self._packed.clear()
        return "\n".join([*self._marks, *self._tints, *self._rules, "BT", *self._texts, "ET"])


def outline(shape: StraightLine | Box | Polygon, left: float, bottom: float) -> str:
    """The operators of a line or of a filled or outlined area."""
    path = path_of(shape, left, bottom)
    fill = None if isinstance(shape, StraightLine) else shape.fill
    parts = ["q"]
    if fill:
        parts.append(f"{operands(fill)} rg")
    if shape.stroke:
        dash = " ".join(f"{length:g}" for length in shape.dash)
        parts.append(f"{operands(shape.stroke)} RG {shape.width:g} w [{dash}] 0 d 1 j")
    parts += [path, {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(fill), bool(shape.stroke)], "Q"]
    return " ".join(parts)


def path_of(shape: StraightLine | Box | Polygon, left: float, bottom: float) -> str:
    """The path of a shape."""
    if isinstance(shape, Box):
        return f"{left + shape.x:.2f} {bottom + shape.y:.2f} {shape.wide:.2f} {shape.high:.2f} re"
    points = ((shape.x1, shape.y1), (shape.x2, shape.y2)) if isinstance(shape, StraightLine) else shape.points
    steps = [f"{left + x:.2f} {bottom + y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)]
    return " ".join([*steps, "h"] if isinstance(shape, Polygon) else steps)
