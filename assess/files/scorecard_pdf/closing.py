"""The later parts of a scorecard: adjustments, the bridge to the total, what was left out, summaries, data, digests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from assess.core.result_units import headed
from assess.core.rules.titles import clause_words
from assess.core.scorecard.content import AdjustmentRow, Scorecard
from assess.core.text import Text
from assess.files.pdf_style.columns import PdfColumn, number_column
from assess.files.pdf_style.flow import FlowBlock, PageFlow, column_width, put_in_columns
from assess.files.pdf_style.look import BODY_WIDTH, CELL, CELL_BOLD, LIGHT_TINT, SMALL
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, paragraph
from assess.files.scorecard_pdf import words
from assess.files.scorecard_pdf.headings import Headings
from assess.files.scorecard_pdf.items import points_of, small_column
from assess.files.scorecard_pdf.sealing import digests
from assess.files.scorecard_pdf.sources import data_rows, told_once, told_together, usual_place
from assess.files.scorecard_pdf.summary import LABEL_WIDTH

BRIDGE_COLUMNS: Final = 2
KIND_WIDTH: Final = 56.0
EFFECT_WIDTH: Final = 100.0
CLAUSE_WIDTH: Final = 76.0


def put_closing(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place what follows the items."""
    put_adjustments(flow, headings, card)
    put_bridge(flow, headings, card)
    put_left_out(flow, headings, card)
    put_summaries(flow, headings, card)
    put_data(flow, headings, card)


