"""What the total of a unit lost, largest first, and what came back: together the full mark less the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.explanations.sentences import shown
from assess.core.methods.cutting import EXACT_PLACES, FEWEST_PLACES
from assess.core.methods.scored import Better
from assess.core.numbers import exact_places, printed
from assess.core.scorecard.content import AdjustmentRow, BridgeStep, CardRow, Scorecard, WholeLoss
from assess.core.scoring.nodes import SectionScore
from assess.core.scoring.results import Results
from assess.core.scoring.splitting import EntryKind, Split
from assess.core.text import EMPTY_TEXT, Text

COUNTS_SO_MUCH: Final = Text(
    "{why}；本项每1分在总分中计{factor}分", "{why}; each point of it counts {factor} in the total"
)
ABOVE_CAP: Final = Text("{title}：超过上限的得分不计", "{title}: points above the cap")
CORRECTED: Final = Text("{title}：按更正计分", "{title}: corrected")
TO_FLOOR: Final = Text("{title}：按下限计分", "{title}: raised to the floor")
ABOVE_FULL: Final = Text("{title}：超出分值的得分", "{title}: points above the full mark")
BOUNDED: Final = Text("总分上下限", "Cap and floor of the total")
ROUNDED: Final = Text("四舍五入", "Rounding")
OTHERS: Final = Text("其他{n}项合计", "{n} others, total")
IN_ALL: Final = Text("合计：满分{full}减总分{total}", "Total: full mark {full} less total {total}")


class Loss(NamedTuple):
    """What one item, adjustment, bound or all rounding took from a total; negative where it gave."""

    kind: EntryKind
    id: str
    lost: Fraction


def losses_of(split: Split, results: Results, unit: int) -> list[Loss]:
    """The losses of one unit; they add up to its whole loss. The rounding of sections and of the total is one."""
    found, rounding = [], Fraction(0)
    for each in split.of(unit):
        lost = each.lost
        if each.kind is EntryKind.ROUNDING:
            rounding += lost
            continue
        if each.kind is EntryKind.SECTION:
            of_section = rounding_of(each.id or "", split, results, unit)
            rounding += of_section
            lost -= of_section
        if lost:
            found.append(Loss(each.kind, each.id or "", lost))
    return [*found, Loss(EntryKind.ROUNDING, "", rounding)] if rounding else found


def rounding_of(section: str, split: Split, results: Results, unit: int) -> Fraction:
    """What the total lost by the rounding of a section."""
    score = results.scores[section]
    assert isinstance(score, SectionScore)
    assert score.exact is not None
    exact, points, factor = (each.fraction(unit) for each in (score.exact, score.points, split.factors[section]))
    assert exact is not None
    assert points is not None
    assert factor is not None
    return (exact - points) * factor


@dataclass(frozen=True, slots=True)
class LossRows:
    """Makes the lines of losses from the rows and adjustments of a unit's card."""

    split: Split
    results: Results
    unit: int
    rows: Sequence[CardRow]
    adjustments: Sequence[AdjustmentRow]

    def made(self) -> tuple[tuple[CardRow, ...], WholeLoss | None]:
        """The lines, largest first, equal ones in the order of the sheet, and what all comes to.

        Nothing where the unit has no total, or where less is better.
        """
        whole = self.split.whole_loss(self.unit)
        if whole is None or self.results.inputs.sheet.ranking.better is Better.LOWER:
            return (), None
        found = losses_of(self.split, self.results, self.unit)
        amounts = printed_amounts([each.lost for each in found], whole)
        told = sorted(zip(found, amounts, strict=True), key=lambda each: -each[0].lost)
        lines = tuple(replace(self.row_of(each), lost=text) for each, text in told if each.lost > 0)
        gained = tuple(BridgeStep(self.row_of(each).title, text) for each, text in told if each.lost < 0)
        return lines, WholeLoss(gained, shown(whole)[0])

    def row_of(self, loss: Loss) -> CardRow:
        """The line of a loss, or of what came back."""
        if loss.kind in (EntryKind.ITEM, EntryKind.SECTION):
            row = next(row for row in self.rows if row.id == loss.id)
            return self.row_of_node(row, loss)
        if loss.kind is EntryKind.ADJUSTMENT:
            adjustment = next(each for each in self.adjustments if each.id == loss.id)
            return row_of_adjustment(adjustment)
        return a_row(loss.id, BOUNDED if loss.kind is EntryKind.BOUNDS else ROUNDED)

    def is_corrected(self, section: str) -> bool:
        """Whether a correction of a section held."""
        score = self.results.scores[section]
        return isinstance(score, SectionScore) and any(each.holds[self.unit] for each in score.kept)

    def row_of_node(self, row: CardRow, loss: Loss) -> CardRow:
        """The line of an item, of a section that is no sum, or of the cap or floor of a section."""
        if loss.kind is EntryKind.SECTION:
            words = CORRECTED if self.is_corrected(loss.id) else ABOVE_CAP if loss.lost > 0 else TO_FLOOR
            return replace(a_row(row.id, words.format(title=row.title)), number=row.number, section=True)
        why = row.why
        factor = self.split.factors[row.id].fraction(self.unit)
        if factor is not None and factor != 1:
            why = COUNTS_SO_MUCH.format(why=why, factor=shown(factor)[0])
        title = row.title if loss.lost > 0 else ABOVE_FULL.format(title=row.title)
        return replace(row, title=title, why=why)


