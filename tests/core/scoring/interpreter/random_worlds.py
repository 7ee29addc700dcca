"""Sheets by chance whose items are scored by periods and objects, with units, objects and three years of figures."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st

from tests.builders import text_of
from tests.core.scoring.interpreter.places import MONTHS, YEAR, Known, ObjectRow, Stretch, Tree, World, stretches
from tests.core.scoring.random_sheets import (
    DIGITS,
    EXACT,
    GROUPS,
    KINDS,
    MISSING,
    MODES,
    SHARES,
    STEPS,
    Draw,
    Sheet,
    without_blanks,
)

OBJECTS: Final = ("section", "village")
PERIODS: Final = ("month", "quarter", "half")
AROUND: Final = st.sampled_from(["0", "1", "2", "7.5", "10", "33.3", "60"])
METHODS: Final = (
    "done", "ratio", "interpolate", "bands", "lookup", "deduct", "award", "direct", "formula", "formula",
    "rank", "rank", "relative", "spread", "normalise",
)  # fmt: skip
OVER_AXES: Final = ("mean_by", "sum_by", "max_by", "min_by", "median_by")
OVER_UNITS: Final = ("sum_of", "mean_of", "max_of", "min_of", "median_of")


class Spot(NamedTuple):
    """Where something is read: at an object of a kind, at a period; `anywhere` where either may be any."""

    kind: str | None = None
    axis: str | None = None
    anywhere: bool = False

    def serves(self, here: Spot) -> bool:
        """Whether what is made for this spot can be read here."""
        if self.anywhere:
            return self.kind in (None, here.kind)
        return self.kind == here.kind and (self.axis is None) == (here.axis is None) and not here.anywhere


class PartSheet(Sheet):
    """Draws one sheet whose items may have parts; knows at what spot each figure can be read."""

    def __init__(self, draw: Draw) -> None:
        super().__init__(draw, METHODS, EXACT)
        self.grouped = bool(draw(st.integers(0, 3)))
        self.spots: dict[str, Spot] = {}
        self.here = Spot()
        self.main: Spot | None = None
        self.differs = False

    @contextmanager
    def at(self, spot: Spot) -> Iterator[None]:
        """What is drawn inside is read at another spot."""
        outside, self.here = self.here, spot
        yield
        self.here = outside

    # figures

    def figure(self, **keys: Any) -> str:
        """A figure that can be read here; the first of an item with parts has values along its axes."""
        kind = keys.pop("kind", "number")
        if self.main is not None:
            main, self.main = self.main, None
            return self.entered(kind, main.kind, self.shorter(main.axis), **keys)
        fitting = [
            name for name, spot in self.spots.items() if self.figures[name]["kind"] == kind and spot.serves(self.here)
        ]
        if fitting and self.draw(st.booleans()):
            return str(self.draw(st.sampled_from(fitting)))
        shape = self.draw(st.sampled_from(["entered", "entered", "formula", "panel"])) if kind == "number" else ""
        if shape == "formula":
            return self.formula()
        if shape == "panel":
            return self.panel()
        of = self.here.kind if self.draw(st.booleans()) else None
        return self.entered(kind, of, self.draw(st.sampled_from(list(MONTHS))), **keys)

    def shorter(self, axis: str | None) -> str:
        """A period that has values along an axis."""
        fitting = [each for each in MONTHS if axis is None or MONTHS[each] <= MONTHS[axis]]
        return str(self.draw(st.sampled_from(fitting)))

    def entered(self, kind: str, of: str | None, period: str, **keys: Any) -> str:
        """A new figure that somebody gives."""
        ways = {"number": ["mean", "sum", "last", "max", "min"], "yes-no": ["last", "max", "min"]}.get(kind, ["last"])
        least = self.maybe(st.sampled_from([2, 3][: 12 // MONTHS[period] - 1] or [1]))
        rolled = {"roll_up": self.draw(st.sampled_from(ways)), "min_periods": least}
        return self.added(
            {"kind": kind, "from": "unit", "of": of, "period": period, **(rolled if period != "year" else {}), **keys},
            Spot(of, anywhere=True),
        )

    def added(self, figure: Tree, spot: Spot) -> str:
        """A new figure of the sheet."""
        name = f"f{len(self.figures)}"
        self.figures[name], self.spots[name] = figure, spot
        return name

    def formula(self) -> str:
        """A new formula, read here alone or at any period."""
        spot = self.here
        if spot.anywhere or self.draw(st.booleans()):
            spot = Spot(self.draw(st.sampled_from([None, spot.kind])), anywhere=True)
        with self.at(spot):
            text = self.number(2)
        return self.added({"kind": "number", "from": "formula", "formula": text}, spot)

    def panel(self) -> str:
        """A new panel of two to four figures."""
        spot = Spot(self.here.kind, anywhere=True)
        several = range(self.draw(st.integers(2, 4)))
        with self.at(spot):
            members = [self.entered("number", spot.kind, self.draw(st.sampled_from(list(MONTHS)))) for _ in several]
        over = self.maybe(st.sampled_from(["mean", "sum", "median", "max", "min"]))
        pick = self.maybe(self.picks())
        return self.added({"kind": "number", "from": "panel", "panel": members, "over": over, "pick": pick}, spot)

    def picks(self) -> st.SearchStrategy[Tree]:
        """Some of several."""
        way = st.sampled_from(["worst", "best", "trim"])
        return st.builds(
            lambda key, k, m: {key: k, "at_least": m},
            way, st.sampled_from([1, 1, 2]), st.sampled_from([None, None, 1, 3]),
        )  # fmt: skip

    def amount(self, figure: str) -> str:
        """A value position."""
        shape = self.draw(st.sampled_from(["number", "number", "number", "figure", "previous", "back", "attribute"]))
        if shape == "figure":
            return self.figure()
        if shape in ("previous", "back"):
            return f"previous({figure})" if shape == "previous" else f"previous({figure}, 2)"
        return self.attribute() if shape == "attribute" else str(self.draw(AROUND))

    def attribute(self) -> str:
        """An attribute that is a number: of the unit, or of the object."""
        return str(self.draw(st.sampled_from(["share", "part"] if self.here.kind else ["share"])))

    # expressions

    def number(self, depth: int) -> str:
        """An expression that is a number."""
        shapes = ["figure", "figure", "number", "attribute", "previous", "back"]
        shapes += ["before"] if self.here.axis and not self.here.anywhere else []
        shapes += ["sum", "quotient", "least", "if", "of", "of", "place", "count", *self.axis_shapes()] if depth else []
        return str(getattr(self, f"{self.draw(st.sampled_from(shapes))}_text")(depth - 1))

    def axis_shapes(self) -> list[str]:
        """Calls over axes that the spot does not have."""
        if self.here.anywhere:
            return []
        periods = ["periods", "run", "share", "at"] if self.here.axis is None else []
        return [*periods, *periods, *([] if self.here.kind else ["objects", "objects"])]

    def figure_text(self, depth: int) -> str:
        return self.figure()

    def number_text(self, depth: int) -> str:
        return str(self.draw(AROUND))

    def attribute_text(self, depth: int) -> str:
        return self.attribute()

    def previous_text(self, depth: int) -> str:
        return f"previous({self.figure()})"

    def back_text(self, depth: int) -> str:
        return f"previous({self.figure()}, 2)"

    def before_text(self, depth: int) -> str:
        return f"before({self.figure()})"

    def sum_text(self, depth: int) -> str:
        sign = self.draw(st.sampled_from(["+", "-", "*"]))
        return f"({self.number(depth)} {sign} {self.number(0)})"

    def quotient_text(self, depth: int) -> str:
        return f"({self.number(depth)} / {self.number(0)})"

    def least_text(self, depth: int) -> str:
        call = self.draw(st.sampled_from(["min", "max", "mean", "sum"]))
        return f"{call}({self.number(depth)}, {self.number(0)})"

    def if_text(self, depth: int) -> str:
        return f"if({self.condition(depth)}, {self.number(depth)}, {self.number(0)})"

    def of_text(self, depth: int) -> str:
        with self.at(self.here._replace(kind=None)):
            words = [self.number(depth), *self.words(depth)]
        return f"{self.draw(st.sampled_from(OVER_UNITS))}({', '.join(words)})"

    def count_text(self, depth: int) -> str:
        with self.at(self.here._replace(kind=None)):
            words = [self.condition(depth), *self.words(depth)]
        return f"{self.draw(st.sampled_from(['count_of', 'share_of']))}({', '.join(words)})"

    def place_text(self, depth: int) -> str:
        with self.at(self.here._replace(kind=None)):
            words = [self.number(depth), *self.words(depth)]
        words += self.draw(st.sampled_from([[], ["lower"], ["dense"], ["average", "lower"], ["maximum"]]))
        return f"place_of({', '.join(words)})"

    def words(self, depth: int) -> list[str]:
        """Which units count."""
        condition = [self.condition(depth)] if not self.draw(st.integers(0, 2)) else []
        return [*(["all"] if self.draw(st.booleans()) else []), *condition]

    def along(self, call: str, axis: str, depth: int) -> str:
        """A call over an axis."""
        inner = self.here._replace(**{"axis" if axis in MONTHS else "kind": axis})
        counts = call in ("count_by", "share_by", "streak_by")
        with self.at(inner):
            inside = self.condition(depth) if counts else self.number(depth)
        return f"{call}({axis}, {inside})"

    def periods_text(self, depth: int) -> str:
        call = self.draw(st.sampled_from([*OVER_AXES, "last_by"]))
        return self.along(call, self.draw(st.sampled_from(PERIODS)), depth)

    def run_text(self, depth: int) -> str:
        return self.along("streak_by", self.draw(st.sampled_from(PERIODS)), depth)

    def share_text(self, depth: int) -> str:
        call = self.draw(st.sampled_from(["count_by", "share_by"]))
        return self.along(call, self.draw(st.sampled_from(PERIODS)), depth)

    def objects_text(self, depth: int) -> str:
        call = self.draw(st.sampled_from([*OVER_AXES, "count_by", "share_by"]))
        return self.along(call, self.draw(st.sampled_from(OBJECTS)), depth)

    def at_text(self, depth: int) -> str:
        when = self.draw(st.sampled_from(["01", "03", "12", "Q1", "Q4", "H1", "H2"]))
        with self.at(self.here._replace(axis="month")):
            return f'at({self.figure()}, "{when}")'

    def condition(self, depth: int) -> str:
        """An expression that is true or false."""
        if depth > 0 and not self.draw(st.integers(0, 2)):
            word = self.draw(st.sampled_from(["and", "or"]))
            return f"({self.condition(depth - 1)} {word} not {self.condition(0)})"
        sign = self.draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
        return f"({self.number(max(depth, 0))} {sign} {self.draw(AROUND)})"

    # items

    def marks(self) -> Any:
        mark = super().marks()
        return mark if self.grouped or not isinstance(mark, dict) else mark[KINDS[0]]

    def item(self, sums_above: bool, mark: Any = None) -> Tree:
        """An item of the unit, or twice as often one with parts."""
        points = self.marks() if mark is None else mark
        name, method = self.name(), self.draw(st.sampled_from(self.methods))
        rules = ["rescale", "full", "zero", *(["rescale-total"] if sums_above else [])]
        corrections = [
            {"when": self.condition(1), "keep": self.draw(SHARES), "clause": "1"}
            for _ in range(self.draw(st.sampled_from([0, 0, 0, 1])))
        ]
        keys = {
            "id": name, "title": name, "points": points, "clause": "1", "method": method,
            "applies": self.flag() if not self.draw(st.integers(0, 3)) else None,
            "not_applicable": self.draw(st.sampled_from(rules)), "missing": self.maybe(MISSING),
            "round": self.maybe(DIGITS), "weight": self.maybe(STEPS), "corrections": corrections or None,
            **self.draw(st.sampled_from([{}, {}, {"floor": -2}, {"cap": smallest(points) * 2}])),
        }  # fmt: skip
        if self.draw(st.integers(0, 2)):
            return keys | self.by_parts(method, points)
        self.differs = isinstance(points, dict)
        return keys | getattr(self, f"of_{method}")(name, smallest(points)) | {"times": self.factor()}

    def factor(self) -> str | None:
        """What the points of a method are multiplied by, now and then."""
        shape = self.draw(st.sampled_from(["none", "none", "none", "number", "figure", "attribute"]))
        if shape == "number":
            return str(self.draw(AROUND))
        return None if shape == "none" else self.figure() if shape == "figure" else self.attribute()

    def by_parts(self, method: str, points: Any) -> Tree:
        """The keys of an item with parts."""
        kind = self.draw(st.sampled_from([None, None, *OBJECTS]))
        axis = self.draw(st.sampled_from(PERIODS if kind is None else (None, *PERIODS)))
        axes = [each for each in (kind, axis) if each]
        ways = ["mean", "mean", "mean", "sum", "worst", "best", "median", "share", *([] if kind else ["last"])]
        over = self.draw(st.sampled_from(ways))
        own = self.marks() if over == "sum" or self.draw(st.booleans()) else None
        self.differs = isinstance(points if own is None else own, dict)
        mark = smallest(points if own is None else own)
        bounds = self.draw(st.sampled_from([{}, {}, {}, {"floor": -3}, {"cap": mark / 2}, {"floor": -1, "cap": mark}]))
        each = {"points": own, "missing": self.draw(MISSING), "round": self.maybe(DIGITS), **bounds}
        spot = Spot(kind, axis)
        with self.at(spot):
            self.main = spot
            keys = getattr(self, f"of_{method}")("", mark)
            weighted = over == "mean" and method != "lookup" and "figure" in keys and self.draw(st.booleans())
            weight = self.amount(keys["figure"]) if weighted else None
            keys |= {"times": self.factor()}
        return keys | {
            "by": self.draw(st.permutations(axes)) if len(axes) > 1 else axes[0], "each": each, "over": over,
            "bar": self.draw(st.integers(0, 4)) * mark / 4 if over == "share" else None,
            "at_least": self.maybe(st.sampled_from([1, 2, 4])),
            "over_round": None if over == "share" else self.maybe(DIGITS),
            "part_weight": weight,
            "pick": self.maybe(self.picks()) if over in ("mean", "sum") else None,
            "where": self.where(spot) if not self.draw(st.integers(0, 3)) else None,
        }  # fmt: skip

    def where(self, spot: Spot) -> str:
        """Which parts there are."""
        ways = ["share > 0", *(["period > 1", "not (period == 2)"] if spot.axis else [])]
        ways += ["level == 'national'", "object != 'S1'", "part > 0 or object == 'V2'"] if spot.kind else []
        return str(self.draw(st.sampled_from(ways)))

    # the keys of methods that the sheets of one period do not have

    def of_done(self, name: str, mark: Fraction) -> Tree:
        if self.draw(st.booleans()):
            return {"figures": [self.figure(kind="yes-no") for _ in range(self.draw(st.integers(1, 2)))]}
        return {"when": f"{self.figure()} >= {self.draw(AROUND)} and {self.condition(1)}"}

    def of_formula(self, name: str, mark: Fraction) -> Tree:
        return {"points_from": f"{self.figure()} / 3 + {self.number(2)}"}

    def of_direct(self, name: str, mark: Fraction) -> Tree:
        return {"figure": self.figure()}

    def of_rank(self, name: str, mark: Fraction) -> Tree:
        ways: list[Tree] = [{"step": "0.5"}, {"last": mark / 2}]
        if not self.differs:
            shares = [{"to": "30%", "points": mark}, {"to": "2/3", "points": mark / 2}, {"points": mark / 3}]
            ways += [{"shares": shares}, {"table": [mark, mark / 2, 0]}]
        by = self.draw(st.sampled_from(ways))
        ties = self.maybe(st.sampled_from(["dense", "maximum", *([] if "table" in by else ["average"])]))
        places = self.maybe(st.sampled_from(["down", "up", "half-up"])) if "shares" in by else None
        return {
            "figure": self.figure(), "better": self.better(), "within": self.within(), "ties": ties, "places": places,
            **by,
        }  # fmt: skip

    def of_normalise(self, name: str, mark: Fraction) -> Tree:
        better = self.better()
        how = self.draw(st.sampled_from(["min-max", "rank", "percentile-rank", "to-best", "to-target"]))
        target = {"target": 200 if better == "higher" else -200} if how == "to-target" else {}
        return {"figure": self.figure(), "better": better, "within": self.within(), "how": how, **target}

    def within(self) -> str | None:
        return super().within() if self.grouped else None


def smallest(points: Any) -> Fraction:
    """The full mark of the group where it is least."""
    return min(points.values()) if isinstance(points, dict) else points


@st.composite
def worlds(draw: Any) -> World:
    """A sheet with everything that it is scored on."""
    sheet = PartSheet(draw)
    items = [sheet.node(1, True) for _ in range(draw(st.integers(1, 2)))]
    if len(items) > 1 and not draw(st.integers(0, 3)):
        items[1] |= {"counts": False, "not_applicable": None}
    is_higher = draw(st.booleans())
    bound, first, second = ("from", 12, "4.5") if is_higher else ("to", "4.5", 12)
    grades = [{"id": "good", bound: first}, {"id": "fair", bound: second}, {"id": "poor"}]
    ties = draw(st.sampled_from(["competition", "dense", "average", "maximum"]))
    rounding = {"mode": draw(MODES), "item": draw(DIGITS), "section": draw(DIGITS), "total": draw(DIGITS)}
    objects = {kind: {"title": kind} for kind in OBJECTS if kind in str([items, sheet.figures])}
    tree = without_blanks(
        {
            "id": "by-chance", "title": "By chance", "year": 2026, "rounding": rounding,
            "groups": GROUPS if sheet.grouped else None, "objects": objects or None, "figures": sheet.figures,
            "missing": draw(MISSING), "items": items, "grades": grades if draw(st.booleans()) else None,
            "total": draw(st.sampled_from([None, {"floor": 0}, {"cap": 15, "floor": -5}])),
            "ranking": {"better": "higher" if is_higher else "lower", "ties": ties},
        }
    )  # fmt: skip
    return Dealer(text_of(tree), sheet.attributes, draw(st.integers(0, 2**32))).world()


class Dealer:
    """Deals units, objects and figures from one number, as drawing each alone takes long."""

    def __init__(self, tree: Tree, flags: list[str], seed: int) -> None:
        self.tree = tree
        self.flags = flags
        self.chance = random.Random(seed)

    def world(self) -> World:
        """Everything beside the sheet."""
        units = {f"u{n}": self.unit() for n in range(self.chance.randint(1, 5))}
        first = next(iter(units))
        units[first] |= {"share": Fraction(1), **dict.fromkeys(self.flags, Fraction(1))}
        objects = [row for kind in self.tree.get("objects", {}) for row in self.rows(kind, list(units))]
        figures = self.tree["figures"]
        codes = {kind: list(dict.fromkeys(r.code for r in objects if r.kind == kind)) for kind in OBJECTS}
        owners = {name: codes[each["of"]] if "of" in each else list(units) for name, each in figures.items()}
        tables = [self.table(back, figures, owners) for back in range(self.chance.choice([1, 2, 3, 3]))]
        world = World(self.tree, units, objects, tables, (), self.chance.choice([12, 12, 12, 3, 5, 6]))
        world.exemptions = list(self.exemptions(world))
        return world

    def some(self, *values: Any) -> Any:
        return self.chance.choice(values)

    def unit(self) -> dict[str, Known]:
        """The attributes of a unit."""
        flags: dict[str, Known] = {name: self.some(Fraction(1), Fraction(1), Fraction(0), None) for name in self.flags}
        kind = self.some(*KINDS, *KINDS, *KINDS, "office")
        return {"kind": kind, "share": self.some(Fraction(1), Fraction(1, 2), Fraction(0), Fraction(-1), None), **flags}

    def rows(self, kind: str, units: list[str]) -> Iterator[ObjectRow]:
        """The objects of a kind: some of two units; not every unit has one."""
        is_first = True
        named = any(
            word in str(self.tree["items"]) + str(self.tree["figures"]) for word in ("level", "'part", "part ", "part)")
        )
        for n in range(1, self.chance.randint(int(named), 4) + 1):
            for unit in self.chance.sample(units, min(len(units), self.some(1, 1, 2))):
                level, part = (
                    self.some("national", "city", None),
                    self.some(Fraction(7, 10), Fraction(0), Fraction(-1), None),
                )
                filled: Mapping[str, Known] = {"level": level, "part": part}
                if is_first:
                    filled = {"level": "national", "part": Fraction(3, 10)}
                is_first = False
                yield ObjectRow(kind, f"{kind[0].upper()}{n}", unit, filled)

    def table(
        self, back: int, figures: Mapping[str, Tree], owners: Mapping[str, list[str]]
    ) -> dict[tuple[str, str, Stretch], Known]:
        """A year's table, with gaps."""
        found = {}
        for name, figure in figures.items():
            computed = "formula" in figure or "panel" in figure
            periods = [YEAR] if computed else stretches(MONTHS[figure.get("period", "year")])
            gaps = self.some(0.0, 0.1, 0.1, 0.5, 0.9)
            for owner in owners[name] if not computed or (back and self.some(False, True)) else ():
                for period in [YEAR] if self.chance.random() < 0.1 else periods:
                    if self.chance.random() >= gaps:
                        found[name, owner, period] = self.figure(figure)
        return found

    def figure(self, figure: Tree) -> Known:
        """A value of a figure."""
        if figure["kind"] == "choice":
            return str(self.some("II", "III", "IV"))
        if figure["kind"] == "yes-no":
            return Fraction(self.some(0, 1, 1))
        return Fraction(self.some("0", "1", "2", "5", "7.5", "10", "33.3", "60", "88.25", "-2"))

    def exemptions(self, world: World) -> Iterator[tuple[str, str, str]]:
        """Now and then of an item, of a period or of an object."""
        for item in items_of(self.tree["items"]):
            unit = self.some(*world.units)
            if self.chance.random() < 0.85:
                continue
            axes = [item["by"]] if isinstance(item.get("by"), str) else item.get("by", [])
            labels = [each.label(world.year) for a in axes if a in MONTHS for each in stretches(MONTHS[a])]
            codes = [row.code for a in axes if a not in MONTHS for row in world.rows(a, unit)]
            both = [f"{code} {label}" for code in codes for label in labels]
            yield unit, item["id"], self.some("", *labels[:3], *codes, *both[:4])


def items_of(nodes: list[Tree]) -> Iterator[Tree]:
    """Every item below."""
    for node in nodes:
        if "items" in node:
            yield from items_of(node["items"])
        else:
            yield node
