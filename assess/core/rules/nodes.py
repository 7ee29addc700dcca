"""The tree of a rule sheet: sections and items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assess.core.expressions import Expression
from assess.core.flaws import Flaw, Path
from assess.core.kinds import (
    Choice,
    ChoiceWords,
    Digits,
    Formula,
    Id,
    ListOf,
    Marks,
    NodeMark,
    NodeMarks,
    NumberType,
    PlainText,
    RecordOf,
    RoundTo,
    Title,
    TruthType,
    Value,
    ValueOf,
    Weight,
    WholeNumberType,
    WordList,
)
from assess.core.methods import METHOD_WORDS, METHODS
from assess.core.methods.traits import ScoringMethod
from assess.core.numbers import Percent
from assess.core.rules.figure import PERIOD_AXES, PeriodKind
from assess.core.rules.picking import Pick
from assess.core.schema import (
    BROKEN,
    MISSING_KEY,
    Found,
    Spell,
    Tree,
    hint,
    key,
    keys_of,
    path_field,
    read_keys,
    report_unknown,
    write_record,
)
from assess.core.text import Text


class Combine(ChoiceWords):
    """How a section's children become its score."""

    SUM = "sum", "相加"
    RATE = "rate", "得分率折算"
    MEAN = "mean", "加权平均", "平均"
    GEOMETRIC = "geometric", "几何平均"
    HARMONIC = "harmonic", "调和平均"
    MINIMUM = "minimum", "取较低分", "取低"


MEAN_TYPE = frozenset({Combine.MEAN, Combine.GEOMETRIC, Combine.HARMONIC, Combine.MINIMUM})


class NotApplicable(ChoiceWords):
    """What becomes of the full mark of an item that does not apply."""

    RESCALE = "rescale", "类内折算"
    RESCALE_TOTAL = "rescale-total", "总分折算"
    FULL = "full", "得满分"
    ZERO = "zero", "得零分", "不得分"


class MissingRule(ChoiceWords):
    """What a missing figure means."""

    ZERO = "zero", "得零分", "不得分"
    EXCLUDE = "exclude", "不计"
    BLOCK = "block", "不计总分", "暂缓"


Missing = MissingRule | Fraction
"""What a missing figure means, or the points it scores."""

NOT_A_MISSING_RULE = Text(
    "“{text}”不可用，应为得零分、不计、不计总分或{{points: 分数}}。",
    "“{text}” cannot be used here. Use zero, exclude, block or {{points: number}}.",
)


