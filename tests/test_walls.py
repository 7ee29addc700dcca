"""The rooms of the house keep to their walls, and nothing in it outgrows its place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assess.core.workflow import Stage
from tests import walls
from tests.walls import Module, modules

TOP = Path(__file__).parent.parent
FOLDERS = ("assess", "rules", "static", "tests")
EVERYTHING = modules(TOP, *FOLDERS)
HOUSE = [module for module in EVERYTHING if module.path.parts[0] == "assess"]

Check = Callable[[Module], list[str]]


@pytest.fixture(scope="module", autouse=True)
def trees() -> Iterator[None]:
    """The trees of all files, let go of at the end."""
    yield
    walls.parsed.cache_clear()


@pytest.mark.parametrize(
    "check",
    [walls.crossed_arrows, walls.strange_libraries, walls.relative_imports, walls.late_imports, walls.forbidden_calls],
    ids=lambda check: check.__name__,
)
def test_rooms_know_only_what_they_may(check: Check):
    assert "\n".join(offence for module in HOUSE for offence in check(module)) == ""


@pytest.mark.parametrize(
    "check",
    [walls.long_functions, walls.long_views, walls.long_files, walls.many_arguments, walls.unfinished],
    ids=lambda check: check.__name__,
)
def test_nothing_outgrows_its_place(check: Check):
    assert "\n".join(offence for module in EVERYTHING for offence in check(module)) == ""


def test_no_template_outgrows_its_place():
    assert "\n".join(walls.long_templates(TOP, "templates")) == ""


def test_every_file_and_folder_is_named_after_its_subject():
    paths = [path.relative_to(TOP) for folder in FOLDERS for path in (TOP / folder).rglob("*")]

    assert "\n".join(walls.unnamed(paths)) == ""


def test_every_room_has_a_sign_on_its_door():
    assert "\n".join(walls.signless_doors(HOUSE)) == ""


def test_core_loads_no_library_of_another_room():
    load_all = "\n".join(
        [
            "import importlib, pkgutil, sys, assess.core",
            "for found in pkgutil.walk_packages(assess.core.__path__, 'assess.core.'):",
            "    importlib.import_module(found.name)",
            "print(*sorted({name.split('.')[0] for name in sys.modules}))",
        ]
    )
    done = subprocess.run([sys.executable, "-c", load_all], cwd=TOP, capture_output=True, text=True)
    others = set().union(*(libraries for room, libraries in walls.LIBRARIES.items() if room != "core"))

    assert done.stderr == ""
    assert set(done.stdout.split()) & others == set()


def test_only_the_table_of_stages_knows_their_names():
    assert "\n".join(offence for module in HOUSE for offence in walls.named_stages(module)) == ""
    assert "\n".join(walls.stages_compared(TOP, "templates", Stage)) == ""


def test_every_form_is_taken_in_one_way():
    assert "\n".join(offence for module in HOUSE for offence in walls.own_submissions(module)) == ""


OFFENCES = [
    (walls.own_submissions, "web/views/a.py", "form.validate_on_submit()", "take the form with submission()"),
    (
        walls.own_submissions,
        "web/views/a.py",
        "try: act()\nexcept (Refused, Stale): pass",
        "take the form with submission()",
    ),
    (walls.named_stages, "web/a.py", "a = Stage.FINAL", "ask a property of the stage, not for Stage.FINAL"),
    (
        walls.named_stages,
        "cli/demonstration/a.py",
        "a = stage is Stage.FINAL",
        "ask a property of the stage, not for Stage.FINAL",
    ),
    (
        walls.crossed_arrows,
        "core/a.py",
        "from assess.files import workbooks",
        "core may not import assess.files.workbooks",
    ),
    (walls.crossed_arrows, "web/a.py", "import assess.store.models", "web may not import assess.store.models"),
    (walls.crossed_arrows, "web/a.py", "from assess import store", "web may not import assess.store"),
    (walls.strange_libraries, "core/a.py", "import yaml", "core may not use yaml"),
    (walls.strange_libraries, "core/a.py", "from os import environ", "core may not use os"),
    (walls.strange_libraries, "files/a.py", "import pandas as pd", "files may not use pandas"),
    (walls.relative_imports, "core/a.py", "from . import text", "import by the full name"),
    (walls.forbidden_calls, "core/a.py", "open('figures.csv')", "core may not call open"),
    (walls.forbidden_calls, "services/a.py", "session.commit()", "services may not call commit"),
    (walls.forbidden_calls, "files/a.py", "importlib.import_module('yaml')", "files may not call import_module"),
    (
        walls.many_arguments,
        "core/a.py",
        "def f(a, b, c, d, e, g): ...",
        "f takes 6 arguments without keywords, 5 are the most",
    ),
]


@pytest.mark.parametrize(("check", "path", "text", "what"), OFFENCES)
def test_an_offence_is_named_with_its_line(check: Check, path: str, text: str, what: str):
    assert check(Module(Path("assess", path), f"\n{text}\n")) == [f"assess/{path}:2: {what}"]


INNOCENT = [
    (walls.own_submissions, "web/views/a.py", "try: act()\nexcept ValueError: pass"),
    (walls.named_stages, "cli/demonstration/a.py", "move(filling, Stage.FINAL)"),
    (walls.named_stages, "core/workflow.py", "DECIDED = (Stage.FINAL,)"),
    (walls.crossed_arrows, "web/a.py", "from assess.store.queries import units"),
    (walls.crossed_arrows, "core/a.py", "from assess.core.text import Text"),
    (walls.crossed_arrows, "core/a.py", "from assess import __version__"),
    (walls.forbidden_calls, "cli/a.py", "import_module('assess.cli.scoring')"),
    (walls.strange_libraries, "core/a.py", "import numpy as np, fractions"),
    (walls.late_imports, "cli/a.py", "def f():\n    # slow library\n    import a\n    from b import c\n"),
    (walls.long_functions, "core/a.py", 'def f():\n    """' + "\n" * 50 + '"""\n' + "    a()\n" * 40),
    (walls.many_arguments, "core/a.py", "class A:\n    def f(self, a, b, c, d, e, *, g): ..."),
]


@pytest.mark.parametrize(("check", "path", "text"), INNOCENT)
def test_what_is_allowed_passes(check: Check, path: str, text: str):
    assert check(Module(Path("assess", path), text)) == []


def test_every_class_has_a_name_of_its_own():
    assert "\n".join(walls.shared_class_names(HOUSE)) == ""


def test_a_class_name_that_stands_twice_is_named_with_its_places():
    twice = [Module(Path(f"assess/core/{name}.py"), "class Row: ...\n") for name in ("a", "b")]

    assert walls.shared_class_names(twice) == ["Row: assess/core/a.py:1, assess/core/b.py:1"]


def test_no_folders_import_each_other_in_a_circle():
    assert "\n\n".join(walls.folder_circles(HOUSE)) == ""


def test_a_circle_among_folders_is_named_by_its_imports():
    texts = {
        "core/__init__.py": "",
        "core/text.py": "import re",
        "core/units.py": "from assess.core.text import Text\nfrom assess.core.evidence import wrong",
        "core/evidence/__init__.py": "",
        "core/evidence/reading.py": "import assess.core.evidence.rows\nimport assess.core.figures.table",
        "core/figures/table.py": "from assess.core import text, units",
        "services/units.py": "from assess.core.units import Units",
        "settings.py": "from assess import __version__",
        "worker.py": "from assess.settings import Settings",
    }

    found = walls.folder_circles([Module(Path("assess", path), text) for path, text in texts.items()])
    assert [sorted(circle.split("\n")) for circle in found] == [
        [
            "assess/core/evidence/reading.py:2: core.evidence imports core.figures",
            "assess/core/figures/table.py:1: core.figures imports core.units",
            "assess/core/units.py:2: core.units imports core.evidence",
        ]
    ]


def test_every_circle_among_folders_is_named():
    def module(name: str, *others: str) -> Module:
        return Module(Path(f"assess/core/{name}.py"), "\n".join(f"import assess.core.{other}" for other in others))

    found = walls.folder_circles([module("a", "b", "c"), module("b", "a"), module("c", "a")])
    assert sorted(sorted(circle.split("\n")) for circle in found) == [
        ["assess/core/a.py:1: core.a imports core.b", "assess/core/b.py:1: core.b imports core.a"],
        ["assess/core/a.py:2: core.a imports core.c", "assess/core/c.py:1: core.c imports core.a"],
    ]


def test_an_import_inside_a_function_needs_its_comment():
    text = "def f():\n    # for speed\n    import a\n    import b\n"

    assert walls.late_imports(Module(Path("assess/core/a.py"), text)) == [
        "assess/core/a.py:3: import at the top of the file",
        "assess/core/a.py:4: import at the top of the file",
    ]


def test_a_long_function_and_a_long_file_are_named_with_their_length():
    module = Module(Path("assess/core/a.py"), "def f():\n" + "    a()\n" * 41 + "\n" * 500)

    assert walls.long_functions(module) == ["assess/core/a.py:1: f has 41 lines, 40 are the most"]
    assert walls.long_files(module) == ["assess/core/a.py: 542 lines, 500 are the most"]


def test_a_long_view_is_named_and_a_function_as_long_is_not():
    steps = "    a()\n" * 26
    module = Module(Path("assess/web/views/a.py"), f'@bp.route("/")\ndef f():\n{steps}\ndef g():\n{steps}')

    assert walls.long_views(module) == ["assess/web/views/a.py:2: f has 26 lines, 25 are the most for a view"]


def test_a_long_template_is_named_with_its_length(tmp_path: Path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "short.html").write_text("<p>\n" * 120)
    (tmp_path / "pages" / "long.html").write_text("<p>\n" * 121)

    assert walls.long_templates(tmp_path, "pages") == ["pages/long.html: 121 lines, 120 are the most"]


def test_a_template_that_compares_a_stage_is_named(tmp_path: Path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "asks.html").write_text("{% if stage.is_final %}\n")
    (tmp_path / "pages" / "compares.html").write_text('<p>\n{% if stage in ("final",) %}\n')

    assert walls.stages_compared(tmp_path, "pages", Stage) == [
        'pages/compares.html:2: ask a property of the stage: {% if stage in ("final",) %}'
    ]


def test_work_put_off_is_named_with_its_line():
    assert walls.unfinished(Module(Path("assess/core/a.py"), "a = 1\nb = 2  # TO" + "DO round\n")) == [
        "assess/core/a.py:2: finish it or file it: b = 2  # TO" + "DO round"
    ]


def test_a_file_called_after_nothing_is_named():
    assert walls.unnamed([Path("assess/core/common/text.py"), Path("assess/Utils.py"), Path("assess/text.py")]) == [
        "assess/core/common/text.py: name it after its subject",
        "assess/Utils.py: name it after its subject",
    ]


def test_a_room_without_a_sign_is_named():
    empty, quiet = Module(Path("assess/store/base.py"), ""), Module(Path("assess/web/__init__.py"), "a = 1")

    assert walls.signless_doors([empty, quiet]) == [
        "assess/store: no __init__.py",
        "assess/web/__init__.py: no docstring",
    ]
