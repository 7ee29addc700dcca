"""Entries of the log are found alike on each engine, by an index or on the way back from the end."""

from __future__ import annotations

from datetime import timedelta

from assess.core.actors import operator
from assess.services import audit
from assess.store.queries.audit import (
    EVERYTHING,
    Found,
    LogFilter,
    entries_after,
    entries_before,
    entries_found,
)
from assess.store.session import Database
from tests.years import NOW

ENTRIES = [
    ("cycle:2026", "created", {"title": "考核"}),
    ("finding:2026/3", "recorded", {"what": "100% 扬尘"}),
    ("finding:2026/31", "recorded", {"what": "50_ Dust"}),
    ("finding:2025/3", "closed", {"what": "垃圾"}),
    ("findings", "counted", None),
    ("form:2026/110105001/air", "saved", {"a\\b": 'c"d'}),
]
"""Subject, act and new values, a day apart."""
WANTED = {
    "everything": (EVERYTHING, [6, 5, 4, 3, 2, 1]),
    "a kind": (LogFilter(kind="finding"), [4, 3, 2]),
    "a kind without a name": (LogFilter(kind="findings"), [5]),
    "an act": (LogFilter(kind="finding", action="recorded"), [3, 2]),
    "a subject": (LogFilter(subject="finding:2026/3"), [2]),
    "parts of a subject": (LogFilter(parts=("2026/3", "110105001")), [6, 3, 2]),
    "no part": (LogFilter(parts=()), []),
    "a year": (LogFilter(year=2026), [6, 3, 2, 1]),
    "days": (LogFilter(begins=NOW + timedelta(days=1), ends=NOW + timedelta(days=3)), [3, 2]),
    "words in Chinese": (LogFilter(words="扬尘"), [2]),
    "words in capitals": (LogFilter(words="DUST"), [3]),
    "a percent sign": (LogFilter(words="0%"), [2]),
    "an underline": (LogFilter(words="0_"), [3]),
    "a backslash and a quotation mark": (LogFilter(words="a\\b"), [6]),
    "words of a subject": (LogFilter(words="FORM:"), [6]),
    "who": (LogFilter(accounts=(0,), actor="operator", kind="cycle"), [1]),
    "somebody else": (LogFilter(accounts=(1, 2)), []),
}


def test_what_is_looked_for_is_found_and_counted(database: Database):
    for day, (subject, action, new) in enumerate(ENTRIES):
        with database.writing() as session:
            moment = NOW + timedelta(days=day)
            audit.record(session, operator(), subject=subject, action=action, new=new, now=moment)

    with database.reading() as session:
        found, walked, forward = {}, {}, {}
        for name, (sought, numbers) in WANTED.items():
            there = entries_found(session, sought, most=10)
            assert (there.count, there.more) == (len(numbers), False), name
            found[name] = [row.number for row in entries_before(session, sought, there, most=9)]
            many = Found(9999, 1, 6, more=True)
            walked[name] = [row.number for row in entries_before(session, sought, many, most=9)]
            forward[name] = [row.number for row in entries_after(session, sought, after=0, to=6)][::-1]
        dated = LogFilter(begins=NOW, ends=NOW + timedelta(days=4))
        capped = entries_found(session, dated, most=2)
        later = entries_before(session, dated, capped, before=4, most=2)

    expected = {name: numbers for name, (_, numbers) in WANTED.items()}
    assert (found, walked, forward) == (expected, expected, expected)
    assert (capped, [row.number for row in later]) == (Found(2, 1, 4, more=True), [3, 2])
