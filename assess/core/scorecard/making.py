"""Scorecards and the ranked book, made from results."""

from __future__ import annotations

from functools import cached_property

import numpy as np

import assess
from assess.core.exact import Column
from assess.core.explanations.conversion_lines import converted_whys, post_whys
from assess.core.explanations.effects import grade_title, words_of
from assess.core.explanations.lines import ResultLines
from assess.core.explanations.reckoning import printed_points
from assess.core.expressions import Expression
from assess.core.figures import Use
from assess.core.numbers import printed, reduced
from assess.core.result_units import of_mark
from assess.core.rules.adjustments import KINDS, NAMES, Bonus, Deduction
from assess.core.rules.figure import BY_LEDGER, BY_TASK_LIST, Figure, FigureKind
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import digest_of, title_of
from assess.core.scorecard.bridge import bridge
from assess.core.scorecard.content import (
    AdjustmentRow,
    Before,
    CardRow,
    DocumentHead,
    Notice,
    OtherStanding,
    PostPoints,
    Scorecard,
    Sealing,
)
from assess.core.scorecard.evidence import Register
from assess.core.scorecard.losses import LossRows
from assess.core.scorecard.next_grade import next_grade
from assess.core.scorecard.part_content import PartTable
from assess.core.scorecard.rows import Means, row_of, tree_rows
from assess.core.scoring.adjusting import Adjusted
from assess.core.scoring.call_details import calls_told
from assess.core.scoring.other_rankings import RankedScores
from assess.core.text import Text
from assess.core.units_of_measure import in_unit
from assess.core.warnings.results import why_no_total

NO_GROUP = Text("未分组", "no group")
NOT_APPLIED = Text("未发生", "none")
RANKED = Text("{score}，第{rank}名（共{of}个）", "{score}, rank {rank} of {of}")
GRADED = Text("{told}，{grade}", "{told}, {grade}")
NOT_RANKED = Text("没有得分，不参加排名", "no score, not ranked")
CONDITION = Text("条件：{condition}", "where {condition}")