class MissingKind:
    """`zero`, `exclude`, `block` or `{points: p}`."""

    words = MissingRule.listed()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if isinstance(tree, Mapping) and set(tree) == {"points"}:
            return NumberType().read(tree["points"], (*path, "points"), flaws)
        if isinstance(tree, str) and (word := self.words.meaning(tree)) is not None:
            return MissingRule(word)
        flaws.append(Flaw(path, NOT_A_MISSING_RULE, {"text": tree if isinstance(tree, str) else "…"}))
        return BROKEN

    def write(self, value: Missing, spell: Spell) -> Tree:
        return value.value if isinstance(value, MissingRule) else {"points": spell(value)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsCorrection:
    """A share of the points that is kept where a condition holds."""

    when: Expression = key(Formula())
    keep: Fraction = key(NumberType(least=Fraction(0), most=Percent(1)))
    clause: str = key(PlainText())
    path: Path = path_field()


class Over(ChoiceWords):
    """How the points of the parts become those of the item."""

    MEAN = "mean", "平均"
    SUM = "sum", "合计", "求和"
    WORST = "worst", "最差", "最低"
    BEST = "best", "最好", "最高"
    MEDIAN = "median", "中位数"
    LAST = "last", "期末", "最近"
    SHARE = "share", "达标比例"


NOT_AXES = Text(
    "by应为month、quarter、half或一种对象，或由一种对象和一种期间组成的列表，如[section, month]。",
    "`by` must be month, quarter, half or a kind of object, or a list of one kind and one period: [section, month].",
)


class AxesKind:
    """What an item is scored by: a period, a kind of object, or one of each."""

    words = WordList({axis: PeriodKind(axis).spellings for axis in PERIOD_AXES})

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        texts = [tree] if isinstance(tree, str) else tree
        if not isinstance(texts, list) or not all(isinstance(each, str) and each.strip() for each in texts):
            flaws.append(Flaw(path, NOT_AXES))
            return BROKEN
        axes = tuple(self.words.meaning(each) or each.strip() for each in texts)
        if isinstance(tree, list) and (len(axes) != 2 or sum(axis in PERIOD_AXES for axis in axes) != 1):
            flaws.append(Flaw(path, NOT_AXES))
            return BROKEN
        return axes

    def write(self, value: tuple[str, ...], spell: Spell) -> Tree:
        return value[0] if len(value) == 1 else list(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTerms:
    """What holds for each part of an item that is scored by periods or objects."""

    points: NodeMarks | None = key(NodeMark(), None)
    floor: Fraction | None = key(NumberType(), None)
    cap: Fraction | None = key(NumberType(), None)
    round: Digits | None = key(RoundTo(), None)
    missing: Missing = key(MissingKind())
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item (考核项): a method that turns figures into points, and the terms around it."""

    id: str = key(Id("node"))
    title: Text | None = key(Title(), None)
    points: NodeMarks = key(NodeMark())
    weight: Marks = key(Weight(), Fraction(1))
    clause: str = key(PlainText())
    tasks: tuple[str, ...] | None = key(ListOf(PlainText()), None)
    floor: Fraction | None = key(NumberType(), None)
    cap: Fraction | None = key(NumberType(), None)
    applies: Expression | None = key(Formula(), None)
    not_applicable: NotApplicable = key(Choice(NotApplicable), NotApplicable.RESCALE)
    missing: Missing | None = key(MissingKind(), None)
    corrections: tuple[PointsCorrection, ...] | None = key(ListOf(RecordOf(PointsCorrection)), None)
    times: Value | None = key(ValueOf(), None)
    round: Digits | None = key(RoundTo(), None)
    by: tuple[str, ...] | None = key(AxesKind(), None)
    each: PartTerms | None = key(RecordOf(PartTerms), None)
    over: Over | None = key(Choice(Over), None)
    bar: Fraction | None = key(NumberType(), None)
    part_weight: Value | None = key(ValueOf(), None)
    at_least: int | None = key(WholeNumberType(most=9999), None)
    over_round: Digits | None = key(RoundTo(), None)
    where: Expression | None = key(Formula(), None)
    pick: Pick | None = key(RecordOf(Pick), None)
    note: Text | None = key(Title(), None)
    text: Text | None = key(Title(), None)
    counts: bool = key(TruthType(), True)
    method: ScoringMethod = BROKEN
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section (考核类别): a named group of items or sections."""

    id: str = key(Id("node"))
    title: Text | None = key(Title(), None)
    points: NodeMarks = key(NodeMark())
    weight: Marks = key(Weight(), Fraction(1))
    combine: Combine = key(Choice(Combine), Combine.SUM)
    floor: Fraction | None = key(NumberType(), None)
    cap: Fraction | None = key(NumberType(), None)
    availability: Fraction | None = key(NumberType(least=Fraction(0)), None)
    pick: Pick | None = key(RecordOf(Pick), None)
    missing: Missing | None = key(MissingKind(), None)
    corrections: tuple[PointsCorrection, ...] | None = key(ListOf(RecordOf(PointsCorrection)), None)
    note: Text | None = key(Title(), None)
    text: Text | None = key(Title(), None)
    counts: bool = key(TruthType(), True)
    items: tuple[Node, ...] = ()
    path: Path = path_field()


Node = Item | Section

NEITHER = Text(
    "既没有method（考核项）也没有items（考核类别），请补上其一。",
    "There is neither `method` (an item) nor `items` (a section). Add one of them.",
)
BOTH = Text(
    "method与items不能同时出现，请只保留一个。", "`method` and `items` cannot be used together. Keep one of them."
)
UNKNOWN_METHOD = Text("没有“{text}”这种计分方法。{hint}", "There is no method “{text}”. {hint}")
NO_CHILDREN = Text("items应为至少一项的列表。", "`items` must be a list of at least one item.")
NOT_A_NODE = Text("此处应为一个考核项或考核类别。", "Enter an item or a section.")


class NodeKind:
    """A section or an item of the tree."""

    words: tuple[str, ...] = ()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if not isinstance(tree, Mapping):
            flaws.append(Flaw(path, NOT_A_NODE))
            return BROKEN
        if "method" in tree and "items" in tree:
            flaws.append(Flaw((*path, "method"), BOTH))
        if "items" in tree:
            return read_section(tree, path, flaws)
        if "method" in tree:
            return read_item(tree, path, flaws)
        flaws.append(Flaw(path, NEITHER))
        return read_unfinished(tree, path, flaws)

    def write(self, value: Node, spell: Spell) -> Tree:
        return write_section(value, spell) if isinstance(value, Section) else write_item(value, spell)


class Nodes:
    """A list of sections and items; unreadable ones are left out, their flaw reported."""

    words: tuple[str, ...] = ()
    absent: tuple[Node, ...] = ()
    """What stands for a list that is not there, so that the checks go on."""

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if not isinstance(tree, list) or not tree:
            flaws.append(Flaw(path, NO_CHILDREN))
            return ()
        children = (NodeKind().read(each, (*path, i), flaws) for i, each in enumerate(tree))
        return tuple(child for child in children if child is not BROKEN)

    def write(self, value: tuple[Node, ...], spell: Spell) -> Tree:
        return [NodeKind().write(each, spell) for each in value]


def read_section(tree: Mapping[str, Tree], path: Path, flaws: Found) -> Section:
    """A section and all below it."""
    report_unknown(tree, (*keys_of(Section), "items", "method"), path, flaws)
    values = read_keys(Section, tree, path, flaws)
    return Section(**values, items=Nodes().read(tree["items"], (*path, "items"), flaws), path=path)


def read_item(tree: Mapping[str, Tree], path: Path, flaws: Found) -> Item:
    """An item with its method; an unknown method's own keys are not judged."""
    name = tree["method"]
    record = METHODS.get(METHOD_WORDS.meaning(name) or "") if isinstance(name, str) else None
    if record is None:
        facts = {"text": name if isinstance(name, str) else "…", "hint": hint(str(name), METHOD_WORDS)}
        flaws.append(Flaw((*path, "method"), UNKNOWN_METHOD, facts))
        return Item(**read_keys(Item, tree, path, flaws), method=BROKEN, path=path)
    report_unknown(tree, (*keys_of(Item), "method", *keys_of(record)), path, flaws)
    method = record(**read_keys(record, tree, path, flaws), path=path)
    return Item(**read_keys(Item, tree, path, flaws), method=method, path=path)


def read_unfinished(tree: Mapping[str, Tree], path: Path, flaws: Found) -> Item:
    """What can be read of a node that may be an item or a section, so that its id and full mark are known."""
    own: Found = []
    item = Item(**read_keys(Item, tree, path, own), method=BROKEN, path=path)
    flaws.extend(flaw for flaw in own if flaw.what is not MISSING_KEY)
    return item


def write_section(section: Section, spell: Spell) -> dict[str, Tree]:
    """The mapping that describes a section."""
    return write_record(section, spell) | {"items": Nodes().write(section.items, spell)}


def write_item(item: Item, spell: Spell) -> dict[str, Tree]:
    """The mapping that describes an item; floor and cap at their defaults are left out."""
    tree = write_record(item, spell)
    if is_bounded(item):
        if item.floor == 0:
            del tree["floor"]
        if item.cap is not None and item.cap == item.points:
            del tree["cap"]
    return tree | {"method": item.method.name} | write_record(item.method, spell)


def is_bounded(item: Item) -> bool:
    """Whether the points of an item lie between 0 and its full mark unless it says otherwise."""
    return not isinstance(item.points, str) and not item.method.may_exceed_mark


def counting(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes that count in what is above them."""
    return tuple(node for node in nodes if node.counts)


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, parents before children, in the order of the sheet."""
    for node in nodes:
        yield node
        if isinstance(node, Section):
            yield from walk(node.items)


def items_of(nodes: tuple[Node, ...]) -> Iterator[Item]:
    """Every item, in the order of the sheet."""
    return (node for node in walk(nodes) if isinstance(node, Item))
