"""A form whose answer was lost is sent again: its finding is recorded once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from assess.core.errors import Refused
from assess.services.findings.idempotency import Once, record_once
from assess.store.models import Finding
from assess.store.session import Database
from tests.services.findings import DUST, a_ledger
from tests.services.forms import year_2026
from tests.years import NOW, person

WORD = "a-word-of-a-form-0001"


def send(database: Database, word: str = WORD, who: str = "evaluator", **typed: Any) -> Once:
    """The form comes once, in a transaction of its own."""
    actor = person(database, who)
    with database.writing() as session:
        cycle = year_2026(session)
        return record_once(session, actor, cycle=cycle, typed=DUST._replace(**typed), now=NOW, word=word)


def recorded(database: Database) -> list[tuple[int, str]]:
    """The findings there are."""
    with database.reading() as session:
        return [(row.number, row.place) for row in session.query(Finding).order_by(Finding.number)]


def test_a_form_that_comes_again_records_nothing_more(database: Database):
    a_ledger(database)
    with pytest.raises(Refused):
        send(database, place="")
    with ThreadPoolExecutor(4) as several:
        at_once = list(several.map(lambda _: send(database), range(4)))

    assert sorted(at_once) == [Once(1, False, True)] * 3 + [Once(1, True, True)]
    assert send(database) == Once(1, is_new=False, is_same=True)
    assert send(database, place="光华路 1 号") == Once(1, is_new=False, is_same=False)
    assert send(database, who="reviewer") == Once(2, is_new=True, is_same=True)
    assert send(database, "too short") == send(database, "too short")._replace(number=3)
    assert recorded(database) == [(number, DUST.place) for number in (1, 2, 3, 4)]
