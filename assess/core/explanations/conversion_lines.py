"""The sentences of converted points: of every unit, and of each post whose points are not simply those of its unit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from assess.core.exact import Column
from assess.core.explanations.conversion_ways import explained_as_team, explained_by_items, explained_conversion
from assess.core.explanations.explained_points import explained_points
from assess.core.explanations.explanation import Explanation
from assess.core.explanations.reckoning import ToPrinted
from assess.core.rules.outcome import Conversion, TeamPost
from assess.core.scoring.conversion import convert, points_before_cap, within_cap
from assess.core.scoring.results import Post, Results
from assess.core.text import EMPTY_TEXT, Text


def converted_whys(results: Results) -> list[Text]:
    """How each unit's converted points come about; empty where it has none."""
    explanation = conversion_explanation(results)
    return [EMPTY_TEXT] * len(results.total) if explanation is None else texts_of(explanation)


def post_whys(results: Results) -> list[list[Text]]:
    """How the points of each post come about; empty where they are those of the unit, or there are none."""
    return [texts_of(explanation) for explanation in post_explanations(results)]


def conversion_explanation(results: Results) -> Explanation | None:
    """How the converted points of units come about; None where totals are not converted."""
    conversion, points = results.inputs.sheet.conversion, results.converted
    if conversion is None or points is None:
        return None
    way = way_of(convert(conversion, results.standings), lambda points: points, results)
    return explained_points(explained_conversion(conversion, results.standings), way, points, points.present, {})


def post_explanations(results: Results) -> list[Explanation]:
    """How the points of each post come about."""
    conversion = results.inputs.sheet.conversion
    if conversion is None:
        return []
    team, pairs = convert(conversion, results.standings), zip(conversion.members or (), results.posts, strict=True)
    return [post_explanation(member, post, team, results) for member, post in pairs]


def post_explanation(member: TeamPost, post: Post, team: Column, results: Results) -> Explanation:
    """How the points of a post come about."""
    conversion, scores = results.inputs.sheet.conversion, results.scores
    assert isinstance(conversion, Conversion)
    told = post.points.present
    if member.items is not None:
        assert conversion.points is not None
        explained = explained_by_items(member, conversion.points, [scores[item] for item in member.items])
    else:
        assert results.converted is not None
        explained = explained_as_team(member, team)
        told = told & (post.points != results.converted)
    before = points_before_cap(member, conversion, team, scores)
    way = way_of(before, partial(within_cap, member, conversion), results)
    return explained_points(explained, way, post.points, told, {})


def way_of(exact: Column, after: Callable[[Column], Column], results: Results) -> ToPrinted:
    """The way from exact converted points to the printed ones: they are rounded as totals are."""
    rounding, bounded = results.inputs.sheet.rounding, after(exact)
    return ToPrinted(exact, bounded, bounded != exact, after, rounding.total, rounding.mode)


def texts_of(explanation: Explanation) -> list[Text]:
    """The sentence of every unit in both languages."""
    whys = explanation.sentences()
    return [Text(*both) for both in zip(whys["zh"], whys["en"], strict=True)]
