"""A year of the demonstration is set up and opened, step by step as an office would."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from assess.cli.demonstration.days import Days
from assess.cli.demonstration.filling import YearFilling, cycle_in
from assess.cli.demonstration.material import COMPARED, Material
from assess.cli.demonstration.people import add_people, add_signing_in
from assess.cli.reading import Paths
from assess.cli.scoring import make
from assess.core.actors import Actor
from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services import cycles, previous, rules, stages, task_lists
from assess.services.documents import UploadedFile, keep_document, kept_document
from assess.services.runs import released_run
from assess.services.runs.scoring import results_json
from assess.services.units import unit_list
from assess.services.years import year_of
from assess.settings import Settings
from assess.store.queries.previous import RESULTS
from assess.store.session import Database, Session

TITLE: Final = Text("{year}年度街乡生态环境保护考核（演示）", "Assessment of {year} (demonstration)")


def begin(database: Database, settings: Settings, material: Material, days: Days) -> YearFilling:
    """The first year of an instance, in preparation, and everybody of the demonstration; all of it or nothing."""
    with database.writing() as session:
        signing_in = add_signing_in(session, days.set_up())
        office = signing_in["office"][0]
        load(session, office, settings, material, days)
        people = add_people(session, signing_in, year_of(session, cycle_in(session, days.year)), days.set_up(20))
    return YearFilling(database, settings, material, people, days)


def load(session: Session, office: Actor, settings: Settings, material: Material, days: Days) -> None:
    """The year with its units, rule sheet, task list and stage dates."""
    year, now = days.year, days.set_up(5)
    title = TITLE.format(year=year)
    cycles.create_year(session, office, year=year, title=title, now=now, demonstration=True)
    cycle = cycle_in(session, year)

    def kept(document: UploadedFile) -> UploadedFile:
        keep_document(session, office, folder=settings.uploads, document=document, now=now)
        return document

    unit_list.accept_units(session, office, cycle=cycle, document=kept(material.units), now=now)
    rules.load_rules(session, office, cycle=cycle, document=kept(material.sheet), now=now)
    rules.publish_rules(session, office, cycle=cycle, number=1, now=now)
    task_lists.accept_tasks(session, office, cycle=cycle, document=kept(material.tasks), now=now)
    spans = {stage: (span.begins, span.ends) for stage, span in days.spans.items()}
    stages.set_dates(session, office, cycle=cycle, spans=spans, now=days.set_up(10))


def load_next(filling: YearFilling) -> None:
    """Another year of an instance, in preparation."""
    with filling.database.writing() as session:
        load(session, filling.people.office, filling.settings, filling.material, filling.days)


def take_shipped_figures(filling: YearFilling) -> None:
    """The figures of the year before from a file."""
    now = filling.days.set_up(15)
    with filling.acting() as (session, year):
        document = filling.material.figures_before(year.sheet.figures)
        keep_document(session, filling.people.office, folder=filling.settings.uploads, document=document, now=now)
        previous.accept_figures(session, filling.people.office, cycle=year.cycle, document=document, now=now)


def take_shipped_results(filling: YearFilling) -> None:
    """The results of the year before, scored from the shipped figures."""
    now, before = filling.days.set_up(16), Material(filling.days.year - 1, len(filling.material.codes))
    with TemporaryDirectory() as folder, filling.acting() as (session, year):
        results = scored(before, Path(folder))
        keep_document(session, filling.people.office, folder=filling.settings.uploads, document=results, now=now)
        previous.accept_results(session, filling.people.office, cycle=year.cycle, document=results, now=now)


def scored(material: Material, folder: Path) -> UploadedFile:
    """The results of a year from its shipped figures, as `assess score` writes them."""
    before = material.figures_before(COMPARED)
    documents = {"units": material.units, "figures": material.figures_file, "previous": before}
    for document in documents.values():
        (folder / document.name).write_bytes(document.data)
    units, figures, previous = (folder / document.name for document in documents.values())
    lines = make(Paths(rules=material.sheet_file, units=units, figures=figures, previous=previous))
    return UploadedFile(f"results-{material.year}.json", results_json(lines))


def state_no_results(filling: YearFilling) -> None:
    """There are no results of the year before: the assessment was new."""
    with filling.acting() as (session, year):
        now = filling.days.set_up(16)
        previous.state_none(session, filling.people.office, cycle=year.cycle, kind=RESULTS, now=now)


def take_sealed_year(filling: YearFilling) -> None:
    """Figures and results of the year before as they count in the service."""
    now, office = filling.days.set_up(15), filling.people.office
    with filling.acting() as (session, year):
        previous.take_from_year_before(session, office, cycle=year.cycle, now=now)
        before = cycle_in(session, filling.days.year - 1)
        released = released_run(session, before)
        assert released is not None
        name = f"results-{before.year}.json"
        document = kept_document(filling.settings.uploads, sha256=released[1].results, name=name)
        keep_document(session, office, folder=filling.settings.uploads, document=document, now=now)
        previous.accept_results(session, office, cycle=cycle_in(session, year.cycle.year), document=document, now=now)


def open_year(filling: YearFilling) -> None:
    """Let the units in."""
    with filling.acting() as (session, year):
        now = filling.days.set_up(30)
        stages.move_year(session, filling.people.office, cycle=year.cycle, to=Stage.COLLECTING, now=now)
