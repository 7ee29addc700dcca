"""Every other workbook of ours sent back as it was handed out: what stands in it is taken, or nothing is filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assess.core.accounts.people import read_people
from assess.core.flaws import Flaw, ValidationError
from assess.core.leadership import read_leadership
from assess.core.obligations.tasks import TaskList
from assess.core.text import Language
from assess.core.units.unit_list import UnitNames
from assess.files.leadership_book import read_leadership_table, write_leadership_book
from assess.files.people_book import read_people_table
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_writer import write_book
from assess.files.task_book import write_task_book
from assess.files.task_lists import load_tasks
from assess.files.unit_book import load_units, write_unit_book
from tests.demonstration import year_2026
from tests.files import test_finding_book as findings
from tests.files import test_form_book as forms
from tests.files import test_leadership_book as teams
from tests.files import test_people_book as people

YEAR = year_2026()
SHEET, UNITS = YEAR.inputs.sheet, YEAR.inputs.units
NAMES = UnitNames(UNITS)

SentBack = Callable[[Path, Language], Sequence[Flaw]]
"""Writes a workbook, reads it as it is, and tells what is wrong."""


def a_form(path: Path, language: Language) -> Sequence[Flaw]:
    return forms.read(forms.book(path, language)).flaws


def a_blank_form(path: Path, language: Language) -> Sequence[Flaw]:
    return forms.read(forms.book(path, language, {})).flaws


def people_there_are(path: Path, language: Language) -> Sequence[Flaw]:
    return read_people(
        read_people_table(people.book(path, language, people.PEOPLE)), UnitNames(people.UNITS), people.DEPARTMENTS
    )[1]


def no_people_yet(path: Path, language: Language) -> Sequence[Flaw]:
    return read_people(read_people_table(people.book(path, language, [])), UnitNames(people.UNITS), people.DEPARTMENTS)[
        1
    ]


def leadership_teams(path: Path, language: Language) -> Sequence[Flaw]:
    write_leadership_book(path, language, units=teams.UNITS, posts=teams.POSTS, holders=teams.HOLDERS)
    return read_leadership(read_leadership_table(path), UnitNames(teams.UNITS), teams.POSTS)[1]


def no_leaders_yet(path: Path, language: Language) -> Sequence[Flaw]:
    write_leadership_book(path, language, units=teams.UNITS, posts=teams.POSTS)
    return read_leadership(read_leadership_table(path), UnitNames(teams.UNITS), teams.POSTS)[1]


def the_units(path: Path, language: Language) -> Sequence[Flaw]:
    write_unit_book(path, language, UNITS)
    return load_units(path).flaws


def the_tasks(path: Path, language: Language) -> Sequence[Flaw]:
    write_task_book(
        path,
        language,
        YEAR.tasks,
        departments=list(SHEET.departments or {}),
        groups=[each.id for each in SHEET.groups or ()],
    )
    return load_tasks(path).flaws


def no_tasks_yet(path: Path, language: Language) -> Sequence[Flaw]:
    write_task_book(
        path,
        language,
        TaskList(tasks=()),
        departments=list(SHEET.departments or {}),
        groups=[each.id for each in SHEET.groups or ()],
    )
    try:
        return load_tasks(path).flaws
    except ValidationError as flawed:
        return flawed.flaws


def no_findings_yet(path: Path, language: Language) -> Sequence[Flaw]:
    return findings.read(findings.a_template(path.parent, language)).flaws


def the_rule_sheet(path: Path, language: Language) -> Sequence[Flaw]:
    write_book(SHEET, path)
    return load_sheet(path).flaws


FILLED = (a_form, people_there_are, leadership_teams, the_units, the_tasks, the_rule_sheet)
BLANK = (a_blank_form, no_people_yet, no_leaders_yet, no_tasks_yet, no_findings_yet)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("sent_back", FILLED)
def test_a_workbook_with_what_there_is_is_taken_as_it_is(
    tmp_path: Path, sent_back: SentBack, language: Language
) -> None:
    assert list(sent_back(tmp_path / "t.xlsx", language)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("sent_back", BLANK)
def test_a_blank_workbook_is_told_to_be_blank_at_most(tmp_path: Path, sent_back: SentBack, language: Language) -> None:
    told = [flaw.what.localized("zh", **flaw.facts) for flaw in sent_back(tmp_path / "t.xlsx", language)]

    assert [each for each in told if "没有" not in each] == []
    assert len(told) <= 1