def put_adjustments(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place the adjustments that took effect, each with its items, and briefly those that did not."""
    if not card.adjustments:
        return
    headings.put(words.ADJUSTMENTS)
    say = flow.setter.say
    applied = [each for each in card.adjustments if each.applied]
    if applied:
        table = PdfTable(flow, adjustment_columns(flow.setter, applied))
        for each in applied:
            cells = [say(each.kind), say(each.title), say(each.effect), say(each.why), say(clause_words(each.clause))]
            table.add(cells, tint=LIGHT_TINT, strong=(0, 1, 2), keep=bool(each.rows))
            for row in each.rows:
                clause = say(clause_words(row.clause))
                table.add([row.number, say(row.title), points_of(flow.setter, row), say(row.why), clause])
        table.end()
    others = [each for each in card.adjustments if not each.applied]
    if others:
        label = PdfColumn("", KIND_WIDTH, style=CELL_BOLD)
        table = PdfTable(flow, [label, PdfColumn("", BODY_WIDTH - KIND_WIDTH, style=SMALL)], head=False)
        table.add([say(words.NOT_APPLIED), not_applied(flow.setter, others)])
        table.end()


def adjustment_columns(setter: Typesetter, applied: Sequence[AdjustmentRow]) -> list[PdfColumn]:
    """Kind, title, effect, reason and clause; the reason gets what the others leave."""
    say = setter.say
    clauses = [say(clause_words(each.clause)) for each in applied]
    clauses += [say(clause_words(row.clause)) for each in applied for row in each.rows]
    clause = small_column(setter, say(words.CLAUSE), clauses, CLAUSE_WIDTH)
    effects = [points_of(setter, row) for each in applied for row in each.rows] + [say(each.effect) for each in applied]
    effect = replace(small_column(setter, say(words.EFFECT), effects, EFFECT_WIDTH), style=CELL)
    rest = BODY_WIDTH - KIND_WIDTH - clause.width - effect.width
    return [
        PdfColumn(say(words.KIND), KIND_WIDTH),
        PdfColumn(say(words.ADJUSTMENT), rest * 0.36),
        effect,
        PdfColumn(say(words.REASON), rest * 0.64),
        clause,
    ]


def not_applied(setter: Typesetter, others: Sequence[AdjustmentRow]) -> str:
    """Titles and clauses of the adjustments that did not take effect, kind by kind in the order of the sheet."""
    say = setter.say
    kinds = dict.fromkeys(each.kind for each in others)
    listed = (
        say(words.KIND_LISTED, kind=kind, adjustments=Text.listed(titles_of(setter, others, kind))) for kind in kinds
    )
    return say(words.BETWEEN).join(listed)


def titles_of(setter: Typesetter, others: Sequence[AdjustmentRow], kind: Text) -> Iterator[str]:
    """The adjustments of one kind, each with its clause in brackets."""
    for each in others:
        if each.kind == kind:
            yield setter.say(words.WITH_CLAUSE, title=each.title, clause=setter.say(clause_words(each.clause)))


def put_bridge(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place the steps from the printed lines to the printed total."""
    if not card.bridge:
        return
    headings.put(words.BRIDGE)
    say, steps = flow.setter.say, [(flow.setter.say(step.what), step.amount) for step in card.bridge]
    if card.total and steps[-1][1] != card.total:
        steps.append((say(headed(words.TOTAL, card.head.unit_of_result)), card.total))
    amount = number_column(flow.setter, "", [amount for _, amount in steps], 50)
    table = PdfTable(flow, [PdfColumn("", column_width(BRIDGE_COLUMNS) - amount.width), amount], head=False)
    rows: list[FlowBlock] = [table.row(step, bold=step is steps[-1]) for step in steps]
    put_in_columns(flow, rows, BRIDGE_COLUMNS)


def put_left_out(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place which items do not apply and which lack data; the table of items says why."""
    if not card.not_applicable and not card.missing:
        return
    headings.put(words.LEFT_OUT)
    say = flow.setter.say
    table = PdfTable(
        flow, [PdfColumn("", LABEL_WIDTH, style=CELL_BOLD), PdfColumn("", BODY_WIDTH - LABEL_WIDTH)], head=False
    )
    for state, rows in (("not-applicable", card.not_applicable), ("missing", card.missing)):
        if rows:
            table.add(
                [
                    say(words.LEFT_OUT_STATES[state], n=len(rows)),
                    say(words.BETWEEN).join(f"{row.number}\xa0{say(row.title)}" for row in rows),
                ]
            )
    table.end()


def put_summaries(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place what the task list and the ledger say of the unit, and what was put right after the release."""
    if not card.tasks and not card.findings and not card.corrections:
        return
    headings.put(words.SUMMARIES_AND_CORRECTIONS if card.corrections else words.TASKS_AND_FINDINGS)
    say = flow.setter.say
    table = PdfTable(
        flow, [PdfColumn("", LABEL_WIDTH, style=CELL_BOLD), PdfColumn("", BODY_WIDTH - LABEL_WIDTH)], head=False
    )
    for title, facts in ((words.TASKS, card.tasks), (words.FINDINGS, card.findings)):
        if not facts:
            continue
        said = (say(words.NAME_AND_VALUE, name=name, value=value) for name, value in facts)
        table.add([say(title), say(words.BETWEEN).join(said)])
    for each in card.corrections:
        now = words.CORRECTED_SAID.format(number=each.number, figure=each.figure, value=each.value, by=each.by)
        table.add([say(words.CORRECTED), say(now)])
    table.end()


def put_data(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place every figure with its values and sources, under the numbers that the items refer to."""
    if not card.evidence:
        return
    headings.put(words.DATA)
    setter, usual = flow.setter, usual_place(card.evidence)
    if usual.file:
        flow.put(paragraph(setter, told_once(setter, usual), SMALL), keep=True)
    for row in data_rows(setter, told_together(card, setter, usual)):
        flow.put(row)


def put_digests(flow: PageFlow, headings: Headings, card: Scorecard) -> None:
    """Place the full digests, once in the document."""
    headings.put(words.CHECKING)
    table = PdfTable(flow, [PdfColumn("", 80, style=SMALL), PdfColumn("", BODY_WIDTH - 80, style=SMALL)], head=False)
    rows = list(digests(flow.setter, card.head))
    for row in rows:
        table.add(row, keep=row is not rows[-1])
    table.end()
