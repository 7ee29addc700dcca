"""Blocks placed one below the other on as many pages as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from assess.files.pdf_style.drawing import Drawing
from assess.files.pdf_style.look import BODY_HEIGHT, BODY_WIDTH, BOTTOM, LEFT, TOP
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """Something of a height that is drawn below a corner, here nothing but a gap."""

    height: float

    def draw(self, page: PdfPage, left: float, top: float) -> None:
        """Put it on a page, its upper left corner at a place."""

    def cut(self, room: float) -> tuple[FlowBlock, FlowBlock] | None:
        """What fits into a height and the rest, or None for a block that stays whole."""
        return None


@dataclass(frozen=True, slots=True)
class PictureRow(FlowBlock):
    """Drawings side by side, each with its distance from the left edge."""

    drawings: tuple[tuple[float, Drawing], ...]

    def draw(self, page: PdfPage, left: float, top: float) -> None:
        """Put the drawings on a page, their upper edges in line."""
        for offset, drawing in self.drawings:
            page.draw(drawing, left + offset, top - drawing.high)


@dataclass(frozen=True, slots=True)
class SideBySide(FlowBlock):
    """Columns of blocks side by side, `step` apart."""

    columns: tuple[tuple[FlowBlock, ...], ...]
    step: float

    def draw(self, page: PdfPage, left: float, top: float) -> None:
        """Put the columns on a page."""
        for number, column in enumerate(self.columns):
            y = top
            for block in column:
                block.draw(page, left + number * self.step, y)
                y -= block.height


KEPT_WHOLE: Final = BODY_HEIGHT * 0.75
"""A block higher than this is cut where it stands; a smaller one goes to the next page."""


class PageFlow:
    """Fills page after page.

    A block put with `keep` is never parted from the one after it. While a table runs, its head is repeated on top of
    each new page.
    """

    def __init__(self, setter: Typesetter) -> None:
        self.setter = setter
        self.pages: list[PdfPage] = []
        self._y = 0.0
        self._head: FlowBlock | None = None
        self._waiting: list[tuple[FlowBlock, bool]] = []

    @property
    def page(self) -> PdfPage:
        """The page being filled."""
        if not self.pages:
            self._turn()
        return self.pages[-1]

    @property
    def room(self) -> float:
        """The height left on the page below what waits to be placed."""
        return (self._y - BOTTOM if self.pages else BODY_HEIGHT) - fsum(block.height for block, _ in self._waiting)

    def put(self, block: FlowBlock, *, keep: bool = False, head: bool = False) -> None:
        """Place a block; `head` makes it the head of a table, repeated until `end_table`."""
        self._waiting.append((block, head))
        if not keep:
            self._place_waiting()

    def end_table(self) -> None:
        """No further page begins with the head of the table."""
        self._place_waiting()
        self._head = None

    def break_page(self) -> None:
        """Go on with a new page, unless this one is still empty; what waits for its next block goes with it."""
        if not self._fresh():
            self._turn()

    def finish(self) -> list[PdfPage]:
        """The filled pages, at least one."""
        self._place_waiting()
        return self.pages or [self.page]

    def _place_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if fsum(block.height for block, _ in waiting) > self._left() and not self._fresh():
            self._turn()
        for block, head in waiting:
            self._place(block)
            self._head = block if head else self._head

    def _place(self, block: FlowBlock) -> None:
        while block.height > self._left():
            parts = block.cut(self._left()) if self._fresh() or block.height > KEPT_WHOLE else None
            if parts is None and self._fresh():
                break
            if parts is not None:
                self._draw(parts[0])
                block = parts[1]
            self._turn()
        self._draw(block)

    def _draw(self, block: FlowBlock) -> None:
        block.draw(self.page, LEFT, self._y)
        self._y -= block.height

    def _left(self) -> float:
        return self._y - BOTTOM if self.pages else BODY_HEIGHT

    def _fresh(self) -> bool:
        return not self.pages or self._y >= TOP - (self._head.height if self._head else 0) - 0.01

    def _turn(self) -> None:
        self.pages.append(PdfPage(self.setter))
        self._y = TOP
        if self._head:
            self._draw(self._head)


LEAST_ROOM: Final = 40.0
SMALL_LIST: Final = BODY_HEIGHT / 5
"""Columns no higher than this are not parted by the end of a page."""


COLUMN_GAP: Final = 12.0


def column_width(count: int) -> float:
    """The width of one of `count` columns of small blocks."""
    return (BODY_WIDTH + COLUMN_GAP) / count - COLUMN_GAP


def put_in_columns(flow: PageFlow, blocks: Sequence[FlowBlock], count: int, head: FlowBlock | None = None) -> None:
    """Place small blocks in `count` columns, down each column and then across, as long as the last page allows alike.

    `head` stands on top of each column.
    """
    rest, top = list(blocks), (head,) if head else ()
    low = fsum(block.height for block in blocks) < count * SMALL_LIST
    while rest:
        room = flow.room - (head.height if head else 0)
        if room < LEAST_ROOM or (low and deal(rest, count, room)[1]):
            flow.break_page()
        columns, rest = deal(rest, count, flow.room - (head.height if head else 0))
        columns = tuple((*top, *column) for column in columns)
        height = max(fsum(block.height for block in column) for column in columns)
        flow.put(SideBySide(height, columns, column_width(count) + COLUMN_GAP))


def deal(blocks: list[FlowBlock], count: int, room: float) -> tuple[tuple[tuple[FlowBlock, ...], ...], list[FlowBlock]]:
    """The columns that fit into a height, as even as can be, and what is left over."""
    high = max(fsum(block.height for block in blocks) / count, *(block.height for block in blocks), 1)
    step = min(block.height for block in blocks)
    while high < room:
        columns, rest = filled(blocks, count, high)
        if not rest:
            return columns, rest
        high += step
    return filled(blocks, count, room)


def filled(
    blocks: list[FlowBlock], count: int, high: float
) -> tuple[tuple[tuple[FlowBlock, ...], ...], list[FlowBlock]]:
    """Columns of a height filled one after the other, and what is left over."""
    columns: list[tuple[FlowBlock, ...]] = []
    at = 0
    while at < len(blocks) and len(columns) < count:
        begin, used = at, 0.0
        while at < len(blocks) and (at == begin or used + blocks[at].height <= high + 0.01):
            used += blocks[at].height
            at += 1
        columns.append(tuple(blocks[begin:at]))
    return tuple(columns), blocks[at:]
