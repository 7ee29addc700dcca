"""The office hands the result over on its pages, and a receiver reads, downloads and acknowledges it."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from assess.core.handover.content import Handover
from assess.settings import Settings
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.queries import counted
from tests.services.handovers import a_sealed_year, handed, name_members, seal_a_correction
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.years import CHAOWAI

LIST = "/2026/hand-overs"


def asked_by(client: FlaskClient, path: str) -> int:
    """How many queries a page asks."""
    with counted(client.application.extensions["database"]) as asked:
        visit(client, path)
    return len(asked)


def test_the_office_hands_over_and_a_receiver_acknowledges(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    folder = settings.uploads
    people = a_sealed_year(database, folder)
    office, receiver = english(sign_in_as("office")), english(sign_in_as("receiver"))
    assert "Nothing has been handed over yet." in visit(receiver, LIST).main
    assert "Sealed edition 1 is waiting to be handed over" in visit(office, "/").main
    preview = visit(office, f"{LIST}/new")
    assert "Posts without a name 7" in preview.main
    assert "Nothing has been handed over yet" in visit(office, "/2026/stages/archived").main
    shown = submit(office, preview.form(), {})
    assert (shown.h1, shown.path) == ("Handover no. 1", f"{LIST}/1")
    assert shown.tables["Acknowledgements"][1:] == [["receiver", "Not acknowledged", "–"]]
    assert "not acknowledged by: receiver" in visit(office, "/2026/stages/archived").main

    home, waiting = visit(receiver, "/"), visit(receiver, f"{LIST}/1")
    assert (home.links["Handover no. 1"], "Waiting for you" in home.main) == (f"{LIST}/1", True)
    assert "Receipt no. 2026-1-01" in submit(receiver, waiting.form("/acknowledge")).main
    assert "You acknowledged it before: receipt no. 2026-1-01" in submit(receiver, waiting.form("/acknowledge")).main
    assert visit(office, f"{LIST}/1").tables["Acknowledgements"][1][2] == "2026-1-01"
    assert "Handover of the results" not in visit(office, "/").main
    check_reading(receiver, sign_in_as("receiver"), handed(database, people["receiver"], folder), folder)

    seal_a_correction(database, people["office"], folder, "One figure was corrected.")
    name_members(database, (CHAOWAI, "head", "赵敏"))
    changed = submit(office, visit(office, f"{LIST}/new").form(), {})
    differing = visit(receiver, f"{LIST}/2/changes").tables
    table = next(rows for caption, rows in differing.items() if caption.startswith("Differences"))
    assert "One figure was corrected." in changed.main
    assert [row[1] for row in table if "赵敏" in row[0]] == ["added"]
    assert "A later handover corrects this one: Handover no. 2" in visit(receiver, f"{LIST}/1").main
    assert "Handover no. 1Corrected by no. 2 Acknowledged" in visit(receiver, "/").main
    shared = ["/", LIST, f"{LIST}/2", f"{LIST}/2/members", f"{LIST}/2/changes", f"{LIST}/2/summary"]
    opened = [(office, path) for path in (*shared, f"{LIST}/new")] + [(receiver, path) for path in shared]
    assert [asked for who, path in opened if (asked := (path, asked_by(who, path)))[1] > 12] == []


def check_reading(english: FlaskClient, chinese: FlaskClient, first: Handover, folder: Path) -> None:
    """What a receiver reads and downloads is what was handed over."""
    page = visit(english, f"{LIST}/1")
    assert [row[0] for row in page.tables["Units: 2"][1:]] == [f"{unit.name.en}{unit.code}" for unit in first.units]
    found = visit(english, f"{LIST}/1/members?words=李")
    assert [row[:3] for row in found.tables["Members: 1"][1:]] == [["李明", "Party secretary", "Chaowai Subdistrict"]]
    assert "No units match." in visit(english, f"{LIST}/1?words=nowhere").main
    paper = visit(chinese, f"{LIST}/1/summary", language="zh").main
    assert [each.name for each in first.members if each.name not in paper] == []
    files = sorted(each for each in page.links.values() if f"{LIST}/1/files/" in each)
    kept = [kept_path(folder, row[2]).read_bytes() for row in page.tables["Files"][1:]]
    assert [english.get(each, buffered=True).data for each in files] == kept
    assert len(kept) == 5
