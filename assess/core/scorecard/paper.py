"""What is printed on pages: long numbers cut and marked ≈, true minus signs; JSON and Excel keep the full text."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from assess.core.explanations.sentences import shown
from assess.core.methods.cutting import EXACT_PLACES
from assess.core.scorecard.content import (
    AdjustmentRow,
    Before,
    BridgeStep,
    CardRow,
    RankedLine,
    RankingTable,
    Scorecard,
    WholeLoss,
)
from assess.core.scorecard.part_content import PartRow, PartTable
from assess.core.text import Text

LONG: Final = re.compile(rf"(?<![A-Za-z0-9_.≈])([-−+]?)(\d+\.\d{{{EXACT_PLACES + 1},}})(?![A-Za-z_]|\.\d)")
MINUS: Final = re.compile(r"(?<![A-Za-z0-9_.)\-])-(?=\d)")

TOO_SMALL: Final = frozenset({"≈+0", "≈−0"})
"""Amounts of which no digit is left on paper: what thirds lose where a sheet rounds nothing."""


def on_paper(text: str) -> str:
    """A printed number, or a sentence with numbers, as pages show it.

    Numbers of more than six decimals are cut to four and marked ≈; a hyphen before a number becomes a minus sign.
    """
    if "." in text:
        text = LONG.sub(lambda found: f"≈{found[1]}{shown(Fraction(found[2]))[0].removeprefix('≈')}", text)
    return MINUS.sub("−", text) if "-" in text else text


def optional(text: str | None) -> str | None:
    """A printed number that may be missing, as pages show it."""
    return None if text is None else on_paper(text)


def words(text: Text) -> Text:
    """A sentence as pages show it; the same one where nothing changes."""
    zh, en = on_paper(text.zh), on_paper(text.en)
    return text if zh == text.zh and en == text.en else Text(zh, en)


def optional_words(text: Text | None) -> Text | None:
    """A sentence that may be missing, as pages show it."""
    return None if text is None else words(text)


def card_on_paper(card: Scorecard) -> Scorecard:
    """The card as pages show it."""
    rows = tuple(map(row_on_paper, card.rows))
    known = {id(row): paper for row, paper in zip(card.rows, rows, strict=True)}
    return replace(
        card,
        total=optional(card.total),
        full=on_paper(card.full),
        base=optional(card.base),
        converted=optional(card.converted),
        convertible=optional(card.convertible),
        before=card.before and before_on_paper(card.before),
        converted_why=words(card.converted_why),
        members=tuple(replace(each, points=optional(each.points), why=words(each.why)) for each in card.members),
        rows=rows,
        losses=tuple(map(row_on_paper, card.losses)),
        whole_loss=card.whole_loss and whole_loss_on_paper(card.whole_loss),
        adjustments=tuple(adjustment_on_paper(each) for each in card.adjustments),
        bridge=bridge_on_paper(card.bridge),
        not_applicable=tuple(known.get(id(row)) or row_on_paper(row) for row in card.not_applicable),
        missing=tuple(known.get(id(row)) or row_on_paper(row) for row in card.missing),
        warnings=tuple(words(each) for each in card.warnings),
        evidence=tuple(replace(each, value=words(each.value)) for each in card.evidence),
        next_grade=optional_words(card.next_grade),
        others=tuple(each._replace(told=words(each.told)) for each in card.others),
    )


def bridge_on_paper(steps: tuple[BridgeStep, ...]) -> tuple[BridgeStep, ...]:
    """The steps as pages show them, without those too small to be seen there; none where only the item lines stay."""
    put = [BridgeStep(words(step.what), on_paper(step.amount)) for step in steps]
    seen = [step for number, step in enumerate(put) if number == 0 or step.amount not in TOO_SMALL]
    return () if len(seen) == 1 < len(put) else tuple(seen)


def row_on_paper(row: CardRow) -> CardRow:
    """One line of the card; the same one where nothing changes."""
    kept = (row.full, row.points, row.mean, row.lost, row.why)
    put = (on_paper(row.full), optional(row.points), optional(row.mean), optional(row.lost), words(row.why))
    if row.parts is None and kept == put:
        return row
    full, points, mean, lost, why = put
    parts = None if row.parts is None else parts_on_paper(row.parts)
    return replace(row, full=full, points=points, mean=mean, lost=lost, why=why, parts=parts)


def parts_on_paper(parts: PartTable) -> PartTable:
    """The parts of an item."""
    return replace(parts, rows=tuple(map(part_on_paper, parts.rows)), combined=words(parts.combined))


def part_on_paper(row: PartRow) -> PartRow:
    """One part of an item."""
    values = tuple(each and each._replace(shown=words(each.shown)) for each in row.values)
    points, weight = optional(row.points), optional(row.weight)
    return replace(row, points=points, full=on_paper(row.full), why=words(row.why), values=values, weight=weight)


def adjustment_on_paper(each: AdjustmentRow) -> AdjustmentRow:
    """One adjustment."""
    rows = tuple(map(row_on_paper, each.rows))
    return replace(each, title=words(each.title), effect=words(each.effect), why=words(each.why), rows=rows)


def whole_loss_on_paper(whole: WholeLoss) -> WholeLoss:
    """What all losses come to."""
    gained = tuple(BridgeStep(words(step.what), on_paper(step.amount)) for step in whole.gained)
    return WholeLoss(gained, on_paper(whole.amount))


def before_on_paper(before: Before) -> Before:
    """Last year's result."""
    return replace(before, total=optional(before.total))


def table_on_paper(table: RankingTable) -> RankingTable:
    """The ranking of a group as pages show it."""
    return replace(
        table,
        mean=optional(table.mean),
        highest=optional(table.highest),
        lowest=optional(table.lowest),
        sections=tuple((title, on_paper(full)) for title, full in table.sections),
        rows=tuple(map(ranked_on_paper, table.rows)),
        others=tuple(map(table_on_paper, table.others)),
    )


def ranked_on_paper(row: RankedLine) -> RankedLine:
    """One unit's line of the ranking."""
    return replace(
        row,
        total=optional(row.total),
        converted=optional(row.converted),
        sections=tuple((optional(points), share) for points, share in row.sections),
        marks=tuple(map(words, row.marks)),
    )
