"""Scorecards and the ranked book, made from results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

import numpy as np

import assess
from assess.core.effects import applied_to, grade_title, words_of
from assess.core.figures import Use
from assess.core.lines import Lines
from assess.core.methods.scored import Better
from assess.core.numbers import printed, reduced
from assess.core.rules.adjustments import NAMES, Bonus, Deduction
from assess.core.rules.figure import BY_LEDGER, BY_TASK_LIST, FigureKind
from assess.core.rules.sheet import digest_of, title_of
from assess.core.scorecard.bridge import bridge
from assess.core.scorecard.content import (
    AdjustmentRow,
    Before,
    Book,
    Head,
    PostPoints,
    Ranked,
    RankingTable,
    Row,
    Scorecard,
)
from assess.core.scorecard.evidence import Register
from assess.core.scorecard.rows import Means, largest_losses, row_of, tree_rows
from assess.core.scoring.adjusting import Adjusted
from assess.core.scoring.item_inputs import with_unit
from assess.core.text import Text

ALL_UNITS = Text("全部考核对象", "all units")
NO_GROUP = Text("未分组", "no group")
KINDS = {
    "bonus": Text("加分", "bonus"),
    "deduction": Text("扣分", "deduction"),
    "veto": Text("一票否决", "veto"),
    "grade-cap": Text("等次限制", "grade cap"),
    "grade-down": Text("等次下调", "grade lowered"),
    "total-cap": Text("总分限制", "total cap"),
}
NOT_APPLIED = Text("未发生", "none")
CONDITION = Text("条件：{condition}", "where {condition}")
TO_NEXT = Text(
    "再得 {points} 分可达“{grade}”的分数线 {bound} 分",
    "{points} more points reach {bound}, from which the grade is {grade}",
)
TO_NEXT_LOWER = Text(
    "再降 {points} 可达“{grade}”的分数线 {bound}", "{points} less reaches {bound}, up to which the grade is {grade}"
)
HELD_BACK = Text("总分已达“{grade}”，但受下列事项限制：{why}", "the total reaches {grade}, but is held back by: {why}")
NO_PLACE = Text("总分已达“{grade}”，但该等次名额已满", "the total reaches {grade}, but its quota is full")
BLOCKED = Text("下列项目缺少数据，补齐前不能计算总分：{items}", "no total until figures are supplied for: {items}")
NOT_SCORED = Text("没有任何考核项有得分", "no item has a score")
NOT_IN_GROUP = Text("该单位不属于任何分组", "the unit belongs to no group")
LEFT_OUT = Text("等次名额已满", "quota full")


class Maker:
    """Makes the cards and tables of one result."""

    def __init__(self, lines: Lines) -> None:
        results = lines.results
        self.results = results
        self.lines = lines
        self.means = Means(results)
        sheet = results.inputs.sheet
        self.head = Head(
            sheet=sheet.id, title=sheet.title, year=sheet.year, basis=sheet.basis, standing=sheet.standing,
            rule_digest=digest_of(sheet), input_digest=results.inputs.digest, engine=assess.__version__,
        )  # fmt: skip

    def card(self, unit: int) -> Scorecard:
        """The card of one unit."""
        results, sheet = self.results, self.results.inputs.sheet
        register = Register(results, unit)
        in_group = results.groups[unit] >= 0
        rows = tuple(tree_rows(sheet.items, self.lines, self.means, register)) if in_group else ()
        adjustments = tuple(self.adjustment(each, register) for each in results.adjusted) if in_group else ()
        digits = results.total_digits
        state = results.state(unit)
        full = results.full if isinstance(results.full, Fraction) else results.full.fraction(unit)
        grade = results.grade(unit)
        return Scorecard(
            head=self.head,
            unit=results.inputs.units.codes[unit],
            name=results.inputs.units.names[unit],
            group=self.group_title(unit),
            state=state,
            state_why=self.state_why(unit, rows),
            total=one(results.total.take(np.array([unit])).printed(digits)),
            full="" if full is None else printed(full),
            base=self.base(unit),
            grade=None if grade is None else grade_title(results, grade),
            rank=self.rank(unit),
            of=str(results.of[unit]) if results.ranks.present[unit] else None,
            before=self.before(unit),
            converted=self.converted(unit),
            convertible=self.convertible(),
            members=self.members(unit),
            rows=rows,
            losses=largest_losses(rows),
            adjustments=adjustments,
            bridge=bridge(results, unit) if state == "scored" else (),
            not_applicable=tuple(row for row in rows if row.state == "not-applicable" and not row.section),
            missing=tuple(row for row in rows if row.state == "missing" and not row.section),
            warnings=tuple(warned.what for warned in results.warnings if warned.unit == unit),
            evidence=tuple(register.found),
            tasks=self.summary(unit, BY_TASK_LIST),
            findings=self.summary(unit, BY_LEDGER),
            next_grade=self.next_grade(unit),
        )

    def group_title(self, unit: int) -> Text | None:
        """The unit's group."""
        groups = self.results.inputs.sheet.groups
        if groups is None:
            return None
        number = int(self.results.groups[unit])
        return NO_GROUP if number < 0 else title_of(groups[number], groups[number].id)

    def state_why(self, unit: int, rows: tuple[Row, ...]) -> Text | None:
        """Why there is no total."""
        state = self.results.state(unit)
        if state == "blocked":
            blocking = [row.title for row in rows if self.blocks(row.id, unit)]
            return BLOCKED.filled(items=Text("、".join(t.zh for t in blocking), ", ".join(t.en for t in blocking)))
        return {"not-scored": NOT_SCORED, "no-group": NOT_IN_GROUP}.get(state)

    def blocks(self, node: str, unit: int) -> bool:
        """Whether a node is what keeps the unit from a total."""
        blocks = getattr(self.results.scores[node], "blocks", None)
        return blocks is not None and bool(blocks[unit])

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
            PostPoints(post.title, one(post.points.take(np.array([unit])).printed(digits)))
            for post in self.results.posts
        )

    def adjustment(self, adjusted: Adjusted, register: Register) -> AdjustmentRow:
        """What an adjustment did, or that it did nothing."""
        adjustment, unit = adjusted.adjustment, register.unit
        rows: tuple[Row, ...] = ()
        why = Text("", "")
        if isinstance(adjustment, Bonus | Deduction):
            rows = tuple(
                row_of(item, self.lines, self.means, register, (place,))
                for place, item in enumerate(adjustment.items, start=1)
            )
        else:
            why = CONDITION.filled(condition=adjustment.when.text)  # type: ignore[attr-defined]
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

    def summary(self, unit: int, supplier: str) -> tuple[tuple[Text, Text], ...]:
        """The figures of the task list or of the ledger."""
        inputs = self.results.inputs
        found = []
        for name, figure in inputs.sheet.figures.items():
            uses = inputs.figures.uses(name, unit) if figure.from_ == supplier else ()
            if uses:
                percent = figure.kind is FigureKind.PERCENT and figure.unit is None
                unit_of_measure = Text.same("%") if percent else figure.unit or Text("", "")
                found.append((title_of(figure, name), said(uses, unit_of_measure)))
        return tuple(found)

    def next_grade(self, unit: int) -> Text | None:
        """What would lift the unit to the next grade, or what holds it back."""
        graded, sheet = self.results.grades, self.results.inputs.sheet
        total = self.results.total.fraction(unit)
        if graded is None or sheet.grades is None or total is None:
            return None
        banded, place = int(graded.banded[unit]), int(graded.places[unit])
        if place > banded:
            reached = grade_title(self.results, sheet.grades[place - 1 if graded.left_out[unit] else banded].id)
            if graded.left_out[unit]:
                return NO_PLACE.filled(grade=reached)
            steps = [title_of(each.adjustment, each.adjustment.id) for each in self.grade_steps(unit)]
            why = Text("、".join(step.zh for step in steps), ", ".join(step.en for step in steps))
            return HELD_BACK.filled(grade=reached, why=why)
        if banded == 0:
            return None
        above = sheet.grades[banded - 1]
        higher = sheet.ranking.better is Better.HIGHER
        bound = above.from_ if higher else above.to
        assert bound is not None
        facts = {"points": printed(abs(bound - total)), "bound": printed(bound)}
        return (TO_NEXT if higher else TO_NEXT_LOWER).filled(grade=grade_title(self.results, above.id), **facts)

    def grade_steps(self, unit: int) -> Iterator[Adjusted]:
        """The adjustments that changed the unit's grade."""
        return (
            each
            for each in applied_to(self.results, unit)
            if NAMES[type(each.adjustment)] in ("veto", "grade-cap", "grade-down")
        )

    def table(self, number: int, title: Text) -> RankingTable:
        """The ranking of one group."""
        results, sheet = self.results, self.results.inputs.sheet
        members = np.flatnonzero(results.groups == number).tolist()
        order = sorted(members, key=lambda unit: (results.ranks.fraction(unit) or Fraction(10**9), unit))
        summary = results.summaries[number] if results.summaries else None
        totals = tuple(total for unit in order if (total := results.total.fraction(unit)) is not None)
        higher = sheet.ranking.better is Better.HIGHER
        bounds = tuple(
            (grade_title(results, grade.id), bound)
            for grade in sheet.grades or ()
            if (bound := grade.from_ if higher else grade.to) is not None
        )
        return RankingTable(
            title=title,
            of=str(int(results.ranks.present[members].sum())),
            mean=summary.mean if summary else None,
            highest=summary.highest if summary else None,
            lowest=summary.lowest if summary else None,
            sections=tuple((title_of(node, node.id), self.full_of(node.id, members)) for node in sheet.items),
            rows=tuple(self.ranked(unit) for unit in order),
            totals=totals,
            bounds=bounds,
        )

    def full_of(self, node: str, members: list[int]) -> str:
        """A top node's full mark in a group."""
        points = self.results.scene.full_mark(self.results.scores[node].node.points)
        if isinstance(points, Fraction):
            return printed(points)
        return printed(points.fraction(members[0]) or Fraction(0)) if members else ""

    def ranked(self, unit: int) -> Ranked:
        """One unit's line of the ranking."""
        results = self.results
        sections = []
        for node in results.inputs.sheet.items:
            row = row_of(node, self.lines, self.means, Register(results, unit), (1,))
            sections.append((row.points, row.share))
        marks = [words_of(each, results, unit) for each in self.grade_steps(unit)]
        if results.grades is not None and results.grades.left_out[unit]:
            marks.append(LEFT_OUT)
        before, grade = self.before(unit), results.grade(unit)
        return Ranked(
            unit=results.inputs.units.codes[unit],
            name=results.inputs.units.names[unit],
            state=results.state(unit),
            rank=self.rank(unit),
            total=one(results.total.take(np.array([unit])).printed(results.total_digits)),
            grade=None if grade is None else grade_title(results, grade),
            converted=self.converted(unit),
            change=before.change if before else None,
            sections=tuple(sections),
            marks=tuple(marks),
            why=self.state_why(
                unit, tuple(tree_rows(results.inputs.sheet.items, self.lines, self.means, Register(results, unit)))
            )
            if results.state(unit) == "blocked"
            else self.state_why(unit, ()),
        )

    def book(self) -> Book:
        """The ranked book: every group's table, then all cards in rank order, units of no group last."""
        groups = self.results.inputs.sheet.groups
        titles = [ALL_UNITS] if groups is None else [title_of(group, group.id) for group in groups]
        tables = tuple(self.table(number, title) for number, title in enumerate(titles))
        codes = {code: unit for unit, code in enumerate(self.results.inputs.units.codes)}
        in_order = [(row.unit, row.name, number) for number, table in enumerate(tables) for row in table.rows]
        listed = {unit for unit, _, _ in in_order}
        outside = [
            (code, self.results.inputs.units.names[unit], -1) for code, unit in codes.items() if code not in listed
        ]
        units = (*in_order, *outside)
        cards: tuple[Callable[[], Scorecard], ...] = tuple(partial(self.card, codes[code]) for code, _, _ in units)
        return Book(self.head, tables, cards, units)


def one(texts: list[str | None]) -> str | None:
    """The only text of a list."""
    return texts[0]


def said(uses: tuple[Use, ...], unit: Text) -> Text:
    """The values of all periods with their unit of measure."""
    return Text(
        " / ".join(with_unit(use.text.zh, unit.zh) for use in uses),
        " / ".join(with_unit(use.text.en, unit.en) for use in uses),
    )