def row_of_adjustment(adjustment: AdjustmentRow) -> CardRow:
    """The line of a deduction, a cap, or a bonus that took points."""
    whys = [row.why for row in adjustment.rows if row.state == "scored"] or [adjustment.why]
    why = Text("；".join(each.zh for each in whys), "; ".join(each.en for each in whys))
    evidence = tuple(number for row in adjustment.rows for number in row.evidence)
    return replace(a_row(adjustment.id, adjustment.title), why=why, clause=adjustment.clause, evidence=evidence)


def a_row(id: str, title: Text) -> CardRow:
    """A line that is no item: it has no points of a full mark."""
    return CardRow(
        id=id, number="", depth=0, section=False, title=title, full="", points=None, state="scored", why=EMPTY_TEXT,
        clause="", evidence=(), mean=None, lost=None, share=None, mean_share=None,
    )  # fmt: skip


def printed_amounts(amounts: Sequence[Fraction], whole: Fraction) -> list[str]:
    """Exact amounts as texts that add up to the whole as it is printed; what had to be cut is marked ≈."""
    cut = [not fits(each) for each in amounts]
    if not any(cut):
        return [printed(each) for each in amounts]
    in_full = [exact_places(each) or 0 for each in (*amounts, whole) if fits(each)]
    places = max(FEWEST_PLACES, *in_full) if in_full else FEWEST_PLACES
    unit = Fraction(1, 10**places)
    kept = [each // unit * unit if inexact else each for each, inexact in zip(amounts, cut, strict=True)]
    target = Fraction(shown(whole, places)[0].removeprefix("≈"))
    by_rest = sorted((at for at, inexact in enumerate(cut) if inexact), key=lambda at: kept[at] - amounts[at])
    for at in by_rest[: int((target - sum(kept)) / unit)]:
        kept[at] += unit
    return [f"{'≈' * inexact}{printed(each)}" for each, inexact in zip(kept, cut, strict=True)]


def fits(amount: Fraction) -> bool:
    """Whether an amount is printed in full."""
    places = exact_places(amount)
    return places is not None and places <= EXACT_PLACES


class LossList(NamedTuple):
    """The largest losses, and below them what all others, what came back, and all together come to."""

    lines: tuple[CardRow, ...]
    sums: tuple[BridgeStep, ...]


def listed(card: Scorecard, most: int) -> LossList:
    """The losses of a card as pages and papers list them: so many lines, then sums that lead to the whole loss."""
    sums, others = [], card.losses[most:]
    if others:
        sums.append(BridgeStep(OTHERS.format(n=len(others)), lost_together(others)))
    if card.whole_loss is not None:
        whole = BridgeStep(IN_ALL.format(full=card.full, total=card.total), card.whole_loss.amount)
        sums += [*card.whole_loss.gained, whole]
    return LossList(card.losses[:most], tuple(sums))


def lost_together(rows: Sequence[CardRow]) -> str:
    """The sum of losses as they are printed, marked ≈ where one of them is."""
    texts = [row.lost or "0" for row in rows]
    together = sum((Fraction(each.removeprefix("≈")) for each in texts), Fraction(0))
    return f"{'≈' * any(each.startswith('≈') for each in texts)}{printed(together)}"
