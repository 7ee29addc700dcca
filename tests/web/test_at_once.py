"""Several people do the same thing at the same moment: it is done once, the others are told, the log has no gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assess.services.rules import load_rules
from assess.settings import Settings
from assess.store.models import Account
from assess.store.queries.accounts import account_called
from assess.store.queries.cycles import cycle_of_year
from assess.store.session import Database
from tests.audit import whole_log
from tests.services.setting_up import a_rule_sheet
from tests.stores import on_both
from tests.web.full_house import CHAOWAI, JIANWAI, NOW, TASK, House, a_full_house, cookie_of
from tests.web.hostile import multipart, urlencoded
from tests.web.sweeping import Found, forms_on, pairs_as_filled
from tests.years import person

OFFICE, STREET, OTHER = ("office", "second"), (JIANWAI, "colleague"), (CHAOWAI, CHAOWAI)
ONCE = [
    ("obligations.task", STREET, f"/2026/obligations/{JIANWAI}/{TASK}"),
    ("obligations.report", STREET, f"/2026/obligations/{JIANWAI}/report"),
    ("evidence.withdraw", STREET, f"/2026/files/{JIANWAI}/vocs_petrol/1/withdraw"),
    ("obligation_files.withdraw", STREET, f"/2026/obligations/{JIANWAI}/withdraw/2/{TASK}"),
    ("forms.check", STREET, f"/2026/form/{JIANWAI}/check"),
    ("submissions.send_back", ("office", "second"), f"/2026/submissions/{CHAOWAI}/return"),
    ("forms.withdraw", STREET, f"/2026/form/{JIANWAI}/withdraw"),
    ("panels.close", OFFICE, "/2026/panels/carbon_panel/close"),
    ("panels.judge", ("office", "office"), "/2026/panels/carbon_panel/judge"),
    ("panels.members", OFFICE, "/2026/panels/carbon_panel/members"),
    ("panels.remove", OFFICE, "/2026/panels/carbon_panel/members/1"),
    ("exemptions.show", OFFICE, "/2026/exemptions/1"),
    ("exclusions.show", OFFICE, "/2026/exclusions/1"),
    ("exemptions.ask", OFFICE, "/2026/exemptions/new"),
    ("exclusions.ask", OFFICE, "/2026/exclusions/new"),
    ("reopenings.listing", OFFICE, "/2026/reopenings"),
    ("reopenings.end", OFFICE, "/2026/reopenings"),
    ("teams.change", OFFICE, "/2026/setup/teams/1"),
    ("teams.remove", OFFICE, "/2026/setup/teams/1/remove"),
    ("units.show", OFFICE, f"/2026/setup/units/{JIANWAI}"),
    ("previous.none", OFFICE, "/2026/setup/previous/none/figures"),
    ("rules.show", OFFICE, "/2026/setup/rules/2"),
    ("stages.move", OFFICE, "/2026/stages/verifying"),
    ("cycles.create", OFFICE, "/years/new"),
    ("jobs.again", OFFICE, "/jobs"),
    ("people.add", OFFICE, "/people/new"),
    ("people.person", OFFICE, "/people/4"),
    ("people.close", OFFICE, "/people/4/close"),
    ("people.reopen", OFFICE, "/people/4"),
]
"""What is done, by whom, on which page."""
Sender = tuple[str, Found]


@pytest.fixture
def house(settings: Settings, database: Database) -> Iterator[House]:
    """A full house, with a draft of a corrected rule sheet."""
    made = a_full_house(settings)
    for username in ("second", "colleague"):
        made.cookies[username] = cookie_of(made.app, database, username)
    with database.writing() as session:
        cycle = cycle_of_year(session, year=2026)
        assert cycle is not None
        document = a_rule_sheet(("（演示）", "（更正）"))
        load_rules(session, person(database, "office"), cycle=cycle, document=document, now=NOW, reason="again")
    yield made
    made.app.extensions["database"].close()


def found_on(house: House, who: str, path: str, endpoint: str) -> Found:
    """The form that somebody finds on a page."""
    client = house.app.test_client(use_cookies=False)
    answer = client.get(path, headers={"Cookie": house.cookies[who]})
    return next(each for each in forms_on(house, who, path, answer) if each.endpoint == endpoint)


def at_once(house: House, senders: Sequence[Sender]) -> list[int]:
    """The statuses of forms that are sent at the same moment, in the order of their size."""
    barrier = Barrier(len(senders))

    def send(sender: Sender) -> int:
        who, found = sender
        kind, body = (multipart if found.form.multipart else urlencoded)(pairs_as_filled(found))
        client = house.app.test_client(use_cookies=False)
        barrier.wait()
        headers = {"Cookie": house.cookies[who]}
        return client.post(found.form.action, data=body, content_type=kind, headers=headers).status_code

    with ThreadPoolExecutor(len(senders)) as pool:
        return sorted(pool.map(send, senders))


@on_both
def test_what_several_do_at_once_is_done_once_and_the_others_are_told(house: House, database: Database):
    wrong = []
    for endpoint, people, path in ONCE:
        senders = [(who, found_on(house, who, path, endpoint)) for who in (*people, *people)]
        statuses = at_once(house, senders)
        done = 200 if endpoint == "people.add" else 303
        if statuses.count(done) != 1 or not set(statuses) <= {done, 404, 409, 422}:
            wrong.append((endpoint, statuses))

    assert wrong == []
    whole_log(database)


@on_both
def test_a_one_time_link_sets_one_password(house: House, database: Database):
    path = f"/password/{house.link}"
    senders = [("", found_on(house, "", path, "accounts.set_password")) for _ in range(4)]

    assert at_once(house, senders) == [303, 404, 404, 404]

    assert [entry.action for entry in whole_log(database)].count("password set by link") == 1


@on_both
def test_of_two_officers_who_close_each_others_account_one_stays(house: House, database: Database):
    numbers = {username: person(database, username).account for username in OFFICE}
    senders = [
        (who, found_on(house, who, f"/people/{numbers[whom]}/close", "people.close"))
        for who, whom in (OFFICE, OFFICE[::-1])
    ]

    statuses = at_once(house, senders)

    assert statuses[0] == 303
    assert statuses[1] in (303, 401, 403, 409, 422)  # 401: the first was done before the second's session was read
    with database.reading() as session:
        closed = [(found := account_called(session, username)) and found.closed_at for username in OFFICE]
    assert closed.count(None) == 1
    whole_log(database)


@on_both
def test_many_who_sign_in_at_once_are_all_let_in(house: House, database: Database):
    with database.reading() as session:
        before = session.query(Account).count()
    senders = [("", found_on(house, "", "/sign-in", "accounts.sign_in")) for _ in range(4)]

    assert at_once(house, senders) == [303, 303, 303, 303]

    with database.reading() as session:
        assert session.query(Account).count() == before
    assert [entry.action for entry in whole_log(database)].count("signed in") == 4
