"""Who held which post of a leadership team for how many days of the year, and the points of that post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess.core.handover.content import Day, HandedMember, Points
from assess.core.leadership import PostHolder
from assess.core.text import Text


class Teams(NamedTuple):
    """What leadership teams are made of: the posts of the sheet in order, their points by unit and post, who held them.

    `points` holds a post of each unit that has a result, None where it earns nothing.
    """

    year: int
    posts: Mapping[str, Text]
    points: Mapping[tuple[str, str], Points | None]
    holders: Sequence[PostHolder]


def handed_members(units: Sequence[str], teams: Teams) -> Iterator[HandedMember]:
    """The members of each unit in the order of posts, whoever came first in front; a post without anybody by itself."""
    held: dict[tuple[str, str], list[PostHolder]] = {}
    for holder in sorted(teams.holders, key=lambda each: (each.first or date.min, each.name)):
        if days_in(holder, teams.year):
            held.setdefault((holder.unit, holder.post), []).append(holder)
    for unit in units:
        others = [post for (whose, post) in held if whose == unit and post not in teams.posts]
        for post in (*teams.posts, *sorted(others)):
            holders = held.get((unit, post), [])
            yield from (handed(holder, teams) for holder in holders)
            if not holders and teams.points.get((unit, post)) is not None:
                yield vacant(unit, post, teams)


def handed(holder: PostHolder, teams: Teams) -> HandedMember:
    """One holder of a post with the days of the year in it."""
    first, last = days_of(holder, teams.year)
    return HandedMember(
        unit=holder.unit, post=holder.post, post_title=holder.title, name=holder.name, first=Day(first.isoformat()),
        last=Day(last.isoformat()), days=days_in(holder, teams.year), of_days=days_of_year(teams.year),
        points=teams.points.get((holder.unit, holder.post)),
    )  # fmt: skip


def vacant(unit: str, post: str, teams: Teams) -> HandedMember:
    """A post that earned points and that nobody is entered for."""
    points = teams.points[unit, post]
    return HandedMember(unit, post, teams.posts[post], "", None, None, 0, days_of_year(teams.year), points)


def days_of(holder: PostHolder, year: int) -> tuple[date, date]:
    """The first and the last day of the year in which somebody held a post."""
    return max(holder.first or date.min, date(year, 1, 1)), min(holder.last or date.max, date(year, 12, 31))


def days_in(holder: PostHolder, year: int) -> int:
    """On how many days of the year somebody held a post."""
    first, last = days_of(holder, year)
    return max(0, (last - first).days + 1)


def days_of_year(year: int) -> int:
    """How many days a year has."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
