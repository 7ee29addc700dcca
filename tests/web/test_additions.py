"""A role and a stage are added to a copy of the service as `docs/architecture.md` says, each in a few files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

TOP = Path(__file__).parents[2]
COPIED = ("assess", "tests")
LINKED = ("templates", "static", "rules", "pyproject.toml")
MAX_FILES = 5
"""So many files of `assess/` a role or a stage may cost."""
MAX_FILES_OF_ALL = 12
HELD_BY = (
    *("tests/web/test_declarations.py", "tests/web/test_menu.py", "tests/core/test_workflow.py"),
    "tests/web/test_access.py::test_every_route_stands_in_the_table_of_who_may_open_it",
)
GUIDES = 3
"""README, the guide to operating, and the list of changes, which nothing here reads."""


class Edit(NamedTuple):
    """What stands in a file, and what stands there after the addition."""

    path: str
    old: str
    new: str


def before(path: str, line: str, added: str) -> Edit:
    """Lines that are added before one."""
    return Edit(path, line, added + line)


ROLE = (
    before(
        "assess/core/actors.py",
        "    RECEIVER = (\n",
        "    AUDITOR = (\n"
        '        *("auditor", "审计人员", "Auditor", DutyScope.NOTHING),\n'
        "        *(Right.SEE_FINDINGS, Right.SEE_RESULTS, Right.SEE_ALL_RESULTS),\n"
        "    )\n",
    ),
    before(
        "assess/cli/demonstration/people.py",
        '    DemoPerson("receiver", ',
        '    DemoPerson("auditor", "演示审计员", (Duty(Role.AUDITOR),)),\n',
    ),
    before("tests/years.py", '        "receiver": [', '        "auditor": [Duty(Role.AUDITOR)],\n'),
    before("tests/web/access_table.py", '    Role.RECEIVER: "receiver",\n', '    Role.AUDITOR: "auditor",\n'),
    before(
        "tests/web/access_table.py",
        '    Role.RECEIVER: "handover stages",\n',
        '    Role.AUDITOR: "findings patrols leadership downloads stages",\n',
    ),
    Edit("tests/web/access_table.py", "REPORTING | {Role.LEADER}", "REPORTING | {Role.LEADER, Role.AUDITOR}"),
    Edit(
        "tests/web/access_table.py",
        "ALL_RESULTS = frozenset({Role.OFFICE, Role.LEADER})",
        "ALL_RESULTS = frozenset({Role.OFFICE, Role.LEADER, Role.AUDITOR})",
    ),
)
STAGE = (
    before(
        "assess/core/workflow.py",
        '    FINAL = "final", "定稿", "Final"\n',
        '    HEARING = "hearing", "听证", "Hearing"\n',
    ),
    Edit(
        "assess/core/workflow.py",
        "(Stage.PROVISIONAL, Stage.APPEALS)\nDEC",
        "(Stage.PROVISIONAL, Stage.APPEALS, Stage.HEARING)\nDEC",
    ),
    Edit("assess/core/workflow.py", "Act.APPEAL: OBJECTING", "Act.APPEAL: (Stage.PROVISIONAL, Stage.APPEALS)"),
    Edit(
        "assess/cli/demonstration/days.py",
        "    Stage.APPEALS: timedelta(days=10),\n",
        "    Stage.APPEALS: timedelta(days=10),\n    Stage.HEARING: timedelta(days=2),\n",
    ),
    Edit(
        "assess/cli/demonstration/days.py",
        "    Stage.APPEALS: timedelta(days=3),\n",
        "    Stage.APPEALS: timedelta(days=3),\n    Stage.HEARING: timedelta(days=1),\n",
    ),
    Edit(
        "assess/cli/demonstration/scripts.py",
        "    Stage.FINAL: (appealing.decide, appealing.correct, ",
        "    Stage.HEARING: (appealing.decide, appealing.correct, closing.hear_units),\n    Stage.FINAL: (",
    ),
    before(
        "assess/cli/demonstration/closing.py",
        "def hear_appeals(",
        "def hear_units(filling: YearFilling) -> None:\n"
        "    move(filling, Stage.HEARING, filling.days.after_end(Stage.APPEALS, 1))\n\n\n",
    ),
    before(
        "tests/core/test_workflow.py",
        '    "final": "name-teams ',
        '    "hearing": "schedule name-teams score release rule correct see-own",\n',
    ),
    before("tests/core/test_workflow.py", '    "final": "is_decided ', '    "hearing": "",\n'),
    before(
        "tests/core/test_workflow.py",
        '        "final": ["archived"],\n',
        '        "hearing": ["final", "appeals", "provisional", "verifying", "collecting", "preparing"],\n',
    ),
    Edit("tests/core/test_workflow.py", '"appeals": ["final", ', '"appeals": ["hearing", '),
)


@pytest.mark.parametrize("edits", [ROLE, STAGE], ids=["role", "stage"])
def test_a_role_and_a_stage_are_added_in_a_few_files(tmp_path: Path, edits: Sequence[Edit]):
    copy_to(tmp_path)
    for edit in edits:
        carry_out(tmp_path / edit.path, edit)
    files = {edit.path for edit in edits}

    assert outcome(tmp_path) == ""
    assert len([file for file in files if file.startswith("assess/")]) <= MAX_FILES
    assert len(files) + GUIDES <= MAX_FILES_OF_ALL


@pytest.mark.parametrize(
    ("edit", "lacking"),
    [(ROLE[0], "auditor: an account of the demonstration"), (STAGE[0], "hearing: its acts in the demonstration")],
    ids=["role", "stage"],
)
def test_what_is_forgotten_is_named(tmp_path: Path, edit: Edit, lacking: str):
    copy_to(tmp_path)
    carry_out(tmp_path / edit.path, edit)

    assert lacking in outcome(tmp_path, "tests/web/test_declarations.py")


def copy_to(folder: Path) -> None:
    """The service and its tests in another folder."""
    for name in COPIED:
        shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "old_files"))
    for name in LINKED:
        (folder / name).symlink_to(TOP / name)


def carry_out(file: Path, edit: Edit) -> None:
    """Make an edit at the only place that it can mean."""
    text = file.read_text(encoding="utf-8")
    assert (edit.path, text.count(edit.old)) == (edit.path, 1)
    file.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


def outcome(folder: Path, *tests: str) -> str:
    """What the tests of a copy fail with; nothing where all pass."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-vv", "-x"]
    done = subprocess.run([*command, *(tests or HELD_BY)], cwd=folder, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr
