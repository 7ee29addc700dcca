"""The head of a scorecard: title, unit, the result in large figures, and what a leader looks for first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assess.core.result_units import headed
from assess.core.scorecard.content import Before, Scorecard
from assess.core.text import EMPTY_TEXT, Text
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.columns import SIDE, Align, PdfColumn
from assess.files.pdf_style.flow import FlowBlock, PageFlow
from assess.files.pdf_style.look import (
    BODY,
    BODY_BOLD,
    BODY_WIDTH,
    CELL,
    CELL_BOLD,
    GREY,
    HAIR,
    LEFT,
    LIGHT_TINT,
    SMALL,
    SUBTITLE,
    TITLE,
    Style,
)
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, paragraph
from assess.files.scorecard_pdf import words
from assess.files.scorecard_pdf.check_code import CheckCode, CodeMark
from assess.files.scorecard_pdf.sealing import told_below

LABEL_WIDTH: Final = 70.0
FIGURES_HEIGHT: Final = 47.0
VALUE: Final = Style(16, bold=True)
VALUE_LINES: Final = 3
LEAST_SIZE: Final = 6.0
NOTE_LOSSES: Final = 3
"""How many of the largest losses the head names; all stand in the list of losses."""


def put_summary(flow: PageFlow, card: Scorecard, code: CheckCode | None) -> None:
    """Place the head of the card."""
    put_title(flow, card, code)
    put_facts(flow, card)
    setter = flow.setter
    if card.state == "scored":
        flow.put(FlowBlock(4))
        flow.put(LargeFigures(FIGURES_HEIGHT, tuple(key_figures(setter, card))))
    else:
        put_state(flow, card)
    put_notes(flow, card)


def put_title(flow: PageFlow, card: Scorecard, code: CheckCode | None) -> None:
    """Place the title of the rule sheet and of the document, and the check code in the corner."""
    setter = flow.setter
    if code:
        flow.put(CodeMark(0, code), keep=True)
    width = BODY_WIDTH - (2 * CodeMark.side + 10 if code else 0)
    inset, height = (BODY_WIDTH - width) / 2, 0.0
    for text, style in ((card.head.title, SUBTITLE), (words.SCORECARD, TITLE)):
        made = paragraph(setter, setter.say(text), style, width=width, align=Align.MIDDLE)
        flow.put(Inset(made.height, made, inset), keep=True)
        height += made.height
    flow.put(FlowBlock(max(3, CodeMark.room - height if code else 0)), keep=True)


@dataclass(frozen=True, slots=True)
class Inset(FlowBlock):
    """A block moved to the right."""

    block: FlowBlock
    by: float

    def draw(self, page: PdfPage, left: float, top: float) -> None:
        """Put the block on a page."""
        self.block.draw(page, left + self.by, top)


def put_facts(flow: PageFlow, card: Scorecard) -> None:
    """Place which unit, group and year this is, and on what it rests."""
    say, head = flow.setter.say, card.head
    label, half = PdfColumn("", LABEL_WIDTH, style=CELL_BOLD), BODY_WIDTH / 2 - LABEL_WIDTH
    facts = PdfTable(
        flow, [label, PdfColumn("", half, style=BODY_BOLD), label, PdfColumn("", half, style=BODY)], head=False
    )
    group = say(card.group or words.NO_GROUPS)
    facts.add([say(words.UNIT), say(card.name), say(words.GROUP), group], tint=LIGHT_TINT)
    standing = say(words.STANDINGS[head.standing]) if head.standing else words.NO_NUMBER
    facts.add([say(words.YEAR), str(head.year), say(words.STANDING), standing])
    if head.sealing:
        edition = say(words.EDITION_SAID, edition=head.sealing.edition)
        facts.add([say(words.EDITION), edition, say(words.SEALED_AT), head.sealing.at])
    if head.notice:
        said = say(words.RELEASED_SAID, run=head.notice.run)
        facts.add([say(words.RELEASED), said, say(words.RELEASED_AT), head.notice.at])
    facts.end()
    below = [[say(each.title), say(each.told)] for each in card.others]
    below += [list(row) for row in told_below(flow.setter, head)]
    if below:
        table = PdfTable(flow, [label, PdfColumn("", BODY_WIDTH - LABEL_WIDTH, style=CELL)], head=False)
        for row in below:
            table.add(row)
        table.end()


@dataclass(frozen=True, slots=True)
class LargeFigure:
    """One large figure: what it is, its value, and a word on it."""

    label: str
    value: str
    note: str


def key_figures(setter: Typesetter, card: Scorecard) -> Iterator[LargeFigure]:
    """Total, grade, rank, last year, change, converted points; what the sheet or the year before lacks is left out."""
    say, none = setter.say, words.NO_NUMBER
    yield LargeFigure(
        say(headed(words.TOTAL, card.head.unit_of_result)), card.total or none, note_on_total(setter, card)
    )
    if card.grade:
        yield LargeFigure(say(words.GRADE), say(card.grade), "")
    rank = say(words.RANK_OF, rank=card.rank, of=card.of) if card.rank else none
    yield LargeFigure(say(words.RANK), rank, say(words.RANKED_UNITS, of=card.of) if card.rank else say(words.UNRANKED))
    if card.before:
        yield from last_year(setter, card.before)
    if card.converted is not None or card.convertible is not None:
        note = say(words.FULL, full=card.convertible) if card.convertible else ""
        yield LargeFigure(say(words.CONVERTED), card.converted or none, note)


def note_on_total(setter: Typesetter, card: Scorecard) -> str:
    """The full mark of the total, where there is one, and the base where that is another number."""
    full = [setter.say(words.FULL, full=card.full)] if card.full else []
    if card.base is None or card.base == card.total:
        return full[0] if full else ""
    return " · ".join([*full, setter.say(words.BASE, base=card.base)])


def last_year(setter: Typesetter, before: Before) -> Iterator[LargeFigure]:
    """Last year's total, rank and grade, and the change of rank."""
    say, none = setter.say, words.NO_NUMBER
    rank = say(words.LAST_RANK, rank=before.rank, of=before.of or none) if before.rank else ""
    grade = say(before.grade) if before.grade else ""
    yield LargeFigure(say(words.LAST_YEAR), before.total or none, " · ".join(part for part in (rank, grade) if part))
    yield LargeFigure(say(words.CHANGE), changed(setter, before.change), say(words.AGAINST_LAST_YEAR))


