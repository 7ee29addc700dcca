"""Findings that come back: proposed, linked, unlinked, and no more counted when the earlier one does not count."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assess.core.errors import Declined, NotAllowed, NotFound, Refused, Stale
from assess.core.findings.repeats import Alike
from assess.services.findings import link_repeat, unlink_repeat
from assess.services.ledger_figures import ledger_figures
from assess.services.years import year_of
from assess.store.models import AuditEntry
from assess.store.session import Database
from tests.services.findings import DUST, TODAY, a_ledger, page_of, record, row_of, step
from tests.services.forms import year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, person

EARLY = DUST._replace(found_on="2026-03-02", deadline="2026-03-09")
POINT = {"latitude": "39.921800", "longitude": "116.443200"}


@pytest.fixture
def ledger(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield a_ledger(opened)
    opened.close()


def link(database: Database, number: int, earlier: int, *, who: str = "office", seen: int | None = None) -> None:
    """Somebody links a finding to an earlier one."""
    actor, seen = person(database, who), row_of(database, number).version if seen is None else seen
    with database.writing() as session:
        cycle = year_2026(session)
        link_repeat(session, actor, cycle=cycle, number=number, earlier=earlier, seen=seen, now=NOW)


def unlink(database: Database, number: int, reason: str = "另一工地") -> None:
    actor, seen = person(database, "office"), row_of(database, number).version
    with database.writing() as session:
        cycle = year_2026(session)
        unlink_repeat(session, actor, cycle=cycle, number=number, reason=reason, seen=seen, now=NOW)


def repeated(database: Database, unit: str = JIANWAI) -> str:
    """What the figure of repeated findings says."""
    with database.reading() as session:
        year = year_of(session, year_2026(session))
        return ledger_figures(session, year, day=TODAY)[unit]["findings_repeated"]


def test_the_same_kind_at_the_same_place_near_it_or_lately_in_the_unit_is_proposed(ledger: Database):
    there = record(ledger, EARLY._replace(place="建国路８８号")).number
    near = record(ledger, EARLY._replace(place="东门外", latitude="39.922500", longitude="116.443200")).number
    record(ledger, EARLY._replace(place="远处", latitude="39.932500", longitude="116.443200"))
    lately = record(ledger, DUST._replace(place="别处", found_on="2026-11-02")).number
    record(ledger, DUST._replace(kind="noise"))
    record(ledger, DUST._replace(unit=CHAOWAI))
    new = record(ledger, DUST._replace(**POINT)).number

    assert [(each.row.number, each.why, each.metres) for each in page_of(ledger, "office", new).proposed] == [
        (there, Alike.PLACE, None),
        (near, Alike.NEAR, 78),
        (lately, Alike.UNIT, None),
    ]
    assert page_of(ledger, JIANWAI, new).proposed == ()
    assert page_of(ledger, "office", there).proposed == ()


def test_a_linked_repeat_counts_and_both_pages_show_it(ledger: Database):
    record(ledger, EARLY)
    record(ledger)
    link(ledger, 2, 1)

    page = page_of(ledger, JIANWAI, 2)
    assert (page.earlier and page.earlier.number, page.proposed) == (1, ())
    assert [row.number for row in page_of(ledger, JIANWAI, 1).later] == [2]
    assert (repeated(ledger), repeated(ledger, CHAOWAI)) == ("1", "0")
    with pytest.raises(Refused, match="The finding is already marked as a repeat"):
        link(ledger, 2, 1)
    with pytest.raises(Refused) as refused:
        unlink(ledger, 2, " ")
    assert {name: what.en for name, what in refused.value.fields.items()} == {"reason": "Enter the reason."}
    unlink(ledger, 2)
    assert (repeated(ledger), page_of(ledger, JIANWAI, 2).earlier) == ("0", None)
    with ledger.reading() as session:
        entries = session.query(AuditEntry).filter_by(subject="finding:2026/2").order_by(AuditEntry.number)
        assert [(each.action, each.old, each.new) for each in entries][1:] == [
            ("linked", None, {"repeat_of": 1}),
            ("unlinked", {"repeat_of": 1}, {"reason": "另一工地"}),
        ]


def test_a_finding_repeats_only_an_earlier_one_of_the_same_unit_and_kind(ledger: Database):
    for typed in (EARLY._replace(unit=CHAOWAI), EARLY._replace(kind="noise"), DUST, EARLY):
        record(ledger, typed)
    for number, earlier, said in [
        (4, 1, "Finding 1 has another unit or type"),
        (4, 2, "Finding 2 has another unit or type"),
        (4, 3, "Finding 3 is not earlier"),
        (3, 4, "Finding 4 is not earlier"),
        (3, 3, "Finding 3 is not earlier"),
        (3, 99, "There is no such finding. Select again."),
    ]:
        with pytest.raises(Refused, match=said):
            link(ledger, number, earlier)
    for who, error in ((JIANWAI, NotAllowed), (CHAOWAI, NotAllowed), ("leader", NotAllowed)):
        with pytest.raises(error):
            link(ledger, 3, 1, who=who)
    with pytest.raises(NotFound):
        link(ledger, 98, 1, seen=1)


def test_of_two_who_link_the_second_is_told(ledger: Database):
    record(ledger, EARLY)
    record(ledger)
    link(ledger, 2, 1, seen=1)
    with pytest.raises(Stale):
        link(ledger, 2, 1, seen=1)


def test_nothing_repeats_what_is_void(ledger: Database):
    record(ledger, EARLY)
    record(ledger)
    link(ledger, 2, 1)
    step(ledger, "ask", "evaluator", relief="voiding", reason="误报")
    step(ledger, "approve", "reviewer")

    assert (row_of(ledger, 2).repeat_of, repeated(ledger)) == (None, "0")
    with pytest.raises(Declined, match="Finding 1 is void"):
        link(ledger, 2, 1)
    assert page_of(ledger, "office", 2).proposed == ()
