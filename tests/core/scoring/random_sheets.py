"""Rule sheets and units by chance: every method that does not compare units, sections in sections, gaps everywhere."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.builders import COEFFICIENTS, text_of
from tests.core.scoring.plain_methods import STATUSES

Tree = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]
KINDS = ("street", "township")
GROUPS = [{"id": kind, "where": f"kind == '{kind}'"} for kind in KINDS]


def decimals(least: int = 0, most: int = 120, places: int = 2) -> st.SearchStrategy[Fraction]:
    """Numbers with so many decimals."""
    scale = 10**places
    return st.integers(least * scale, most * scale).map(lambda count: Fraction(count, scale))


AMOUNTS = st.one_of(st.integers(-5, 120).map(Fraction), decimals(-5), decimals(0, 120, 1))
SHARES = st.sampled_from(["50%", "80%", "95%", "1/3", "0.7"])
STEPS = st.sampled_from(["0.5", "1", "2", "10", "1/3"])
MODES = st.sampled_from(["half-up", "half-even"])
DIGITS = st.sampled_from(["none", "0", "1", "2", "3"])


class Sheet:
    """Draws one sheet; remembers the figures and attributes that its items name."""

    def __init__(self, draw: Draw, methods: tuple[str, ...], combines: tuple[str, ...]) -> None:
        self.draw = draw
        self.methods = methods
        self.combines = combines
        self.figures: dict[str, Tree] = {}
        self.attributes: list[str] = []
        self.tasks: list[str] = []
        self.nodes = 0

    def maybe(self, strategy: st.SearchStrategy[Any]) -> Any:
        """A value, or nothing."""
        return self.draw(st.one_of(st.none(), strategy))

    def name(self) -> str:
        """A new id."""
        self.nodes += 1
        return f"n{self.nodes}"

    def figure(self, **keys: Any) -> str:
        """A new figure."""
        name = f"f{len(self.figures)}"
        self.figures[name] = {"kind": "number", "from": "unit", **keys}
        return name

    def flag(self) -> str:
        """A new attribute of yes or no."""
        self.attributes.append(f"has_{len(self.attributes)}")
        return self.attributes[-1]

    def amount(self, figure: str) -> str:
        """A value position: a number, a figure of its own, or last year's value of the measured one."""
        shape = self.draw(st.sampled_from(["number", "number", "figure", "previous"]))
        if shape == "figure":
            return self.figure()
        return f"previous({figure})" if shape == "previous" else str(text_of(self.draw(AMOUNTS)))

    def marks(self) -> Any:
        """A full mark, now and then one for each group."""
        mark = decimals(1, 30, 1)
        if self.draw(st.integers(0, 5)):
            return self.draw(mark)
        return {kind: self.draw(mark) for kind in KINDS}

    def section(self, depth: int, sums_above: bool, mark: Any = None) -> Tree:
        """A section of one to three nodes; `mark` is given where the section above wants it."""
        combine = self.draw(st.sampled_from(self.combines))
        shared = combine in ("mean", "harmonic", "geometric", "minimum")
        own = self.marks() if mark is None else mark
        fixed = mark is not None and combine == "sum"
        count = 1 if fixed else self.draw(st.integers(1, 3))
        only_sums = sums_above and combine == "sum"
        items = [self.node(depth - 1, only_sums, own if shared or fixed else None) for _ in range(count)]
        if combine == "sum" and not fixed:
            own = added([each["points"] for each in items])
        keys = {
            "combine": combine, "availability": self.maybe(SHARES), "weight": self.maybe(STEPS),
            "missing": self.maybe(MISSING), **self.maybe_bounds(),
        }  # fmt: skip
        return {"id": self.name(), "points": own, "items": items, **keys}

    def maybe_bounds(self) -> Tree:
        """Floor and cap of a section, seldom."""
        return self.draw(st.sampled_from([{}, {}, {}, {"floor": 1}, {"cap": 12}, {"floor": -1, "cap": 5}]))

    def node(self, depth: int, sums_above: bool, mark: Any = None) -> Tree:
        """A section or an item."""
        if depth > 0 and self.draw(st.booleans()):
            return self.section(depth, sums_above, mark)
        return self.item(sums_above, mark)

    def item(self, sums_above: bool, mark: Any = None) -> Tree:
        """An item by any of the methods."""
        points = self.marks() if mark is None else mark
        least = min(points.values()) if isinstance(points, dict) else points
        name, method = self.name(), self.draw(st.sampled_from(self.methods))
        rules = ["rescale", "full", "zero", *(["rescale-total"] if sums_above else [])]
        applies = self.flag() if not self.draw(st.integers(0, 2)) else None
        corrections = [
            {"when": self.figure(kind="yes-no"), "keep": self.draw(SHARES), "clause": "1"}
            for _ in range(self.draw(st.sampled_from([0, 0, 0, 1, 2])))
        ]
        bounds = self.draw(
            st.sampled_from([{}, {}, {"floor": -2}, {"floor": "0.5"}, {"cap": least * 2}, {"cap": least / 2}])
        )
        return {
            "id": name, "title": name, "points": points, "clause": "1", "method": method, "applies": applies,
            "not_applicable": self.draw(st.sampled_from(rules)), "missing": self.maybe(MISSING),
            "round": self.maybe(DIGITS), "weight": self.maybe(STEPS), "corrections": corrections or None,
            **bounds, **getattr(self, f"of_{method}")(name, least),
        }  # fmt: skip

    # the keys of each method

    def of_done(self, name: str, mark: Fraction) -> Tree:
        if self.draw(st.booleans()):
            return {"figures": [self.figure(kind="yes-no") for _ in range(self.draw(st.integers(1, 3)))]}
        return {"when": f"{self.figure()} >= {text_of(self.draw(decimals()))}"}

    def of_ratio(self, name: str, mark: Fraction) -> Tree:
        figure = self.figure()
        line = st.one_of(SHARES, st.builds(self.figure))
        return {
            "figure": figure, "target": self.amount(figure), "better": self.better(), "zero_below": self.maybe(line),
            "full_from": self.maybe(line), "unmet_factor": self.maybe(SHARES),
            "up_to": self.maybe(st.sampled_from(["120%", "1.5"])),
        }  # fmt: skip

    def better(self) -> str:
        return str(self.draw(st.sampled_from(["higher", "lower"])))

    def of_interpolate(self, name: str, mark: Fraction) -> Tree:
        figure = self.figure()
        cuts = {key: self.amount(figure) for key in ("zero_below", "zero_above") if not self.draw(st.integers(0, 3))}
        if self.draw(st.booleans()):
            places = self.draw(st.lists(AMOUNTS, min_size=2, max_size=4, unique=True))
            return {
                "figure": figure,
                "points_at": [[x, self.draw(st.integers(-1, 4)) * mark / 4] for x in places],
                **cuts,
            }
        full_at = self.amount(figure)
        zero_at = self.amount(figure)
        return {
            "figure": figure,
            "full_at": full_at,
            "zero_at": self.figure() if zero_at == full_at else zero_at,
            **cuts,
        }

    def of_bands(self, name: str, mark: Fraction) -> Tree:
        better = self.better()
        bounds = sorted(self.draw(st.lists(AMOUNTS, max_size=3, unique=True)), reverse=better == "higher")
        points = [self.draw(st.integers(0, 4)) * mark / 4 for _ in range(len(bounds) + 1)]
        key = "from" if better == "higher" else "to"
        steps = [{key: bound, "points": earned} for bound, earned in zip(bounds, points, strict=False)]
        edge = self.maybe(st.just("above"))
        return {"figure": self.figure(), "better": better, "edge": edge, "bands": [*steps, {"points": points[-1]}]}

    def of_lookup(self, name: str, mark: Fraction) -> Tree:
        table = {"II": mark, "III": mark / 3, "IV": 0}
        return {"figure": self.figure(kind="choice", choices=list(table)), "table": table}

    def line(self) -> Tree:
        figure = self.figure()
        return {
            "figure": figure, "points": self.draw(STEPS),
            "partial": self.draw(st.sampled_from(["pro-rata", "up", "down"])),
            "target": self.amount(figure), "better": self.maybe(st.sampled_from(["higher", "lower"])),
            "per": self.maybe(st.one_of(STEPS, st.builds(self.figure))), "relative": self.maybe(st.booleans()),
            "free": self.maybe(STEPS), "at_most": self.maybe(STEPS),
        }  # fmt: skip

    def of_deduct(self, name: str, mark: Fraction) -> Tree:
        return {"lines": [self.line() for _ in range(self.draw(st.integers(1, 2)))]}

    of_award = of_deduct

    def of_direct(self, name: str, mark: Fraction) -> Tree:
        return {"figure": self.figure()}

    def of_tasks(self, name: str, mark: Fraction) -> Tree:
        self.tasks.append(name)
        late = self.maybe(st.sampled_from([{"per": "day", "points": "0.5"}, {"per": "day", "points": 1, "at_most": 2}]))
        return {"obligations": {"domain": "air"}, "coefficients": COEFFICIENTS, "late": late}

    def of_formula(self, name: str, mark: Fraction) -> Tree:
        figure = self.figure()
        by = self.draw(st.sampled_from(["3", "7", figure, ""]))
        return {"points_from": f"{figure} / {by or self.figure()}"}

    # methods that compare units

    def of_rank(self, name: str, mark: Fraction) -> Tree:
        by = self.draw(st.sampled_from([{"step": "0.5"}, {"last": mark / 2}]))
        ties = self.maybe(st.sampled_from(["dense", "average", "maximum", "minimum"]))
        return {"figure": self.figure(), "better": self.better(), "within": self.within(), "ties": ties, **by}

    def of_relative(self, name: str, mark: Fraction) -> Tree:
        to = self.draw(st.sampled_from(["best", "mean"]))
        return {"figure": self.figure(), "better": self.better(), "within": self.within(), "to": to}

    def of_spread(self, name: str, mark: Fraction) -> Tree:
        return {
            "figure": self.figure(),
            "better": self.better(),
            "within": self.within(),
            "lowest": self.maybe(st.just(1)),
        }

    def of_normalise(self, name: str, mark: Fraction) -> Tree:
        how = self.draw(st.sampled_from(["min-max", "z-score", "rank", "percentile-rank", "to-best", "to-target"]))
        keys = {"z-score": {"mean": 5, "deviation": 2}, "to-target": {"target": 60}}.get(how, {})
        return {"figure": self.figure(), "better": self.better(), "within": self.within(), "how": how, **keys}

    def within(self) -> str | None:
        within: str | None = self.maybe(st.sampled_from(["all", "group"]))
        return within


