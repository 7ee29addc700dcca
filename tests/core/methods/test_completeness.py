"""A scoring method that is not whole: one test says everything that it lacks."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import assess.core.methods as methods
from assess.core.kinds import Choice, ChoiceWords, ReferenceType
from assess.core.methods import ALL, METHOD_RECORDS, inner_records
from assess.core.methods.as_rule import TOLD_AS_RULE
from assess.core.methods.traits import ScoringMethod
from assess.core.methods.words import METHOD_KEYS
from assess.core.schema import key, keys_of
from tests.core.explanations import pocket_calculator
from tests.guides import GUIDES

TOP = Path(__file__).parents[3]
GUIDE_TEXTS = {path.name: path.read_text(encoding="utf-8") for path in GUIDES.values()}
GALLERY = (TOP / "rules" / "method-gallery" / "rule-sheet.yaml").read_text(encoding="utf-8")
EXAMPLES = (TOP / "rules" / "method-gallery" / "examples.yaml").read_text(encoding="utf-8")
TRAITS = ("name", "chinese_name", "figures_taken", "targets", "amounts")
ITEM = r"- id: ([\w-]+)\n(?:(?! *- id: ).*\n)*? *method: {}\n"
"""An item of the gallery with a method."""


def lacking(record: type, name: str) -> list[str]:
    """What a method lacks: its entry, traits, words, a line of the guide, an item of the gallery and its example."""
    module = record.__module__.removeprefix("assess.").replace(".", "/")
    traits = [f"{name}: {module}.py does not say its {each}" for each in TRAITS if not hasattr(record, each)]
    items = re.findall(ITEM.format(name), GALLERY)
    parts = {
        "core/methods/__init__.py does not list it in ALL": record in ALL,
        "core/methods/as_rule/__init__.py does not tell it as a rule": name in TOLD_AS_RULE,
        "no test reckons its points from its sentence": is_reckoned(name),
        **{f"rules/{file} does not tell of it": f"`{name}`" in text for file, text in GUIDE_TEXTS.items()},
        "rules/method-gallery has no item of it": bool(items),
        "rules/method-gallery/examples.yaml has no example of it": any(f"{item}: " in EXAMPLES for item in items),
    }
    return [*traits, *unworded(record, name), *(f"{name}: {what}" for what, there in parts.items() if not there)]


def is_reckoned(name: str) -> bool:
    """Whether the points of a method are reckoned from its sentence, by the calculator or beside the method's tests."""
    own = TOP / "tests" / "core" / "methods" / f"test_{name.replace('-', '_')}.py"
    calculator = Path(pocket_calculator.__file__)
    texts = (file.read_text(encoding="utf-8") for file in (calculator, own) if file.exists())
    return any(f"def of_{name.replace('-', '_')}(" in text or "def reckoned(" in text for text in texts)


def unworded(record: type, name: str) -> list[str]:
    """The keys of a method and of its parts that have no words."""
    return [
        f"{name}: the key {each!r} of {part.__name__} has no words of its own, nor in core/methods/words.py"
        for part in (record, *(inner for _, inner in inner_records(record)))
        for each, field in keys_of(part).items()
        if field.metadata["words"] is None and each not in METHOD_KEYS
    ]


def written_methods() -> list[type[ScoringMethod]]:
    """Every method that stands in a module of the package, listed or not."""
    for module in pkgutil.iter_modules(methods.__path__, f"{methods.__name__}."):
        importlib.import_module(module.name)
    found = [ScoringMethod]
    for each in found:
        found += each.__subclasses__()
    package = (each for each in found if each.__module__.startswith(methods.__name__))
    named = dict.fromkeys(getattr(sys.modules[each.__module__], each.__name__) for each in package)
    return [each for each in named if not inspect.isabstract(each)]


def test_no_method_lacks_an_entry_words_guide_gallery_or_example():
    found = [each for method in written_methods() for each in lacking(method, getattr(method, "name", method.__name__))]

    assert "\n".join(found) == ""


class HalvingRounding(ChoiceWords):
    """A list of choices."""

    UP = "up", "进一"


@dataclass(frozen=True, slots=True, kw_only=True)
class Halving:
    """A method that somebody has only begun."""

    figure: str = key(ReferenceType("figure"))
    half_at: str = key(ReferenceType("figure"))
    rounding: HalvingRounding = key(Choice(HalvingRounding))


def test_a_method_that_somebody_has_only_begun_is_told_all_that_it_lacks():
    module = Halving.__module__.replace(".", "/")
    assert lacking(Halving, "halving") == [
        *(f"halving: {module}.py does not say its {trait}" for trait in TRAITS),
        *(
            f"halving: the key {key!r} of Halving has no words of its own, nor in core/methods/words.py"
            for key in ("half_at", "rounding")
        ),
        "halving: core/methods/__init__.py does not list it in ALL",
        "halving: core/methods/as_rule/__init__.py does not tell it as a rule",
        "halving: no test reckons its points from its sentence",
        "halving: rules/README.md does not tell of it",
        "halving: rules/README.zh.md does not tell of it",
        "halving: rules/method-gallery has no item of it",
        "halving: rules/method-gallery/examples.yaml has no example of it",
    ]


def test_nobody_but_the_methods_and_their_warnings_names_a_method():
    names = {record.__name__ for record in ALL}
    assert names <= {record.__name__ for record in METHOD_RECORDS}
    others = (path for path in (TOP / "assess").rglob("*.py") if not {"methods", "warnings"}.intersection(path.parts))
    imported = [
        (path.relative_to(TOP).as_posix(), alias.name)
        for path in others
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assess.core.methods")
        for alias in node.names
        if alias.name in names
    ]
    assert imported == []
