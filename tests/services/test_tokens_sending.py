"""What a department's system sends with a token: checked, accepted and kept as an uploaded file is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.evidence.verdicts import CheckList
from assess.core.flaws import ValidationError
from assess.core.workflow import Imported, Stage
from assess.services import imports, tokens
from assess.services.documents import UploadedFile
from assess.store.models import Cycle, Value
from assess.store.session import Database
from tests.audit import entries
from tests.services.imports import FIRST, OF_FIRST, a_book, a_water_year, page, the_cycle, values, work
from tests.services.tokens import SENT, Sender, a_sender, as_json, give
from tests.years import CHAOWAI, NOW, person

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def sender(sqlite_url: str, tmp_path: Path) -> Iterator[Sender]:
    database = Database(sqlite_url)
    a_water_year(database, units=3)
    yield a_sender(database, tmp_path)
    database.close()


def test_what_a_system_sends_is_checked_accepted_and_counts_as_a_workbook_does(sender: Sender):
    taken = sender.send()
    work(sender.database, sender.folder)
    found = sender.page(taken.row)
    assert (found.page.row.state, found.page.counts, found.lists) == (
        Imported.CHECKED, {CheckList.NEW: 3, CheckList.MISSING: found.page.counts[CheckList.MISSING]}, {},
    )  # fmt: skip

    sender.accept(taken.row)
    work(sender.database, sender.folder)
    assert sender.page(taken.row).page.row.state is Imported.ACCEPTED
    assert values(sender.database) == OF_FIRST


def test_a_workbook_sent_with_a_token_goes_the_same_way(sender: Sender):
    taken = sender.send(a_book(*FIRST))
    work(sender.database, sender.folder)
    sender.accept(taken.row)
    work(sender.database, sender.folder)

    assert values(sender.database) == OF_FIRST


def test_the_department_sees_what_its_system_sent_in_the_name_of_who_answers_for_it(sender: Sender):
    taken = sender.send()
    work(sender.database, sender.folder)
    row = page(sender.database, person(sender.database, "evaluator"), taken.row).row

    assert (row.made_by, row.state, row.file_name) == ("evaluator", Imported.CHECKED, "sent.json")
    with sender.database.reading() as session:
        entry = entries(session, "import:")[0]
        assert (entry.action, entry.actor) == ("uploaded", f"evaluator#{sender.actor.token}")


def test_flaws_are_told_by_their_place_and_nothing_is_kept(sender: Sender):
    wrong = {"values": [*SENT["values"], {"unit": "建外街到", "figure": "sewage_rate", "value": 95.5}]}
    taken = sender.send(wrong)
    work(sender.database, sender.folder)
    found = sender.page(taken.row)

    assert found.page.row.state is Imported.FLAWED
    number, lines = found.lists[CheckList.FLAWS]
    assert (number, [line.cell for line in lines]) == (2, ["/values/3/unit", "/values/3/value"])
    assert found.page.row.marked is None
    assert values(sender.database) == {}


def test_the_same_content_is_taken_once_while_it_waits_and_then_said_to_be_unchanged(sender: Sender):
    first = sender.send()
    assert sender.send() == (first.row, False)
    work(sender.database, sender.folder)
    assert sender.send() == (first.row, False)
    sender.accept(first.row)
    work(sender.database, sender.folder)

    again = sender.send()
    assert again.is_new
    work(sender.database, sender.folder)
    found = sender.page(again.row).page
    assert found.counts[CheckList.UNCHANGED] == 3
    assert [note.en for note in found.notes] == [
        "All 3 values in this file are already on record. It was uploaded before, and there is nothing to accept."
    ]
    with pytest.raises(Refused):
        sender.accept(again.row)


def test_a_token_sees_and_accepts_only_what_was_sent_with_it(sender: Sender):
    mine = sender.send()
    other = Sender(sender.database, sender.folder, give(sender.database, name="另一系统").secret)
    work(sender.database, sender.folder)

    with pytest.raises(NotFound):
        other.page(mine.row)
    for act in (tokens.accept_sent, tokens.discard_sent):
        with pytest.raises(NotFound), other.database.writing() as session:
            act(session, other.actor, cycle=the_cycle(session), row=mine.row, seen=2, now=NOW)
    assert other.send().is_new


def test_a_token_sends_for_its_own_department_alone(sender: Sender):
    with pytest.raises(NotAllowed), sender.database.writing() as session:
        tokens.send_evidence(
            session, sender.actor, cycle=the_cycle(session), department="housing", document=as_json(SENT),
            folder=sender.folder, now=NOW,
        )  # fmt: skip


def test_nothing_is_taken_in_once_the_window_is_closed(sender: Sender):
    with sender.database.writing() as session:
        session.query(Cycle).one().stage = Stage.FINAL
    with pytest.raises(Refused) as refused:
        sender.send()

    assert refused.value.what.en.startswith("Submission of department data has ended")


def test_what_goes_for_json_and_is_none_is_refused_at_once(sender: Sender):
    with pytest.raises(ValidationError) as flawed:
        sender.send(UploadedFile("sent.json", b'{"values": ['))

    assert [flaw.localized("en") for flaw in flawed.value.flaws] == [
        "sent.json:1:13: Not valid JSON from here on. Check quotes, commas and brackets."
    ]


def test_a_token_waits_after_thirty_files_in_a_quarter_of_an_hour(sender: Sender):
    for number in range(30):
        assert waits(sender, LATER) == 0
        sender.send({"values": [{"unit": CHAOWAI, "figure": "sewage_rate", "value": str(number)}]}, LATER)

    assert waits(sender, LATER) == 15 * 60
    assert waits(sender, LATER + timedelta(minutes=10)) == 5 * 60
    assert waits(sender, LATER + timedelta(minutes=15)) == 0


def waits(sender: Sender, now: datetime) -> int:
    """How many seconds the token waits."""
    with sender.database.reading() as session:
        return tokens.seconds_to_wait(session, sender.actor, now=now)


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        b'{"seen": "3"}',
        b'{"seen": true}',
        b'{"seen": 1.0}',
        b'{"seen": -1}',
        b'{"seen": null}',
        b'{"seen": 3, "x": 1}',
        b'{"seen": ' + b"9" * 30 + b"}",
    ],
)
def test_a_version_that_was_seen_is_a_whole_number(data: bytes):
    with pytest.raises(Refused):
        tokens.seen_in(data)
    assert tokens.seen_in(b'{"seen": 3}') == 3


def test_a_value_is_traced_to_its_entry_with_those_beside_it_and_a_unit_sees_its_own_alone(sender: Sender):
    taken = sender.send()
    work(sender.database, sender.folder)
    sender.accept(taken.row)
    work(sender.database, sender.folder)

    evaluator, official = (traced(sender, who) for who in ("evaluator", CHAOWAI))
    assert (evaluator.value.row.place, evaluator.surroundings.row, evaluator.surroundings.column) == (
        "/values/2/value", 2, "value",
    )  # fmt: skip
    assert [(row.number, row.texts) for row in evaluator.surroundings.rows] == [
        (0, ("建外街道", "sewage_rate", "", "95.5", "")),
        (1, ("建外街道", "water_quota", "", "800", "")),
        (2, (CHAOWAI, "sewage_rate", "", "96%", "复核")),
    ]
    assert [row.number for row in official.surroundings.rows] == [2]


def traced(sender: Sender, who: str) -> Any:
    """Where the rate of the second street comes from, as somebody sees it."""
    with sender.database.reading() as session:
        (value,) = session.query(Value.id).where(Value.unit == CHAOWAI).one()
        actor = person(sender.database, who)
        return imports.source_of(session, actor, cycle=the_cycle(session), value=value, folder=sender.folder)