MISSING = st.sampled_from(["zero", "zero", "exclude", "exclude", "block", {"points": "1.5"}])
ALONE = ("done", "ratio", "interpolate", "bands", "lookup", "deduct", "award", "direct", "tasks", "formula")
COMPARING = ("rank", "relative", "spread", "normalise")
EXACT = ("sum", "sum", "rate", "mean", "harmonic", "minimum")


def added(marks: list[Any]) -> Any:
    """The sum of full marks, by group where any is."""
    if not any(isinstance(mark, dict) for mark in marks):
        return sum(marks)
    return {kind: sum(mark[kind] if isinstance(mark, dict) else mark for mark in marks) for kind in KINDS}


def without_blanks(tree: Any) -> Any:
    """A tree without the keys that were left out."""
    if isinstance(tree, dict):
        return {name: without_blanks(each) for name, each in tree.items() if each is not None}
    return [without_blanks(each) for each in tree] if isinstance(tree, list) else tree


@st.composite
def sheets(
    draw: Any, methods: tuple[str, ...] = ALONE, combines: tuple[str, ...] = EXACT, rounding: Any = None
) -> tuple[Tree, list[dict[str, Any]], list[dict[str, Any]]]:
    """The plain tree of a sheet, and this and last year's values of some units."""
    sheet = Sheet(draw, methods, combines)
    items = [sheet.node(2, True) for _ in range(draw(st.integers(1, 3)))]
    if not sheet.figures:
        sheet.methods = ("direct",)
        items.append(sheet.item(True))
    if rounding is None:
        rounding = {"mode": draw(MODES), "item": draw(DIGITS), "section": draw(DIGITS), "total": draw(DIGITS)}
    tree = without_blanks(
        {
            "id": "by-chance",
            "title": "By chance",
            "year": 2026,
            "rounding": rounding,
            "groups": GROUPS,
            "figures": sheet.figures,
            "missing": draw(MISSING),
            "items": items,
            "total": draw(st.sampled_from([{}, {}, {"cap": 20}, {"floor": 2}])),
        }
    )
    now = [draw(st.fixed_dictionaries(values_of(sheet, whole=True))) for _ in range(draw(st.integers(1, 4)))]
    before = [draw(st.fixed_dictionaries(values_of(sheet, whole=False))) for _ in now]
    return text_of(tree), now, before


def values_of(sheet: Sheet, *, whole: bool) -> dict[str, st.SearchStrategy[Any]]:
    """A value or nothing for each figure; with attributes and obligations where the year is this one."""
    by_kind = {
        "number": st.one_of(st.none(), AMOUNTS, AMOUNTS, AMOUNTS),
        "yes-no": st.sampled_from([None, False, True, True]),
        "choice": st.sampled_from([None, "II", "III", "IV"]),
    }
    found = {name: by_kind[figure["kind"]] for name, figure in sheet.figures.items()}
    if whole:
        found |= {name: st.sampled_from([True, True, False, None]) for name in sheet.attributes}
        found["kind"] = st.sampled_from(KINDS)
        counts = st.sampled_from([None, 0, 1, 2, 5])
        found |= {f"{name}.{column}": counts for name in sheet.tasks for column in (*STATUSES, "days_late")}
    return found
