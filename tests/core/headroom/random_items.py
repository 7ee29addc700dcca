"""Items by chance whose figure has few values, so that all of them can be tried."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from tests.builders import Unit, a_unit, an_item

Tree = dict[str, Any]
MARK = Fraction(6)
MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
FORMULAS = {
    "twice": "f * 2 - 3",
    "growth": "(f - previous(f)) / 4 * 100",
    "gap": "abs(f - 4)",
    "usual": "mean_of(f)",
    "place": "place_of(f)",
    "most": "max_of(f, all, factor > 1)",
    "shortfall": "sum_of(max(mean_of(f) - f, 0))",
    "rest": "g - f",
}
CONDITIONS = (
    "f > 3", "twice >= 5", "growth > 0 and not f == 4", "f + g <= 8 or flag", "g > 2", "rest < 1", "flag",
    "max(f, 2) > g", "gap < 2", "place <= 1", "f > usual", "if(flag, f, 5) > 4", "previous(f) > 3",
    "place_of(f, lower, dense, flag) < 3", "min_of(f + 1, all) > 3", "count_of(f > 2) >= 2", "most > 5",
    "share_of(f > 2, all, f != 3) > 0.5", "median_of(f) > 3", "sum_of(f, f > factor) > 6", "shortfall > 2",
    "place_of(f - usual, all, average) <= 2", "mean_of(f, factor == 1) > 4", "place_of(f, maximum) > 1",
)  # fmt: skip
METHODS = ("ratio", "interpolate", "bands", "deduct", "award", "rank", "relative", "spread")


class RandomCase(NamedTuple):
    """A sheet of one item `item` that scores the figure `f`, and units."""

    item: Tree
    figures: dict[str, Tree]
    groups: list[Tree] | None
    units: dict[str, Unit]
    mode: str
    exempt: list[tuple[str, str]]

    @property
    def keys(self) -> Tree:
        """The keys of the sheet beside its items and figures."""
        groups = {} if self.groups is None else {"groups": self.groups}
        return {"rounding": {"mode": self.mode, "total": 2}, **groups}


class ItemDrawer:
    """Draws one case."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.digits = random.choice([0, 1])
        self.low = random.choice([Fraction(-2), Fraction(0), Fraction(1, 3)])
        self.high = self.low + (11 if self.digits == 0 else Fraction(21, 10))

    def amount(self) -> Fraction:
        """A number about where the figure lies, often one that it can take."""
        low, high = int(self.low) - 1, int(self.high) + 2
        return Fraction(self.random.randint(low * 10, high * 10), 10) if self.random.random() < 0.6 else self.taken()

    def taken(self) -> Fraction:
        """A value that the figure can take."""
        step = 10**self.digits
        least, most = -(-self.low * step // 1), self.high * step // 1
        return Fraction(self.random.randint(int(least), int(most)), step)

    def seldom(self, value: Any, often: float = 0.3) -> Any:
        """A value, now and then."""
        return value if self.random.random() < often else None

    def position(self) -> Any:
        """A number, another figure, last year's value, or a formula."""
        return self.random.choice([self.amount(), self.amount(), self.amount(), "g", "previous(f)", "rest", "usual"])

    def plain_position(self) -> Any:
        """A number or another figure."""
        return self.random.choice([self.amount(), self.amount(), "g"])

    def position_now(self) -> Any:
        """Now and then a position that looks at the figure itself."""
        return self.position() if self.random.random() < 0.3 else self.plain_position()

    def better(self) -> str:
        return self.random.choice(["higher", "lower"])

    def keys(self, method: str) -> Tree:
        """The keys of a method."""
        return {name: each for name, each in getattr(self, f"of_{method}")().items() if each is not None}

    def of_ratio(self) -> Tree:
        choice = self.random.choice
        return {
            "figure": "f", "target": self.position_now(), "better": self.better(),
            "zero_below": self.seldom(choice(["50%", "0.8", "g"])), "full_from": self.seldom(choice(["70%", "0.9"])),
            "unmet_factor": self.seldom(choice(["50%", "1.1"])), "up_to": self.seldom(choice(["120%", "80%"])),
        }  # fmt: skip

    def of_interpolate(self) -> Tree:
        cuts = {"zero_below": self.seldom(self.position_now()), "zero_above": self.seldom(self.position_now())}
        if self.random.random() < 0.5:
            places = sorted({self.amount() for _ in range(4)} | {self.low - 1, self.high + 1})
            return {"figure": "f", "points_at": [[x, self.random.randint(-1, 6)] for x in places], **cuts}
        full_at, zero_at = self.position_now(), self.plain_position()
        return {"figure": "f", "full_at": full_at, "zero_at": self.amount() if full_at == zero_at else zero_at, **cuts}

    def of_bands(self) -> Tree:
        better = self.better()
        bounds = sorted({self.amount() for _ in range(self.random.randint(1, 3))}, reverse=better == "higher")
        key = "from" if better == "higher" else "to"
        bands = [{key: bound, "points": self.random.randint(0, 6)} for bound in bounds]
        edge = self.random.choice(["at", "above"])
        return {"figure": "f", "better": better, "edge": edge, "bands": [*bands, {"points": self.random.randint(0, 6)}]}

    def line(self) -> Tree:
        choice = self.random.choice
        line = {
            "figure": choice(["f", "f", "f", "g", "rest"]), "points": choice(["0.5", "1", "2", "1/3"]),
            "partial": choice(["pro-rata", "up", "down"]), "target": self.position_now(), "better": self.better(),
            "per": self.seldom(choice(["0.5", "2", "1/3", "g"])), "relative": self.seldom("true"),
            "free": self.seldom("0.5"), "at_most": self.seldom(choice(["1", "2.5"])),
        }  # fmt: skip
        return {name: each for name, each in line.items() if each is not None}

    def of_deduct(self) -> Tree:
        lines = [self.line() for _ in range(self.random.randint(1, 3))]
        return {"lines": [{**lines[0], "figure": "f"}, *lines[1:]]}

    of_award = of_deduct

    def of_rank(self) -> Tree:
        entries = [self.random.randint(0, 6) for _ in range(3)]
        shares = [{"to": "40%", "points": 6}, {"to": "80%", "points": entries[0]}, {"points": entries[1]}]
        ways = [{"step": "1.5"}, {"last": "1"}, {"table": [6, *entries]}, {"shares": shares, "places": "up"}]
        by, ties = self.random.choice(ways), ["competition", "dense", "maximum", "minimum", "average"]
        ties = self.random.choice(ties[:4] if "table" in by else ties)
        return {"figure": "f", "better": self.better(), "within": self.within(), "ties": ties, **by}

    def of_relative(self) -> Tree:
        to = self.random.choice(["best", "mean"])
        return {"figure": "f", "better": self.better(), "within": self.within(), "to": to}

    def of_spread(self) -> Tree:
        lowest = self.seldom(self.random.choice([1, -2]))
        return {"figure": "f", "better": self.better(), "within": self.within(), "lowest": lowest}

    def within(self) -> Any:
        return self.random.choice([None, "all", "group"])

    def item(self) -> Tree:
        """The item."""
        choice = self.random.choice
        method = choice(METHODS)
        corrections = [
            {"when": choice(CONDITIONS), "keep": choice(["40%", "0", "80%"]), "clause": "1"}
            for _ in range(choice([0, 0, 1, 2]))
        ]
        bounds = choice([{}, {}, {"floor": -2}, {"floor": 1}, {"cap": 4}, {"cap": 9}])
        keys = {
            "round": choice(["none", 0, 1, 2]), "missing": choice(["zero", "exclude", {"points": 5}]),
            "times": self.seldom(choice(["factor", "0.7", "-1", "gap", "g"]), 0.2), "corrections": corrections or None,
            "applies": self.seldom("flag or factor == 1", 0.2),
        }  # fmt: skip
        given = {name: each for name, each in keys.items() if each is not None}
        return an_item(method, points=MARK, **given, **bounds, **self.keys(method))

    def case(self) -> RandomCase:
        """The item, its figures and units."""
        kind = "count" if self.digits == 0 and self.low == 0 else self.random.choice(["number", "percent"])
        period = self.random.choice([{}, {}, {"period": "month"}, {"period": "quarter"}])
        roll_up = {"roll_up": self.random.choice(["mean", "sum", "last", "max"])} if period else {}
        roll_up |= self.random.choice([{}, {"min_periods": 2}]) if period else {}
        figure = {"kind": kind, "min": self.low, "max": self.high, **period, **roll_up}
        if kind != "count":
            figure["decimals"] = self.digits
        groups = [{"id": kind, "where": f"kind == '{kind}'"} for kind in ("street", "township")]
        grouped = self.seldom(groups, 0.5)
        item = self.item() | ({"points": {"street": MARK, "township": MARK}} if grouped else {})
        named = set(re.findall(r"\w+", str(item)))
        formulas = {name: {"from": "formula", "formula": text} for name, text in FORMULAS.items() if name in named}
        named.update(*(re.findall(r"\w+", each["formula"]) for each in formulas.values()))
        others: dict[str, Tree] = {"g": {}} if "g" in named else {}
        units = {f"u{n}": self.unit(period.get("period")) for n in range(self.random.randint(1, 4))}
        mode = self.random.choice(["half-up", "half-even"])
        exempt = [(unit, "item") for unit in units if self.random.random() < 0.05]
        return RandomCase(item, {"f": figure, **others, **formulas}, grouped, units, mode, exempt)

    def unit(self, period: str | None) -> Unit:
        """One unit."""
        values: dict[str, Any] = {"f": self.value(period), "g": self.amount() if self.random.random() < 0.9 else None}
        attributes = {"flag": self.random.choice(["yes", "no"]), "factor": self.random.choice([1, 2])}
        kind = self.random.choice(["street", "street", "township", "township", "office"])
        return a_unit(previous={"f": self.taken()}, **{"kind": kind, **attributes, **values})

    def value(self, period: str | None) -> Any:
        """The value of the year, or of some of its periods; now and then none."""
        if self.random.random() < 0.1:
            return None
        if period is None or self.random.random() < 0.1:
            return self.taken()
        labels = MONTHS if period == "month" else [f"2026-Q{n}" for n in range(1, 5)]
        return {label: self.taken() for label in self.random.sample(labels, self.random.randint(1, 4))}
