"""Two versions of a record compared key by key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from assess.core.kinds import Either, FullMark, ListOf, MapOf, RecordOf, Title
from assess.core.methods import records_under
from assess.core.numbers import as_written
from assess.core.rules.adjustments import Adjustments
from assess.core.rules.difference.values import ValueWording, joined, named, written
from assess.core.rules.figure import Figure
from assess.core.rules.nodes import Nodes
from assess.core.rules.object_kind import ObjectKind
from assess.core.rules.outcome import Grade, NodeRanking, ResultGrade, TeamPost
from assess.core.rules.sheet import Department, PeerGroup, RuleSheet
from assess.core.rules.words import key_words
from assess.core.schema import FieldType, keys_of
from assess.core.text import Language, Text

CHANGED = Text("{key} {old} → {new}", "{key} {old} → {new}")
MARK_CHANGED = Text("{key} {old} → {new}分", "{key} {old} → {new} points")
IN_CHINESE = Text("{key}（中文）{old} → {new}", "{key} (Chinese) {old} → {new}")
IN_ENGLISH = Text("{key}（英文）{old} → {new}", "{key} (English) {old} → {new}")
ADDED = Text("新增：{what}", "added: {what}")
ADDED_BARE = Text("新增", "added")
REMOVED = Text("删去（原为：{what}）", "removed (it was: {what})")
REMOVED_BARE = Text("删去", "removed")
ENTRY_ADDED = Text("{key}增加{entry} {new}", "{key}: {entry} {new} added")
ENTRY_REMOVED = Text("{key}删去{entry} {old}", "{key}: {entry} {old} removed")
ENTRY_CHANGED = Text("{key}中{entry} {old} → {new}", "{key}: {entry} {old} → {new}")
REORDERED = Text("次序改为{order}", "the order is now {order}")
UNDER = Text("{outer}，{inner}", "{outer}, {inner}")
NOUN_AND_THING = Text("{noun}{thing}", "{noun} {thing}")

LINES: Final = records_under("lines")
NOUNS: Final = {
    Department: Text("部门", "department"),
    PeerGroup: Text("分组", "group"),
    Figure: Text("数据项", "figure"),
    ObjectKind: Text("对象类别", "kind of objects"),
    Grade: Text("等次", "grade"),
    ResultGrade: Text("等次", "grade"),
    NodeRanking: Text("其他排名", "ranking"),
    TeamPost: Text("领导班子成员", "member"),
    **dict.fromkeys(LINES, Text("计分行", "line")),
}
"""What a thing of a list or table is called."""
IDENTITIES: Final = {
    PeerGroup: "id",
    Grade: "id",
    ResultGrade: "id",
    NodeRanking: "id",
    TeamPost: "post",
    **dict.fromkeys(LINES, "figure"),
}
"""The key by which a thing of a list is known again; other lists are told as a whole."""


@dataclass(frozen=True, slots=True)
class SheetDifference:
    """One thing that changed: of what, and how."""

    subject: Text | None
    what: Text

    def localized(self, language: Language) -> str:
        """One line in the reader's language."""
        if self.subject is None:
            return self.what.localized(language)
        between = "：" if language == "zh" else ": "
        return f"{self.subject.localized(language)}{between}{self.what.localized(language)}"


def under(outer: Text | None, inner: Text) -> Text:
    """A part of something."""
    return inner if outer is None else UNDER.format(outer=outer, inner=inner)


