"""Any field of any form, sent anything: a plain message or a refusal, and nothing kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from assess.settings import Settings
from tests.rounds import some
from tests.stores import sqlite_address
from tests.web.full_house import a_full_house
from tests.web.hostile import ODD, RUN, SCRIPT, UNSEEN, VALUES, all_with, with_value
from tests.web.previews import previews_in
from tests.web.sweeping import (
    COUNTED,
    NEEDS_MORE,
    Found,
    Sweep,
    fields_of,
    flaws_in,
    forms_in,
    forms_on,
    pages,
    pairs_as_filled,
    wrong_with,
)

OTHERS = [called for called in VALUES if called != "script"]
LOOKED_AT = ("empty", "script")
"""What is followed by a page that is read in full."""
FOR_ANYBODY = "checks.show"
"""The form that changes nothing and asks nobody for a token."""
KEPT_IN = {
    "account", "answer", "attachment", "audit_entry", "cycle", "exclusion", "exemption", "member", "obligation_report",
    "reminder", "reopening", "submission", "submission_event", "unit", "unit_name", "mark", "batch", "proposal",
    "token", "finding", "finding_event", "finding_photo", "patrol", "import", "run_order", "move_request",
}  # fmt: skip
"""The tables that keep words of people."""


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory, sqlite_template) -> Iterator[Sweep]:
    folder = tmp_path_factory.mktemp("house")
    file = folder / "assess.db"
    file.write_bytes(sqlite_template.read_bytes())
    house = a_full_house(Settings(instance=folder, database_url=sqlite_address(file)))
    made = Sweep(house, file)
    yield made
    made.close()


@pytest.fixture(scope="module")
def forms(sweep: Sweep) -> list[Found]:
    """Every form there is, once."""
    answers = [(who, address, sweep.get(who, address)) for who, address in pages(sweep.house)]
    answers += previews_in(sweep.app, sweep.house.cookies)
    for who, address, answer in answers:
        assert (address, who, wrong_with(answer)) == (address, who, None)
        assert (address, answer.headers["Cache-Control"]) == (address, kept_as(answer))
    sweep.restore()
    return forms_in(sweep.house, answers)


def kept_as(answer: TestResponse) -> str:
    """What an answer says of being kept: photos may be, if a browser asks again each time; nothing else may."""
    is_photo = answer.status_code == 200 and answer.request.path.endswith(("/thumbnail", "/picture"))
    return "private, no-cache" if is_photo else "no-store"


def complaint(sweep: Sweep, answer: TestResponse, *, read: bool) -> str | None:
    """What is wrong with an answer, or with what a refusal left behind."""
    told = wrong_with(answer)
    if answer.status_code >= 400 and (kept := set(sweep.changed()) - COUNTED):
        told = f"{answer.status} and yet {sorted(kept)} changed"
    flaws = flaws_in(answer) if read and not told else []
    return f"{answer.status} with {flaws[:3]}" if flaws else told


def test_every_form_is_accepted_as_it_is_meant(sweep: Sweep, forms: list[Found]):
    refused = set()
    for found in forms:
        answer = sweep.send(found, pairs_as_filled(found))
        refused |= {found.endpoint} if answer.status_code >= 400 else set()
        sweep.restore()

    assert refused == NEEDS_MORE


@dataclass(frozen=True)
class Tried:
    """What came of a value in a field: what is wrong with that, and whether it was kept as text."""

    found: Found
    name: str
    label: str
    told: str | None
    kept: bool


@pytest.fixture(scope="module")
def tried(sweep: Sweep, forms: list[Found]) -> list[Tried]:
    """A script in every field, and every other value in many of them."""
    made: list[Tried] = []
    fields = [(found, name) for found in forms for name in fields_of(found)]
    for turn, (found, name) in enumerate(fields):
        pairs = pairs_as_filled(found)
        for called in ("script", *some(OTHERS, turn, 1)):
            answer = sweep.send(found, with_value(pairs, name, VALUES[called]))
            told = complaint(sweep, answer, read=called in LOOKED_AT)
            kept = called == "script" and answer.status_code < 400 and bool(sweep.tables_with(SCRIPT))
            made.append(Tried(found, name, called, told, kept))
            sweep.restore()
    return made


def test_anything_in_any_field_is_refused_in_plain_words_or_kept_as_text(tried: list[Tried]):
    wrong = [f"{each.found.named}, {each.name}: {each.label}: {each.told}" for each in tried if each.told]

    assert wrong == []


@pytest.mark.parametrize("values", [UNSEEN, ODD], ids=["unseen", "odd"])
def test_what_nobody_can_type_is_refused_in_plain_words(sweep: Sweep, forms: list[Found], values: Mapping[str, bytes]):
    wrong = []
    for turn, found in enumerate(forms):
        pairs = pairs_as_filled(found)
        for called in some(list(values), turn, 1):
            answer = sweep.send(found, all_with(pairs, values[called]))
            told = complaint(sweep, answer, read=True)
            if len(pairs) > 1 and values is UNSEEN and answer.status_code < 400:
                told = f"taken with {answer.status}"
            if told:
                wrong.append(f"{found.named}: {called}: {told}")
            sweep.restore()

    assert wrong == []


def test_no_form_is_taken_without_its_own_token(sweep: Sweep, forms: list[Found]):
    tokens = {found.who: found.form.values["csrf_token"] for found in forms}
    for found in (each for each in forms if each.endpoint != FOR_ANYBODY):
        pairs = pairs_as_filled(found)
        foreign = next(token for who, token in tokens.items() if who != found.who)
        for token in (b"", b"x" * 90, foreign.encode()):
            answer = sweep.send(found, with_value(pairs, "csrf_token", token))

            assert (found.named, answer.status_code) == (found.named, 400)
            assert complaint(sweep, answer, read=True) is None


@pytest.fixture(scope="module")
def takers(tried: list[Tried]) -> dict[tuple[str, str], list[str]]:
    """The fields that take a script as text, by endpoint and page."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in tried:
        if each.kept:
            found.setdefault((each.found.endpoint, each.found.page), []).append(each.name)
    return found


def test_what_is_taken_as_text_is_shown_as_it_was_typed(
    sweep: Sweep, forms: list[Found], takers: dict[tuple[str, str], list[str]]
):
    drafts_first = sorted(forms, key=lambda found: found.endpoint != "forms.edit")
    for found in drafts_first:
        for form in forms_on(sweep.house, found.who, found.page, sweep.get(found.who, found.page)):
            if form.endpoint == found.endpoint and (names := takers.get((found.endpoint, found.page))):
                pairs = pairs_as_filled(form)
                for name in names:
                    pairs = with_value(pairs, name, SCRIPT.encode())
                sweep.send(form, pairs)
    assert sweep.tables_with(SCRIPT) == KEPT_IN
    shown = 0
    for who, address in pages(sweep.house):
        answer = sweep.get(who, address)
        assert (address, wrong_with(answer)) == (address, None)
        if answer.mimetype == "text/html":
            assert (address, [each for each in RUN if each in answer.text]) == (address, [])
            shown += "&lt;script&gt;" in answer.text
    assert shown > 20
    sweep.restore()
