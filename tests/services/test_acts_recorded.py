"""No act of a person, a system or a job changes anything without an entry in the log, and every entry has its words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from assess.core.audit.words import SUBJECTS
from assess.core.jobs import KINDS
from assess.core.workflow import Request
from assess.services.requests.approvals import EXCLUSIONS, EXEMPTIONS
from assess.services.stages.approving import MOVES
from assess.settings import Settings
from assess.worker import kinds_of
from tests.acts import RECORD, Program
from tests.noted import notes, pairs
from tests.walls import Module, modules

TOP: Final = Path(__file__).parents[2]
UNRECORDED: Final = {
    "accounts.passwords:set_password": "the demonstration alone, for accounts that it makes in the same transaction",
    "accounts.signing_in:count_attempt": "attempts to sign in are counted, whoever makes them",
    "accounts.signing_in:note_seen": "when a browser was last seen",
    "documents:keep_document": "a file that waits to be accepted; accepting it is the act",
    "evidence.keeping:keep_files": "files that wait to be attached; attaching them is the act",
    "findings.photos:keep_photos": "photos that wait to be added; adding them is the act",
    "obligations.to_do:to_do": "counts in memory",
    "seals.checking:count_look": "looks at the public check page are counted, whoever looks",
    "tokens.authenticating:count_refusal": "attempts without a token in force are counted, whoever makes them",
    "tokens.authenticating:note_use": "when a token was last used",
}
"""What changes something and needs no entry, and why."""
BARE: Final = {
    "accounts.leaving:reopen_account",
    "accounts.links:change_password",
    "accounts.links:use_link",
    "accounts.signing_in:sign_out",
    "audit.verifying:ask_check",
    "finding_imports.accepting:accept_findings",
    "finding_imports.uploading:discard_findings",
    "imports.accepting:accept_import",
    "imports.uploading:discard_import",
}
"""Entries that say all there is by the act itself: neither an old nor a new value."""
CHANGES: Final = {"changed", "corrected", "ended", "moved", "published", "renamed", "set"}
"""Acts that make one value of another: both stand in the entry."""
SPELLED: Final = {
    "kind.word": {EXEMPTIONS.word, EXCLUSIONS.word, MOVES.word},
    "request.state": {state.value for state in Request if state is not Request.ASKED},
}
"""What the sources do not spell out: the words of requests and how they end."""

RECORDING = 'def record(session, actor, *, subject, action, now, old=None, new=None):\n    """Note."""\n'
INNOCENT = """
from assess.services import audit
from assess.store.session import flush
def close(session, actor, *, row, now):
    end(session, row)
    audit.record(session, actor, subject="row:1", action="closed", now=now)
def end(session, row):
    row.ended = True
    flush(session)
def look(session, actor):
    return session.get(actor)
"""
PLANTED = {
    "adds a row": "def plant(session, actor):\n    session.add(actor)\n",
    "fills a field": "def plant(session, actor, row):\n    row.closed = True\n",
    "has another change it": "from assess.services.kept import end\n"
    "def plant(session, actor, row):\n    end(session, row)\n",
    "names the log but does not note": "def plant(session, actor, record):\n    session.delete(record)\n",
    "writes by the store": "from assess.store.rows import put\ndef plant(session, actor):\n    put(session)\n",
    "is handed on": "from functools import partial\ndef plant(session):\n    return partial(put, session)\n"
    "def put(session):\n    session.add_all([])\n",
}
STORE = "from sqlalchemy import insert\ndef put(session):\n    session.execute(insert(1))\n"


@cache
def program() -> Program:
    """The sources of the service."""
    return Program(modules(TOP, "assess"))


def planted(text: str) -> list[str]:
    """What a program with this in its services does without an entry."""
    return Program(
        [
            Module(Path("assess/services/audit/recording.py"), RECORDING),
            Module(Path("assess/services/audit/__init__.py"), "from assess.services.audit.recording import record"),
            Module(Path("assess/services/kept.py"), INNOCENT),
            Module(Path("assess/services/planted.py"), text),
            Module(Path("assess/store/rows.py"), STORE),
            Module(Path("assess/web/views.py"), "from assess.services.kept import close"),
        ]
    ).unrecorded


def short(names: set[str]) -> set[str]:
    """Functions of services without the name of their room."""
    return {name.removeprefix("assess.services.") for name in names}


def test_every_act_that_changes_something_is_noted_in_the_log():
    assert short(set(program().unrecorded)) == UNRECORDED.keys()


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_a_new_act_without_an_entry_is_found(text: str):
    assert planted(text) == ["assess.services.planted:plant"]


def test_what_is_noted_or_changes_nothing_is_left_alone():
    assert planted("from assess.services import audit\n" + INNOCENT) == []


def test_what_every_kind_of_job_keeps_is_noted_in_the_log(tmp_path: Path):
    kinds = kinds_of(Settings(instance=tmp_path, database_url="sqlite://", smtp_url="smtp://127.0.0.1"))
    keepers = program().keepers

    assert {name for name in keepers if not program().reaches(name, {RECORD})} == set()
    assert len(keepers) == len(kinds)
    assert kinds.keys() == KINDS.keys()


def test_entries_tell_what_was_and_what_became_of_it():
    told = {(note.function.name, note.words["action"]): note.words.keys() & {"old", "new"} for note in notes(program())}
    one_sided = {
        name
        for (name, action), values in told.items()
        if getattr(action, "value", "") in CHANGES and values != {"old", "new"}
    }

    assert short({name for (name, _), values in told.items() if not values}) == BARE
    assert one_sided == set()


def test_every_subject_and_act_that_is_noted_has_its_words_and_no_other_has():
    worded = {(kind, act) for kind, subject in SUBJECTS.items() for act in subject.acts}

    assert pairs(program(), SPELLED) == worded
    assert [
        text for subject in SUBJECTS.values() for text in (subject.label, *subject.acts.values()) if not all(text)
    ] == []
