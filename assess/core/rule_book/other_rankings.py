"""The further rankings of a sheet as its book tells them: which score, which way, ties, and grades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.core.methods.as_rule import RuleTable
from assess.core.methods.scored import Better
from assess.core.numbers import as_written
from assess.core.rule_book.content import RuleBlock, RuleHeading, RuleParagraph
from assess.core.rule_book.ranking_words import FROM, GRADE, REST, TIE_WORDS, UP_TO
from assess.core.rule_book.wording import BookWording
from assess.core.rules.outcome import NodeRanking, ResultGrade
from assess.core.rules.sheet import title_of
from assess.core.text import Text

OTHER_RANKINGS: Final = Text("其他排名", "Other rankings")
RANKED: Final = {
    Better.HIGHER: Text("按“{node}”的得分由高到低排名。", "Ranked by the score of {node}, highest first."),
    Better.LOWER: Text("按“{node}”的得分由低到高排名。", "Ranked by the score of {node}, lowest first."),
}
AMONG: Final = Text(
    "组内有这一得分的单位均参加排名，不论有无总分；加减分事项不影响这一得分。",
    "All units of the group that have this score are ranked, with or without a total. Adjustments do not change it.",
)
TIES: Final = Text("得分相同的{ties}。", "Equal scores: {ties}.")
COUNTED_IN: Final = Text("得分单位为{unit}。", "Counted in {unit}.")
SCORE: Final = Text("得分", "Score")


def other_rankings(rankings: tuple[NodeRanking, ...], words: BookWording) -> Iterator[RuleBlock]:
    """A heading and a paragraph for each ranking, and its grades as a table."""
    yield RuleHeading(0, OTHER_RANKINGS)
    for ranking in rankings:
        yield RuleHeading(1, title_of(ranking, ranking.id))
        sentences = list(told_of(ranking, words))
        yield RuleParagraph(Text("".join(each.zh for each in sentences), " ".join(each.en for each in sentences)))
        if ranking.note is not None:
            yield RuleParagraph(ranking.note)
        if ranking.grades:
            yield RuleTable((GRADE, SCORE), tuple(grade_row(each) for each in ranking.grades))


def told_of(ranking: NodeRanking, words: BookWording) -> Iterator[Text]:
    """By which score, who is ranked, how ties count, and what the score is counted in."""
    yield RANKED[ranking.better].format(node=words.named("node", ranking.node))
    yield AMONG
    yield TIES.format(ties=TIE_WORDS[ranking.ties.value])
    if ranking.unit is not None:
        yield COUNTED_IN.format(unit=ranking.unit)


def grade_row(grade: ResultGrade) -> tuple[Text, Text]:
    """A grade with its bound."""
    bound, told = (grade.to, UP_TO) if grade.from_ is None else (grade.from_, FROM)
    return title_of(grade, grade.id), REST if bound is None else told.format(bound=as_written(bound))
