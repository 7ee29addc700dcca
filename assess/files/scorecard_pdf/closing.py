"""The later parts of a scorecard: adjustments, the bridge to the total, what was left out, summaries, data, digests."""

from __future__ import annotations

from typing import Final

from assess.core.scorecard.content import Row, Scorecard
from assess.files.pdf_style.flow import Block, Flow, column_width, put_in_columns
from assess.files.pdf_style.look import BLACK, BODY_WIDTH, CELL_BOLD, GREY, LIGHT_TINT, SMALL
from assess.files.pdf_style.tables import Column, Table, number_column, paragraph
from assess.files.scorecard_pdf import words
from assess.files.scorecard_pdf.headings import Headings
from assess.files.scorecard_pdf.items import clause_in, points_of
from assess.files.scorecard_pdf.sources import told_together, usual_file

BRIDGE_COLUMNS: Final = 2
DATA_COLUMNS: Final = 3


def put_closing(flow: Flow, headings: Headings, card: Scorecard) -> None:
    """Place what follows the items."""
    put_adjustments(flow, headings, card)
    put_bridge(flow, headings, card)
    put_left_out(flow, headings, card)
    put_summaries(flow, headings, card)
    put_data(flow, headings, card)


def put_adjustments(flow: Flow, headings: Headings, card: Scorecard) -> None:
    """Place every adjustment of the sheet: those that took effect in black, the others in grey."""
    if not card.adjustments:
        return
    headings.put(words.ADJUSTMENTS)
    say, language = flow.setter.say, flow.setter.language
    columns = [
        Column(say(words.KIND), 52, style=CELL_BOLD),
        Column(say(words.ADJUSTMENT), 112),
        Column(say(words.EFFECT), 82),
        Column(say(words.REASON), BODY_WIDTH - 52 - 112 - 82 - 75),
        Column(say(words.CLAUSE), 75, style=SMALL),
    ]
    table = Table(flow, columns)
    for each in card.adjustments:
        effect = say(each.effect) or say(words.NOT_APPLIED)
        cells = [say(each.kind), say(each.title), effect, say(each.why), clause_in(each.clause, language)]
        tint, colour = (LIGHT_TINT, BLACK) if each.applied else (None, GREY)
        table.add(cells, tint=tint, keep=bool(each.rows), colour=colour)
        for row in each.rows:
            clause = clause_in(row.clause, language)
            table.add([row.number, say(row.title), points_of(flow.setter, row), say(row.why), clause], colour=colour)
    table.end()


def put_bridge(flow: Flow, headings: Headings, card: Scorecard) -> None:
    """Place the steps from the printed lines to the printed total."""
    if not card.bridge:
        return
    headings.put(words.BRIDGE)
    say, steps = flow.setter.say, [(flow.setter.say(step.what), step.amount) for step in card.bridge]
    if card.total and steps[-1][1] != card.total:
        steps.append((say(words.TOTAL), card.total))
    amount = number_column(flow.setter, "", [amount for _, amount in steps], 50)
    table = Table(flow, [Column("", column_width(BRIDGE_COLUMNS) - amount.width), amount], head=False)
    rows: list[Block] = [table.row(step, bold=step is steps[-1]) for step in steps]
    put_in_columns(flow, rows, BRIDGE_COLUMNS)


def put_left_out(flow: Flow, headings: Headings, card: Scorecard) -> None:
    """Place the items that do not apply and those without data, each with its reason."""
    rows: list[Row] = [*card.not_applicable, *card.missing]
    if not rows:
        return
    headings.put(words.LEFT_OUT)
    say = flow.setter.say
    columns = [
        Column(say(words.NUMBER), max(flow.setter.width(row.number, SMALL) for row in rows) + 9, style=SMALL),
        Column(say(words.ITEM), 130),
        Column(say(words.STATE), 40),
    ]
    columns.append(Column(say(words.REASON), BODY_WIDTH - sum(each.width for each in columns)))
    table = Table(flow, columns)
    for row in rows:
        state = words.ROW_STATES.get(row.state)
        table.add([row.number, say(row.title), say(state) if state else row.state, say(row.why)])
    table.end()


def put_summaries(flow: Flow, headings: Headings, card: Scorecard) -> None:
    """Place what the task list and the ledger say of the unit."""
    if not card.tasks and not card.findings:
        return
    headings.put(words.TASKS_AND_FINDINGS)
    say = flow.setter.say
    table = Table(flow, [Column("", 80, style=CELL_BOLD), Column("", BODY_WIDTH - 80)], head=False)
    for title, facts in ((words.TASKS, card.tasks), (words.FINDINGS, card.findings)):
        if not facts:
            continue
        said = (say(words.NAME_AND_VALUE, name=name, value=value) for name, value in facts)
        table.add([say(title), say(words.BETWEEN).join(said)])
    table.end()


def put_data(flow: Flow, headings: Headings, card: Scorecard) -> None:
    """Place every figure with its values and sources, under the numbers that the items refer to."""
    if not card.evidence:
        return
    headings.put(words.DATA)
    file = usual_file(card.evidence)
    told = told_together(card, flow.setter, file)
    if file:
        flow.put(paragraph(flow.setter, flow.setter.say(words.USUAL_FILE, file=file), SMALL), keep=True)
    width = column_width(DATA_COLUMNS)
    number = Column("", max(flow.setter.width(numbers, SMALL) for numbers, _ in told) + 7, style=SMALL)
    table = Table(flow, [number, Column("", width - number.width, style=SMALL)], head=False)
    rows: list[Block] = [table.row(each) for each in told]
    put_in_columns(flow, rows, DATA_COLUMNS)


def put_digests(flow: Flow, headings: Headings, card: Scorecard) -> None:
    """Place the full digests, once in the document."""
    headings.put(words.CHECKING)
    say, head = flow.setter.say, card.head
    table = Table(flow, [Column("", 80, style=SMALL), Column("", BODY_WIDTH - 80, style=SMALL)], head=False)
    table.add([say(words.RULE_DIGEST), head.rule_digest], keep=True)
    table.add([say(words.INPUT_DIGEST), head.input_digest], keep=True)
    table.add([say(words.ENGINE), head.engine])
    table.end()