def changed(setter: Typesetter, change: int | None) -> str:
    """A change of rank in words."""
    if change is None:
        return words.NO_NUMBER
    if change == 0:
        return setter.say(words.SAME)
    return setter.say(words.UP if change > 0 else words.DOWN, n=abs(change))


@dataclass(frozen=True, slots=True)
class LargeFigures(FlowBlock):
    """Large figures side by side in a frame."""

    figures: tuple[LargeFigure, ...]

    def draw(self, page: PdfPage, left: float, top: float) -> None:
        """Put the figures on a page."""
        width, bottom = BODY_WIDTH / len(self.figures), top - self.height + 3
        page.frame(LEFT, bottom, BODY_WIDTH, self.height - 3)
        for at, figure in enumerate(self.figures):
            middle, room = left + width * (at + 0.5), width - 2 * SIDE
            if at:
                page.bar(left + width * at, bottom, top, HAIR)
            put_large(page, figure, middle, bottom, room)


def put_large(page: PdfPage, figure: LargeFigure, middle: float, bottom: float, room: float) -> None:
    """Put one figure on a page: its label, its value as large as fits, a note below."""
    put_small(page, figure.label, middle, bottom + FIGURES_HEIGHT - 12, room)
    value = fitted(page.setter, figure.value, room, VALUE)
    lines = shortened(page.setter.plain(figure.value), room, value.size, value.bold, VALUE_LINES)
    y = bottom + 19 - value.size * 0.18 + (len(lines) - 1) * value.size * 0.55
    for line in lines:
        page.text_around(middle, y, line, value)
        y -= value.size * 1.1
    put_small(page, figure.note, middle, bottom + 5, room)


def put_small(page: PdfPage, text: str, middle: float, y: float, room: float) -> None:
    """Put one grey line on a page, shortened where it would be too small to read."""
    style = fitted(page.setter, text, room, SMALL)
    [line] = shortened(page.setter.plain(text), room, style.size)
    page.text_around(middle, y, line, style, GREY)


def fitted(setter: Typesetter, line: str, room: float, style: Style) -> Style:
    """The style, made smaller where the line would not fit, though never so small that it cannot be read."""
    width = setter.width(line, style)
    if width <= room:
        return style
    return style._replace(size=max(min(LEAST_SIZE, style.size), int(style.size * room / width * 100) / 100))


def put_state(flow: PageFlow, card: Scorecard) -> None:
    """Place why the unit has no total."""
    say = flow.setter.say
    flow.put(FlowBlock(4), keep=True)
    state = say(words.STATES.get(card.state, words.STATES["not-scored"]))
    table = PdfTable(
        flow, [PdfColumn("", 130, style=BODY_BOLD), PdfColumn("", BODY_WIDTH - 130, style=BODY)], head=False
    )
    table.add([state, say(card.state_why) if card.state_why else ""], tint=LIGHT_TINT)
    table.end()


def put_notes(flow: PageFlow, card: Scorecard) -> None:
    """Place what the team gets, what cost most, what would lift the grade, and remarks."""
    say = flow.setter.say
    table = PdfTable(
        flow, [PdfColumn("", LABEL_WIDTH, style=CELL_BOLD), PdfColumn("", BODY_WIDTH - LABEL_WIDTH)], head=False
    )
    for label, text in notes(flow.setter, card):
        table.add([say(label), text])
    table.end()


def notes(setter: Typesetter, card: Scorecard) -> Iterator[tuple[Text, str]]:
    """The notes that the card has."""
    say, between = setter.say, setter.say(words.BETWEEN)
    if card.converted_why.zh:
        yield words.CONVERTED, say(card.converted_why)
    if card.members:
        posts = (say(words.MEMBER, post=each.post, points=each.points or words.NO_NUMBER) for each in card.members)
        yield words.MEMBERS, between.join(posts)
    for each in card.members:
        if each.why.zh:
            yield EMPTY_TEXT, say(words.MEMBER_WHY, post=each.post, why=each.why)
    if card.losses:
        largest = card.losses[:NOTE_LOSSES]
        said = (
            say(words.LOSS if row.number else words.OTHER_LOSS, number=row.number, title=row.title, lost=lost(row.lost))
            for row in largest
        )
        yield words.LARGEST_LOSSES, between.join(said)
    if card.next_grade:
        yield words.NEXT_GRADE, say(card.next_grade)
    for warning in card.warnings:
        yield words.REMARKS, say(warning)


def lost(amount: str | None) -> str:
    """A loss with the sign of what it did to the total; a negative loss was gained."""
    if not amount:
        return words.NO_NUMBER
    about, plain = "≈" * amount.startswith("≈"), amount.removeprefix("≈")
    return f"{about}+{plain[1:]}" if plain[0] in "-−" else f"{about}−{plain}"
