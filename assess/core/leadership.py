"""Leadership teams: who holds which post of a unit, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from assess.core.flaws import Flaw
from assess.core.listing import ListRow, rows_of
from assess.core.naming import Guesses, folded, quoted
from assess.core.parsing import ParseError, read_date, wrong
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.units.unit_list import UNIT, UnitNames

NO_POST = Text("评分表没有“{text}”这个职务，请从{posts}中选填。", "There is no post “{text}”. Select one of {posts}.")
PERHAPS_POST = Text(
    "评分表没有“{text}”这个职务。是否应为“{near}”？", "There is no post “{text}”. Did you mean “{near}”?"
)
BACKWARDS = Text("离任日期早于任职日期，请核对。", "The last day is before the first. Check both dates.")
OVERLAP = Text(
    "“{unit}”的“{post}”与{name}的任期重叠，同一职务同一时间只有一人，请核对起止日期。",
    "{name} already holds the post of {post} of {unit} at that time. A post has one holder at a time. Check the dates.",
)
TOO_LONG = Text("超过{most}字，请精简。", "This must be {most} characters or fewer. Shorten it.")

HEADINGS: Final = {
    "unit": ("unit", "单位", *UNIT[1:]),
    "post": ("post", "职务", "岗位"),
    "name": ("name", "姓名"),
    "from": ("from", "任职日期", "任职时间", "起"),
    "to": ("to", "离任日期", "离任时间", "止"),
}
REQUIRED: Final = ("unit", "post", "name")
MAX_NAME_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class PostHolder:
    """Who holds a post of a unit; `first` and `last` are the first and last day in it, None where it has no bound."""

    unit: str
    post: str
    title: Text
    name: str
    first: date | None = None
    last: date | None = None

    def held(self, day: date) -> bool:
        """Whether the person held the post on a day."""
        return (self.first or date.min) <= day <= (self.last or date.max)

    def overlaps(self, other: PostHolder) -> bool:
        """Whether both held the same post of the same unit on some day."""
        is_same = (self.unit, self.post) == (other.unit, other.post)
        begins_before = (self.first or date.min) <= (other.last or date.max)
        return is_same and begins_before and (other.first or date.min) <= (self.last or date.max)


def posts_of(sheet: RuleSheet) -> dict[str, Text]:
    """The posts whose points the sheet converts, titles by id."""
    members = sheet.conversion.members if sheet.conversion else None
    return {member.post: title_of(member, member.post) for member in members or ()}


def read_leadership(table: Table, names: UnitNames, posts: Mapping[str, Text]) -> tuple[list[PostHolder], list[Flaw]]:
    """The leadership teams a table holds; every flaw at its cell. A row without name and dates says nothing.

    Args:
        table: columns unit, post and name, and from and to where somebody came or left.
        names: the units of the cycle and their names.
        posts: titles of the posts by id; where there are none any post may be written and is its own title.
    """
    flaws = list(table.flaws)
    reader = TeamReader(names, posts)
    holders: list[PostHolder] = []
    for row in rows_of(table, HEADINGS, REQUIRED, flaws, said_by=("name", "from", "to")):
        holder = reader.holder(row, flaws)
        if holder is None:
            continue
        other = next((each for each in holders if each.overlaps(holder)), None)
        if other is None:
            holders.append(holder)
        else:
            unit = names.units.names[names.units.places[holder.unit]]
            facts = {"unit": unit, "post": holder.title, "name": quoted(other.name)}
            flaws.append(Flaw(row.place("post"), OVERLAP, facts))
    return holders, flaws


class TeamReader:
    """Reads one row at a time."""

    def __init__(self, names: UnitNames, posts: Mapping[str, Text]) -> None:
        self.names, self.posts = names, posts
        self.words = {folded(word): post for post, title in posts.items() for word in (*title, post)}
        self.guesses = Guesses(self.words)

    def holder(self, row: ListRow, flaws: list[Flaw]) -> PostHolder | None:
        """The holder of a row; None, and why, where something is wrong."""
        unit = self.names.find(row.text("unit")) if row.text("unit") else None
        post = self.post(row.text("post")) if row.text("post") else None
        days = {name: read_date(row.text(name)) if row.text(name) else None for name in ("from", "to")}
        read = {"unit": unit, "post": post, **days}
        wrongs = [Flaw(row.place(name), each.what) for name, each in read.items() if isinstance(each, ParseError)]
        if len(row.text("name")) > MAX_NAME_LENGTH:
            wrongs.append(Flaw(row.place("name"), TOO_LONG, {"most": MAX_NAME_LENGTH}))
        first, last = days["from"], days["to"]
        if isinstance(first, date) and isinstance(last, date) and last < first:
            wrongs.append(Flaw(row.place("to"), BACKWARDS))
        flaws += wrongs
        if wrongs or not isinstance(unit, int) or not isinstance(post, str) or not row.text("name"):
            return None
        assert not isinstance(first, ParseError)
        assert not isinstance(last, ParseError)
        title = self.posts.get(post, Text.same(post))
        return PostHolder(self.names.units.codes[unit], post, title, row.text("name"), first, last)

    def post(self, text: str) -> str | ParseError:
        """The id of the post that a text names."""
        if not self.posts:
            return text
        found = self.words.get(folded(text))
        if found is not None:
            return found
        near = self.guesses.nearest(folded(text))
        if near is not None:
            return wrong(PERHAPS_POST, text, near=self.posts[self.words[near]])
        titles = self.posts.values()
        posts = Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))
        return wrong(NO_POST, text, posts=posts)