class CardMaker:
    """Makes the cards and tables of one result, as they are, provisional, or sealed."""

    def __init__(self, lines: ResultLines, sealing: Sealing | None = None, notice: Notice | None = None) -> None:
        results = lines.results
        self.results = results
        self.lines = lines
        self.means = Means(results)
        self.made_calls: dict[str, list[Text]] = {}
        sheet = results.inputs.sheet
        self.head = DocumentHead(
            sheet=sheet.id, title=sheet.title, year=sheet.year, basis=sheet.basis, standing=sheet.standing,
            rule_digest=digest_of(sheet), input_digest=results.inputs.digest, engine=assess.__version__,
            sealing=sealing, notice=notice, unit_of_result=sheet.unit_of_result,
        )  # fmt: skip

    def card(self, unit: int) -> Scorecard:
        """The card of one unit."""
        results, sheet = self.results, self.results.inputs.sheet
        register = Register(results, unit)
        in_group = results.groups[unit] >= 0
        rows = tuple(tree_rows(sheet.items, self.lines, self.means, register)) if in_group else ()
        adjustments = tuple(self.adjustment(each, register) for each in results.adjusted) if in_group else ()
        losses, whole_loss = LossRows(self.lines.split, results, unit, rows, adjustments).made()
        state = results.state(unit)
        return Scorecard(
            head=self.head,
            unit=results.inputs.units.codes[unit],
            name=results.inputs.units.names[unit],
            group=self.group_title(unit),
            state=state,
            state_why=self.state_why(unit),
            total=one(results.total.take(np.array([unit])).printed(results.total_digits)),
            full=self.full(unit),
            base=self.base(unit),
            grade=results.grade_title(unit),
            rank=self.rank(unit),
            of=str(results.of[unit]) if results.ranks.present[unit] else None,
            before=self.before(unit),
            converted=self.converted(unit),
            converted_why=self.converted_whys[unit],
            convertible=self.convertible(),
            members=self.members(unit),
            rows=rows,
            losses=losses,
            whole_loss=whole_loss,
            adjustments=adjustments,
            bridge=bridge(results, unit) if state == "scored" else (),
            not_applicable=tuple(row for row in rows if row.state == "not-applicable" and not row.section),
            missing=tuple(row for row in rows if row.state == "missing" and not row.section),
            warnings=tuple(warned.what for warned in results.warnings if warned.unit == unit),
            evidence=tuple(register.found),
            tasks=self.summary(unit, BY_TASK_LIST),
            findings=self.summary(unit, BY_LEDGER),
            next_grade=next_grade(results, unit),
            corrections=tuple(register.corrections),
            others=tuple(self.other(each, unit) for each in results.others) if in_group else (),
        )

    def parts_of(self, item: Item, unit: int) -> PartTable | None:
        """The parts of an item of one unit; None where it is not scored by parts or has none."""
        return self.means.tables.of(item.id, self.means.asked_by(item), unit)

    def other(self, ranked: RankedScores, unit: int) -> OtherStanding:
        """Where the unit stands in another ranking."""
        title = title_of(ranked.ranking, ranked.ranking.id)
        rank = ranked.ranks.fraction(unit)
        if rank is None:
            return OtherStanding(title, NOT_RANKED)
        counted = ranked.ranking.unit or self.results.inputs.sheet.unit_of_result
        score = printed_points(ranked.score, self.results)[unit] or ""
        facts = {"score": of_mark(score, "", counted), "rank": reduced(rank), "of": int(ranked.of[unit])}
        told, grade = RANKED.format(**facts), ranked.grade(unit)
        return OtherStanding(
            title, told if grade is None else GRADED.format(told=told, grade=title_of(grade, grade.id))
        )

    def group_title(self, unit: int) -> Text | None:
        """The unit's group."""
        groups = self.results.inputs.sheet.groups
        if groups is None:
            return None
        number = int(self.results.groups[unit])
        return NO_GROUP if number < 0 else title_of(groups[number], groups[number].id)

    def state_why(self, unit: int) -> Text | None:
        """Why there is no total."""
        return why_no_total(self.results, unit)

    def full(self, unit: int) -> str:
        """The full mark of the sheet; empty where it has none."""
        full = self.results.full.fraction(unit) if isinstance(self.results.full, Column) else self.results.full
        return "" if full is None else printed(full)

    def base(self, unit: int) -> str | None:
        """The base total, printed as totals are."""
        digits = self.results.total_digits
        base = self.results.base.take(np.array([unit]))
        return one(
            (base if digits is None else base.round(digits, self.results.scene.sheet.rounding.mode)).printed(digits)
        )

    def rank(self, unit: int) -> str | None:
        """The rank, a half one where ties are averaged."""
        rank = self.results.ranks.fraction(unit)
        return None if rank is None else reduced(rank)

    def before(self, unit: int) -> Before | None:
        """Last year's result."""
        known = self.results.inputs.last_results
        if known is None or (known.grade.missing[unit] and known.rank.missing[unit] and known.total[unit] is None):
            return None
        rank, of, now = known.rank.fraction(unit), known.of.fraction(unit), self.results.ranks.fraction(unit)
        change = int(rank - now) if rank is not None and now is not None and (rank - now).denominator == 1 else None
        grade = None if known.grade.missing[unit] else grade_title(self.results, str(known.grade.values[unit]))
        return Before(
            known.total[unit],
            None if rank is None else reduced(rank),
            None if of is None else reduced(of),
            grade,
            change,
        )

    def converted(self, unit: int) -> str | None:
        """Points of the performance evaluation."""
        converted = self.results.converted
        return None if converted is None else one(converted.take(np.array([unit])).printed(self.results.total_digits))

    def convertible(self) -> str | None:
        """What the result counts for at most."""
        conversion = self.results.inputs.sheet.conversion
        return None if conversion is None or conversion.points is None else printed(conversion.points)

    def members(self, unit: int) -> tuple[PostPoints, ...]:
        """Points of each post."""
        digits = self.results.total_digits
        return tuple(
            PostPoints(post.title, one(post.points.take(np.array([unit])).printed(digits)), whys[unit])
            for post, whys in zip(self.results.posts, self.post_whys, strict=True)
        )

    @cached_property
    def converted_whys(self) -> list[Text]:
        """How the converted points of all units came about."""
        return converted_whys(self.results)

    @cached_property
    def post_whys(self) -> list[list[Text]]:
        """How the points of all posts came about."""
        return post_whys(self.results)

    def adjustment(self, adjusted: Adjusted, register: Register) -> AdjustmentRow:
        """What an adjustment did, or that it did nothing."""
        adjustment, unit = adjusted.adjustment, register.unit
        rows: tuple[CardRow, ...] = ()
        why = Text("", "")
        if isinstance(adjustment, Bonus | Deduction):
            rows = tuple(
                row_of(item, self.lines, self.means, register, (place,))
                for place, item in enumerate(adjustment.items, start=1)
            )
        else:
            when = self.results.scene.values.readable(adjustment.when)  # type: ignore[attr-defined]
            why = Text.run(CONDITION.format(condition=self.with_grades(when)), self.calls_of(adjusted)[unit])
        applied = bool(adjusted.applied[unit])
        return AdjustmentRow(
            id=adjustment.id,
            kind=KINDS[NAMES[type(adjustment)]],
            title=title_of(adjustment, adjustment.id),
            clause=adjustment.clause,
            applied=applied,
            effect=words_of(adjusted, self.results, unit) if applied else NOT_APPLIED,
            why=why,
            rows=rows,
        )

    def calls_of(self, adjusted: Adjusted) -> list[Text]:
        """For every unit what the calls of an adjustment's condition looked at, found once."""
        adjustment = adjusted.adjustment
        if adjustment.id not in self.made_calls:
            when: Expression = adjustment.when  # type: ignore[attr-defined]
            self.made_calls[adjustment.id] = calls_told(when, self.results.scene.values)
        return self.made_calls[adjustment.id]

    def with_grades(self, condition: Text) -> Text:
        """A condition with grades by what they are called."""
        zh, en = condition
        for grade in self.results.inputs.sheet.grades or ():
            called = grade_title(self.results, grade.id)
            zh = zh.replace(f"“{grade.id}”", f"“{called.zh}”")
            en = en.replace(f'"{grade.id}"', called.en)
        return Text(zh, en)

    def summary(self, unit: int, supplier: str) -> tuple[tuple[Text, Text], ...]:
        """The figures of the task list or of the ledger."""
        inputs = self.results.inputs
        found = []
        for name, figure in inputs.sheet.figures.items():
            uses = inputs.figures.uses(name, unit) if figure.from_ == supplier else ()
            if uses:
                found.append((title_of(figure, name), said(uses, figure)))
        return tuple(found)


def one(texts: list[str | None]) -> str | None:
    """The only text of a list."""
    return texts[0]


def said(uses: tuple[Use, ...], figure: Figure) -> Text:
    """The values of all periods with their unit of measure."""
    told = [measured(figure, use.text) for use in uses]
    return Text(" / ".join(each.zh for each in told), " / ".join(each.en for each in told))


def measured(figure: Figure, value: Text) -> Text:
    """A value with its unit of measure; percent where the figure is one and states no other."""
    is_percent = figure.kind is FigureKind.PERCENT and figure.unit is None
    return in_unit(value, Text.same("%") if is_percent else figure.unit)
