"""Whatever a role or a stage needs beside its row is there, or is named in one failure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from flask import Flask

from assess.cli.demonstration import days, scripts
from assess.cli.demonstration.people import SIGNING_IN
from assess.core.actors import Right, Role
from assess.core.text import Text
from assess.core.workflow import ALLOWED, DATED, Act, LabeledEnum, Stage, last_stage_of
from assess.web.pages import registry
from assess.web.views.home import SUPPLIERS
from tests.core.test_workflow import ACTS_OF, PROPERTIES_OF
from tests.web.access_table import MENUS, PEOPLE


def test_every_role_has_what_belongs_to_it(app: Flask):
    menu = [page for _endpoint, page in registry(app).menu()]
    of_home = {right for right, _supply in SUPPLIERS} | {Right.ADMINISTER}
    shown = {duty.role for person in SIGNING_IN for duty in person.duties}
    missing = []
    for role in Role:
        own = [page for page in menu if role in page.roles and isinstance(page.readers, Right)]
        has = {
            "words in both languages (core/actors.py)": has_words(role),
            "something on the home page (web/views/home.py)": not role.rights.isdisjoint(of_home),
            "a page of its own in the menu (web/views)": own,
            "an account of the demonstration (cli/demonstration/people.py)": role in shown,
            "its menu in the tests (tests/web/access_table.py: MENUS)": role in MENUS,
            "an account in the tests (tests/web/access_table.py: PEOPLE)": role in PEOPLE,
        }
        missing += [f"{role}: {what}" for what, is_there in has.items() if not is_there]

    assert "\n".join(missing) == ""


def test_every_right_belongs_to_a_role_and_none_to_all():
    holders = {right: {role for role in Role if right in role.rights} for right in Right}

    assert [right for right, roles in holders.items() if roles in (set(), set(Role))] == []


def test_every_stage_has_what_belongs_to_it():
    missing = []
    for stage in Stage:
        is_later, is_timed = stage.is_after(last_stage_of(Act.REPORT)), stage in DATED[1:]
        has = {
            "words in both languages (core/workflow.py)": has_words(stage),
            "an act that it allows (core/workflow.py: ALLOWED)": any(stage in stages for stages in ALLOWED.values()),
            "days (core/workflow.py: DATED)": stage in DATED or stage.is_preparing or stage.is_decided,
            "its acts in the demonstration (cli/demonstration/scripts.py)": stage in scripts.STAGES or not is_later,
            "its length in a year that goes on (cli/demonstration/days.py)": stage in days.LENGTHS or not is_timed,
            "its length in a past year (cli/demonstration/days.py)": stage in days.PAST or not is_timed,
            "its acts in the tests (tests/core/test_workflow.py: ACTS_OF)": stage.value in ACTS_OF,
            "its properties in the tests (tests/core/test_workflow.py: PROPERTIES_OF)": stage.value in PROPERTIES_OF,
        }
        missing += [f"{stage}: {what}" for what, is_there in has.items() if not is_there]

    assert "\n".join([*missing, *gaps()]) == ""


def gaps() -> Iterator[str]:
    """Acts that some stage between two that allow them does not allow."""
    order = list(Stage)
    for act in Act:
        places = [order.index(stage) for stage in ALLOWED[act]]
        if any(later != before + 1 for before, later in pairwise(places)):
            yield f"{act}: its stages do not follow one another (core/workflow.py: ALLOWED)"


def has_words(word: LabeledEnum) -> bool:
    """Whether something is called something in both languages."""
    label: Text = word.label
    return bool(label.zh and label.en)