def in_both_orders(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """All ids: the new ones in their order, each that is gone after the one it followed."""
    ids, known = list(new), set(new)
    for place, id in enumerate(old):
        if id not in known:
            ids.insert(ids.index(old[place - 1]) + 1 if place else 0, id)
            known.add(id)
    return ids


def reordered(subject: Text | None, old: Sequence[str], new: Sequence[str]) -> Iterator[SheetDifference]:
    """A difference where the things that stand in both come in another order."""
    remaining = [id for id in new if id in old]
    if [id for id in old if id in new] != remaining:
        yield SheetDifference(subject, REORDERED.format(order=joined(map(Text.same, remaining))))


class Records:
    """Compares the records of two sheets."""

    def __init__(self, old: RuleSheet, new: RuleSheet) -> None:
        self.old = ValueWording(old)
        self.new = ValueWording(new)

    def compared(
        self, subject: Text | None, old: object, new: object, keys: Collection[str] | None = None
    ) -> Iterator[SheetDifference]:
        """The differences of two records of one type in these keys, or in all; of things of the tree nothing."""
        before, after = written(old), written(new)
        for name, each in keys_of(type(new)).items():
            kind = each.metadata["kind"]
            left_out = isinstance(kind, Nodes | Adjustments) or (keys is not None and name not in keys)
            if left_out or before.get(name) == after.get(name):
                continue
            word = key_words(type(new), name)
            values = (getattr(old, each.name), getattr(new, each.name))
            found = list(self.inside(subject, word, kind, *values))
            if not found:
                told = self.old.stated(old, name, each, before), self.new.stated(new, name, each, after)
                found = [SheetDifference(subject, changed(word, kind, values, told))]
            yield from found

    def inside(
        self, subject: Text | None, word: Text, kind: FieldType, old: Any, new: Any
    ) -> Iterator[SheetDifference]:
        """The differences of single things or entries inside a value; nothing where it is told as a whole."""
        if isinstance(kind, RecordOf) and old is not None and new is not None:
            yield from self.compared(under(subject, word), old, new)
        elif isinstance(kind, MapOf) and isinstance(kind.kind, RecordOf):
            yield from self.things(subject, kind.kind.record, old or {}, new or {})
        elif isinstance(kind, ListOf) and isinstance(kind.kind, RecordOf):
            identity = IDENTITIES.get(kind.kind.record)
            before, after = by_identity(identity, old), by_identity(identity, new)
            if before is not None and after is not None:
                yield from self.things(subject, kind.kind.record, before, after)
                yield from reordered(under(subject, word), list(before), list(after))
        elif isinstance(kind, MapOf | Either) and isinstance(old, Mapping) and isinstance(new, Mapping):
            inner = kind.mapped if isinstance(kind, Either) else kind
            yield from self.entries(subject, word, inner, old, new)

    def things(
        self, subject: Text | None, record: type, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[SheetDifference]:
        """Things added, removed and changed."""
        for id in in_both_orders(list(old), list(new)):
            values, thing = (self.new, new[id]) if id in new else (self.old, old[id])
            called = values.named("figure", id) if record in LINES else named(id, thing)
            about = under(subject, NOUN_AND_THING.format(noun=NOUNS[record], thing=called))
            if id in old and id in new:
                yield from self.compared(about, old[id], thing)
            else:
                yield SheetDifference(about, come_or_gone(values.described(thing), come=id in new))

    def entries(
        self, subject: Text | None, word: Text, kind: FieldType, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[SheetDifference]:
        """Entries of a table added, removed and changed."""
        assert isinstance(kind, MapOf)
        for entry in in_both_orders(list(old), list(new)):
            told = self.old.worded(kind.kind, old.get(entry)), self.new.worded(kind.kind, new.get(entry))
            if entry not in old or entry not in new:
                template = ENTRY_ADDED if entry in new else ENTRY_REMOVED
                yield SheetDifference(subject, template.format(key=word, entry=entry, old=told[0], new=told[1]))
            elif old[entry] != new[entry]:
                yield SheetDifference(subject, ENTRY_CHANGED.format(key=word, entry=entry, old=told[0], new=told[1]))


def by_identity(identity: str | None, things: tuple[Any, ...] | None) -> dict[str, Any] | None:
    """The things of a list by what makes each known again, or None where nothing does."""
    if identity is None:
        return None
    found = {getattr(thing, identity): thing for thing in things or ()}
    return found if len(found) == len(things or ()) else None


def come_or_gone(described: Text, *, come: bool) -> Text:
    """That something was added or removed, and what it says."""
    if not described.zh:
        return ADDED_BARE if come else REMOVED_BARE
    return (ADDED if come else REMOVED).format(what=described)


def changed(word: Text, kind: FieldType, values: tuple[Any, Any], told: tuple[Text, Text]) -> Text:
    """A value before and after; of a title that changed in one language, that language in both."""
    old, new = values
    if isinstance(kind, FullMark) and isinstance(old, Fraction) and isinstance(new, Fraction):
        return MARK_CHANGED.format(key=word, old=as_written(old), new=as_written(new))
    if isinstance(kind, Title) and old is not None and new is not None and old.zh == new.zh:
        return IN_ENGLISH.format(key=word, old=told[0].en, new=told[1].en)
    if isinstance(kind, Title) and old is not None and new is not None and old.en == new.en:
        return IN_CHINESE.format(key=word, old=told[0].zh, new=told[1].zh)
    return CHANGED.format(key=word, old=told[0], new=told[1])
