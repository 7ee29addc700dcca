"""The ranking of each group, and the ranked book."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import NamedTuple

import numpy as np

from assess.core.explanations.effects import applied_to, grade_title, told_with_reason
from assess.core.explanations.reckoning import printed_points
from assess.core.methods.scored import Better
from assess.core.numbers import printed, reduced, round_half_up
from assess.core.rules.adjustments import GradeCap, GradeDown, TotalCap, Veto
from assess.core.rules.nodes import Node, Section
from assess.core.rules.sheet import title_of
from assess.core.scorecard.content import Book, RankedLine, RankingTable, Scorecard
from assess.core.scorecard.evidence import Register
from assess.core.scorecard.making import NO_GROUP, CardMaker, one
from assess.core.scorecard.rows import MEAN_DIGITS, row_of
from assess.core.scoring.other_rankings import RankedScores
from assess.core.text import Text
from assess.core.warnings.results import result_warnings

LIMITS = (Veto, GradeCap, GradeDown, TotalCap)
"""What a ranking tells of beside a unit: not what adds points or takes them off."""
OTHER_OF_GROUP = Text("{group} · {ranking}", "{group} · {ranking}")
LEFT_OUT = Text("等次名额已满", "quota full")


class BookMaker(CardMaker):
    """Makes the tables of one result as well as its cards."""

    def table(self, number: int, title: Text) -> RankingTable:
        """The ranking of one group."""
        results, sheet = self.results, self.results.inputs.sheet
        members = np.flatnonzero(results.groups == number).tolist()
        order = sorted(members, key=lambda unit: (results.ranks.fraction(unit) or Fraction(10**9), unit))
        summary = results.summaries[number]
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
            mean=summary.mean,
            highest=summary.highest,
            lowest=summary.lowest,
            sections=tuple((title_of(node, node.id), self.full_of(node.id, members)) for node in parts_of(sheet.items)),
            rows=tuple(self.ranked(unit) for unit in order),
            totals=totals,
            bounds=bounds,
            unit=sheet.unit_of_result,
            others=tuple(self.other_table(each, members, title) for each in results.others),
        )

    def other_table(self, ranked: RankedScores, members: list[int], group: Text) -> RankingTable:
        """Another ranking of one group: its scores stand in the place of totals."""
        results, names = self.results, self.results.inputs.units
        order = sorted(members, key=lambda unit: (ranked.ranks.fraction(unit) or Fraction(10**9), unit))
        scores, ranking = printed_points(ranked.score, results), ranked.ranking
        rows = []
        for unit in order:
            rank, grade = ranked.ranks.fraction(unit), ranked.grade(unit)
            rows.append(
                RankedLine(
                    unit=names.codes[unit], name=names.names[unit], state=results.state(unit),
                    rank=None if rank is None else reduced(rank), total=None if rank is None else scores[unit],
                    grade=None if grade is None else title_of(grade, grade.id), converted=None, change=None,
                    sections=(), marks=(),
                )
            )  # fmt: skip
        ends = ends_of(ranked, members, scores)
        return RankingTable(
            title=OTHER_OF_GROUP.format(group=group, ranking=title_of(ranking, ranking.id)),
            of=str(int(ranked.ranks.present[members].sum())), sections=(),
            mean=ends.mean, highest=ends.highest, lowest=ends.lowest,
            rows=tuple(rows), totals=(), bounds=(), unit=ranking.unit or results.inputs.sheet.unit_of_result,
        )  # fmt: skip

    def full_of(self, node: str, members: list[int]) -> str:
        """A top node's full mark in a group; empty where it has none."""
        points = self.results.scene.full_mark(self.results.scores[node].node.points)
        if points is None or isinstance(points, Fraction):
            return "" if points is None else printed(points)
        return printed(points.fraction(members[0]) or Fraction(0)) if members else ""

    def ranked(self, unit: int) -> RankedLine:
        """One unit's line of the ranking."""
        results = self.results
        sections = []
        for node in parts_of(results.inputs.sheet.items):
            row = row_of(node, self.lines, self.means, Register(results, unit), (1,))
            sections.append((row.points, row.share))
        limits = (each for each in applied_to(results, unit) if isinstance(each.adjustment, LIMITS))
        marks = [told_with_reason(each, results, unit) for each in limits]
        if results.grades is not None and results.grades.left_out[unit]:
            marks.append(LEFT_OUT)
        before, grade = self.before(unit), results.grade(unit)
        return RankedLine(
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
            why=self.state_why(unit),
        )

    def book(self) -> Book:
        """The ranked book: every group's table, then all cards in rank order, units of no group last."""
        titles = [summary.title for summary in self.results.summaries]
        tables = tuple(self.table(number, title) for number, title in enumerate(titles))
        outside = self.outside()
        codes = {code: unit for unit, code in enumerate(self.results.inputs.units.codes)}
        numbered = [*enumerate(tables), *([(-1, outside)] if outside else [])]
        units = tuple((row.unit, row.name, number) for number, table in numbered for row in table.rows)
        cards: tuple[Callable[[], Scorecard], ...] = tuple(partial(self.card, codes[code]) for code, _, _ in units)
        names = self.results.inputs.units.names
        warnings = tuple(
            (None if each.unit is None else names[each.unit], each.what) for each in result_warnings(self.results)
        )
        return Book(self.head, tables, cards, units, outside, warnings)

    def outside(self) -> RankingTable | None:
        """The units of no group, which are reported and not ranked; None where there are none."""
        rows = tuple(self.ranked(unit) for unit in np.flatnonzero(self.results.groups < 0).tolist())
        if not rows:
            return None
        nodes = parts_of(self.results.inputs.sheet.items)
        return RankingTable(
            title=NO_GROUP, of="0", mean=None, highest=None, lowest=None,
            sections=tuple((title_of(node, node.id), "") for node in nodes), rows=rows, totals=(), bounds=(),
            unit=self.head.unit_of_result,
        )  # fmt: skip


class ScoreRange(NamedTuple):
    """The mean, the highest and the lowest of some scores, printed; None where there are none."""

    mean: str | None
    highest: str | None
    lowest: str | None


def ends_of(ranked: RankedScores, members: list[int], scores: list[str | None]) -> ScoreRange:
    """The mean of the scores of a ranking, rounded as they are or to 2 decimals, and the highest and the lowest."""
    points = {unit: ranked.score.points.fraction(unit) for unit in members if ranked.ranks.present[unit]}
    known = {unit: value for unit, value in points.items() if value is not None}
    if not known:
        return ScoreRange(None, None, None)
    high, low = max(known, key=lambda unit: known[unit]), min(known, key=lambda unit: known[unit])
    digits = MEAN_DIGITS if ranked.digits is None else ranked.digits
    mean = round_half_up(sum(known.values(), Fraction(0)) / len(known), digits)
    return ScoreRange(printed(mean, digits), scores[high], scores[low])


def parts_of(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """What a ranking shows beside the total: the top nodes; where there is only one, its parts."""
    while len(nodes) == 1 and isinstance(nodes[0], Section):
        nodes = nodes[0].items
    return nodes
