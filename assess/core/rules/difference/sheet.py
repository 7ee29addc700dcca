"""Two rule sheets compared: their own keys, the tree, the adjustments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from assess.core.rules import adjustments
from assess.core.rules.adjustments import Adjustment, Bonus, Deduction
from assess.core.rules.difference.records import NOUN_AND_THING, Records, SheetDifference, in_both_orders, reordered
from assess.core.rules.difference.values import KEY_AND_VALUE, ValueWording, joined, named
from assess.core.rules.nodes import Item, Node, Section
from assess.core.rules.sheet import RuleSheet
from assess.core.rules.words import KEYS, both
from assess.core.schema import keys_of
from assess.core.text import Text

Thing = Node | Adjustment

TREE: Final = ""
EFFECTS: Final = "+"
"""What the top nodes and the adjustments belong to; no thing can have these ids."""

ITEM, SECTION = Text("考核项", "item"), Text("考核类别", "section")
NEW_UNDER = Text("新增，属{parent}：{what}", "added to {parent}: {what}")
NEW = Text("新增：{what}", "added: {what}")
GONE_FROM = Text("删去（原属{parent}，{what}）", "removed from {parent} (it was: {what})")
GONE = Text("删去（原为：{what}）", "removed (it was: {what})")
MOVED = Text("由{old}移到{new}", "moved from {old} to {new}")
REPLACED = Text("由{old}改为{new}：{what}", "changed from {old} to {new}: {what}")
METHOD = Text(
    "计分方法由{old}改为{new}（原为：{before}；现为：{after}）",
    "method changed from {old} to {new} (it was: {before}; it is: {after})",
)


class PlacedNode(NamedTuple):
    """A section, item or adjustment, and the id of what it belongs to."""

    thing: Thing
    parent: str


def differences(old: RuleSheet, new: RuleSheet) -> list[SheetDifference]:
    """Everything that changed between two sheets that were read without flaws, in the order of the sheet.

    Nothing is taken for renamed: another id is another thing. Sheets with one digest have no differences.
    """
    return list(SheetComparison(old, new).compared())


class SheetComparison:
    """Compares two sheets."""

    def __init__(self, old: RuleSheet, new: RuleSheet) -> None:
        self.old, self.new = old, new
        self.records = Records(old, new)
        self.before, self.after = placed(old), placed(new)

    def compared(self) -> Iterator[SheetDifference]:
        """Every difference, in the order of the sheet."""
        keys = list(keys_of(RuleSheet))
        tree = keys.index("items")
        yield from self.records.compared(None, self.old, self.new, keys[:tree])
        yield from self.order(TREE)
        for id in in_both_orders(list(self.before), list(self.after)):
            if id not in self.before:
                yield self.come(id)
            elif id not in self.after:
                yield self.gone(id)
            else:
                yield from self.thing(id, self.before[id], self.after[id])
                yield from self.order(id)
        yield from self.order(EFFECTS)
        yield from self.records.compared(None, self.old, self.new, keys[tree:])

    def order(self, parent: str) -> Iterator[SheetDifference]:
        """Another order of what belongs to the same thing in both sheets."""
        old, new = (
            [id for id, each in things.items() if each.parent == parent] for things in (self.before, self.after)
        )
        return reordered(subject_of(parent, self.after), old, new)

    def come(self, id: str) -> SheetDifference:
        """A thing was added."""
        each = self.after[id]
        facts = {"what": described(each.thing, self.records.new), "parent": subject_of(each.parent, self.after)}
        return SheetDifference(subject_of(id, self.after), (NEW if is_top(each) else NEW_UNDER).format(**facts))

    def gone(self, id: str) -> SheetDifference:
        """A thing was removed."""
        each = self.before[id]
        facts = {"what": described(each.thing, self.records.old), "parent": subject_of(each.parent, self.before)}
        return SheetDifference(subject_of(id, self.before), (GONE if is_top(each) else GONE_FROM).format(**facts))

    def thing(self, id: str, old: PlacedNode, new: PlacedNode) -> Iterator[SheetDifference]:
        """What changed of a thing that stands in both sheets."""
        subject = subject_of(id, self.after)
        if old.parent != new.parent:
            facts = {"old": subject_of(old.parent, self.before), "new": subject_of(new.parent, self.after)}
            yield SheetDifference(subject, MOVED.format(**facts))
        if type(old.thing) is not type(new.thing):
            facts = {"old": sort_of(old.thing), "new": sort_of(new.thing)}
            yield SheetDifference(subject, REPLACED.format(**facts, what=described(new.thing, self.records.new)))
            return
        yield from self.records.compared(subject, old.thing, new.thing)
        if isinstance(old.thing, Item) and isinstance(new.thing, Item):
            yield from self.method(subject, old.thing, new.thing)

    def method(self, subject: Text, old: Item, new: Item) -> Iterator[SheetDifference]:
        """What changed of an item's method."""
        if type(old.method) is type(new.method):
            yield from self.records.compared(subject, old.method, new.method)
        else:
            facts = {"old": method_of(old), "new": method_of(new)}
            before, after = self.records.old.described(old.method), self.records.new.described(new.method)
            yield SheetDifference(subject, METHOD.format(**facts, before=before, after=after))


def placed(sheet: RuleSheet) -> dict[str, PlacedNode]:
    """Every section, item and adjustment by id, in the order of the sheet."""
    found = dict(below(sheet.items, TREE))
    for adjustment in sheet.adjustments:
        found[adjustment.id] = PlacedNode(adjustment, EFFECTS)
        if isinstance(adjustment, Bonus | Deduction):
            found.update(below(adjustment.items, adjustment.id))
    return found


def below(nodes: Iterable[Node], parent: str) -> Iterator[tuple[str, PlacedNode]]:
    """Nodes and all below them, by id."""
    for node in nodes:
        yield node.id, PlacedNode(node, parent)
        if isinstance(node, Section):
            yield from below(node.items, node.id)


def is_top(each: PlacedNode) -> bool:
    """Whether a thing belongs to no other."""
    return each.parent in (TREE, EFFECTS)


def subject_of(id: str, things: dict[str, PlacedNode]) -> Text:
    """What a thing is and is called; the tree or the list of adjustments where it is no thing."""
    if id in (TREE, EFFECTS):
        return KEYS["adjustments"] if id else KEYS["items"]
    return NOUN_AND_THING.format(noun=sort_of(things[id].thing), thing=named(id, things[id].thing))


def sort_of(thing: Thing) -> Text:
    """Item, section, or which adjustment."""
    if isinstance(thing, Adjustment):
        name = adjustments.AdjustmentName(adjustments.NAMES[type(thing)])
        return Text(name.chinese, name)
    return ITEM if isinstance(thing, Item) else SECTION


def method_of(item: Item) -> Text:
    """The name of an item's method."""
    return both(item.method.chinese_name, item.method.name)


def described(thing: Thing, values: ValueWording) -> Text:
    """What a thing says, an item with its method."""
    own = values.described(thing)
    if not isinstance(thing, Item):
        return own
    method = KEY_AND_VALUE.format(key=KEYS["method"], value=method_of(thing))
    return joined([text for text in (own, method, values.described(thing.method)) if text.zh], "；", "; ")
