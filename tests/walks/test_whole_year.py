"""A whole year: set up, reported, supplied, certified, scored, told, appealed against, sealed, and checked."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from openpyxl import Workbook, load_workbook

from assess.core.actors import Role
from assess.core.text import Text
from tests.walks.person import Person
from tests.walks.small_year import SHEET, TASKS, UNITS
from tests.walks.test_evidence_by_excel import downloaded, waits_until
from tests.walks.test_reporting import a_pdf
from tests.walks.test_setting_up import Nothing, comes_by_link, makes_a_year, opens, sets_dates, slips_on
from tests.walks.test_setting_up import nothing as nothing

PEOPLE = (
    ("li.hua", "Li Hua", Role.OFFICIAL, "Jianwai Subdistrict", None),
    ("wang.wei", "Wang Wei", Role.EVALUATOR, None, "ecology-bureau"),
    ("chen.jun", "Chen Jun", Role.LEADER, None, None),
    ("qian.yi", "Qian Yi", Role.OFFICE, None, None),
)
GREEN = Text("绿化覆盖率", "Green cover")
FIRST_ROW = 3


def test_a_whole_year_is_gone_through_by_five_people_and_checked_by_a_citizen(nothing: Nothing):
    office = comes_by_link(nothing.walker, nothing.link, "zhou")
    official, evaluator, leader, colleague = sets_up(nothing, office)

    reports(official)
    supplies(evaluator)
    certifies(evaluator)
    ends_early(office, colleague, "Certifying")
    scores(office, 1)
    ends_early(office, colleague, "Provisional")
    releases(office, 1)
    objects(official)
    rules(office)
    scores(office, 2)
    releases(office, 2)
    reads_the_ruling(official)
    seals(office, colleague)
    book = takes_the_book(leader)
    add_up(book)
    is_genuine(nothing, book)


def sets_up(nothing: Nothing, office: Person) -> list[Person]:
    """The office makes the year and opens it; the others come by their links."""
    makes_a_year(office)
    loads(office, "units.csv", UNITS, "Import the whole list")
    loads(office, "rule-sheet.yaml", SHEET, "Save as a draft")
    office.follows("Version 1")
    assert office.presses("Publish version 1") == 303
    loads(office, "tasks.yaml", TASKS, "Import the whole list")
    has_no_last_year(office)
    links = loads_people(office)
    sets_dates(office)
    opens(office)
    return [comes_by_link(nothing.walker, links[name], name) for name, *_ in PEOPLE]


def loads(office: Person, name: str, content: str, accept: str) -> None:
    """The next step of the set-up takes a file."""
    office.goes_to("/2026/setup")
    office.follows("Continue")
    office.uploads(name, content)
    assert office.presses(accept) == 303


def has_no_last_year(office: Person) -> None:
    """Nothing is known of the year before."""
    office.goes_to("/2026/setup")
    office.follows("Continue")
    for what in ("figures", "results"):
        office.follows(f"There are no {what} of last year")
        assert office.presses("Confirm no data from last year") == 303


def loads_people(office: Person) -> dict[str, str]:
    """The people from the workbook that the service offers; gives the link of each."""
    office.goes_to("/2026/setup")
    office.follows("Continue")
    office.follows("Import a list")
    with office.page.expect_download() as download:
        office.page.get_by_role("link", name="Template with all current people").click()
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    for number, (name, full, role, unit, department) in enumerate(PEOPLE, 4):
        for column, text in enumerate((name, full, None, role.label.en, unit, department, "English"), 1):
            book.worksheets[1].cell(number, column).value = text
    office.uploads("people.xlsx", saved(book), press="Upload and preview", status=200)
    assert office.presses("Import the list") == 200
    return {name: urlsplit(link).path for name, link in slips_on(office).items()}


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def reports(official: Person) -> None:
    """The unit fills in its form and hands it in."""
    official.goes_to("/2026/form")
    official.page.get_by_role("link", name=re.compile("Air and green|Ecology Bureau")).first.click()
    official.answers(GREEN, "25")
    assert official.presses("Save and stay here") == 303
    official.goes_to("/2026/form/110105001/check")
    official.types("Name of the responsible leader", "Zhao")
    assert official.presses("Submit the form") == 303


def supplies(evaluator: Person) -> None:
    """The department's figures come by Excel."""
    evaluator.follows("Department data (Excel)")
    book = load_workbook(BytesIO(downloaded(evaluator, "Template in English")))
    page = book.worksheets[1]
    column = next(cell.column for cell in page[1] if str(cell.value).startswith("PM2.5"))
    for row, value in enumerate((40, 45, 30), FIRST_ROW):
        page.cell(row, column).value = value
    evaluator.uploads("pm25.xlsx", saved(book), press="Upload and check")
    waits_until(evaluator, "If you accept it")
    assert evaluator.presses("Accept all its values") == 303
    waits_until(evaluator, "Undo the file")


def certifies(evaluator: Person) -> None:
    """What the unit reported counts from then on."""
    evaluator.goes_to("/2026/certifying")
    evaluator.page.get_by_role("checkbox", name="Jianwai Subdistrict").check()
    assert evaluator.presses("Certify selected values") == 200
    assert evaluator.presses("Certify this value") == 303


def ends_early(office: Person, colleague: Person, stage: str) -> None:
    """The year comes to its next stage before the last day of this one: one asks for it, another approves."""
    office.goes_to("/2026/stages")
    office.follows("Move on to: %(stage)s", stage=stage)
    office.types("Reason", "Everything is in")
    assert office.presses("Request approval") == 303
    colleague.goes_to("/2026/stages")
    colleague.follows("Open the request")
    colleague.types("Decision", "I looked at all of it")
    assert colleague.presses("Approve and move the year") == 303


def scores(office: Person, number: int) -> None:
    """A run is made by a worker."""
    office.goes_to("/2026/runs")
    office.follows("Check and score")
    assert office.presses("Score now") == 303
    stands(office, "/2026/runs", f"Run {number}")


def stands(person: Person, path: str, link: str) -> None:
    """A link stands on a page as soon as a worker has done its work."""
    while not person.page.get_by_role("link", name=link, exact=True).count():
        person.page.wait_for_timeout(200)
        person.goes_to(path)


def releases(office: Person, number: int) -> None:
    """A run becomes what units and leaders see."""
    office.goes_to(f"/2026/runs/{number}")
    office.follows("Release as provisional result")
    assert office.presses("Release") == 303


def objects(official: Person) -> None:
    """The unit reads its result and appeals against a line, with a document."""
    official.goes_to("/2026/result/110105001")
    assert "55.00" in official.text
    official.goes_to("/2026/result/110105001/lines/air.green")
    official.follows("Appeal against this item")
    official.types("Reasons for the appeal", "The survey of October counts 32 %.")
    official.labelled("Which figure is wrong (optional)").select_option(index=1)
    official.types("What the figure should be", "32")
    official.page.locator("input[type=file]").set_input_files([a_pdf("survey.pdf")])  # type: ignore[list-item]
    assert official.presses("Submit the appeal") == 303


def rules(office: Person) -> None:
    """The office sees what the ruling does to all units before it confirms it."""
    office.goes_to("/2026/appeals/1")
    office.follows("Draft a decision")
    office.page.get_by_label("Upheld", exact=True).check()
    office.page.get_by_label(re.compile("^Green cover")).fill("32")
    office.types("Reason", "The survey was checked on the spot.")
    assert office.presses("Show the effect") == 303
    rows = office.cells("All units before and after (%(n)s), changed units first", n=3)
    assert [[" ".join(cell.split()) for cell in row[1:4]] for row in rows] == [
        ["55.00 → 62.00", "2 → 1 up 1", "Fair → Good"], ["60.00", "1 → 2 down 1", "Good"], ["15.00", "3", "Fair"],
    ]  # fmt: skip
    assert office.presses("Confirm the decision") == 303


def reads_the_ruling(official: Person) -> None:
    """The unit reads how it was ruled, and what that changed."""
    official.goes_to("/2026/result/110105001/appeals/1")
    assert official.cells("Effect: run %(before)s → run %(after)s", before=1, after=2) == [
        ["Points of this item", "25.00 → 32.00"],
        ["Total score", "55.00 → 62.00"],
        ["Rank", "2 → 1"],
        ["Grade", "Fair → Good"],
    ]


def seals(office: Person, colleague: Person) -> None:
    """The result is final and sealed."""
    ends_early(office, colleague, "Appeals")
    ends_early(office, colleague, "Final")
    office.goes_to("/2026/seal")
    assert office.presses("Seal the results") == 303
    stands(office, "/2026/seal", "Ranked results")


def takes_the_book(leader: Person) -> Path:
    """The leader reads the ranking and takes the sealed ranked results away."""
    leader.goes_to("/2026/ranking")
    assert leader.text.index("Jianwai Subdistrict") < leader.text.index("Hujialou Subdistrict")
    leader.goes_to("/2026/downloads")
    with leader.page.expect_download() as download:
        leader.page.get_by_role("link", name="Ranked results · English").click()
    return Path(download.value.path())


def add_up(book: Path) -> None:
    """On every card the printed lines make the printed total."""
    found = {}
    for card in re.split(r"^\s*Scorecard\s*$", read(book), flags=re.MULTILINE)[1:]:
        unit = re.search(r"^Unit\s+(\S+)", card, re.MULTILINE)
        total = re.search(r"^\s*Total\b.*?(\d+\.\d\d)", card, re.MULTILINE | re.DOTALL)
        assert unit is not None
        assert total is not None
        points = re.findall(r"^1\.\d\s.*?\s\d+\s+(\d+\.\d\d)\s+\d+\.\d\d\s", card, re.MULTILINE)
        assert sum(map(Decimal, points)) == Decimal(total[1])
        found[unit[1]] = (*points, total[1])
    assert found == {
        "Jianwai": ("30.00", "32.00", "62.00"),
        "Hujialou": ("60.00", "0.00", "60.00"),
        "Chaowai": ("15.00", "0.00", "15.00"),
    }


def is_genuine(nothing: Nothing, book: Path) -> None:
    """Somebody without an account looks up the code that is printed, and has the file judged, then a changed one."""
    citizen = Person(nothing.walker.open("/check", language="en"))
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", read(book))
    assert code is not None
    citizen.types("Check code", code[0])
    assert citizen.presses("Look up") == 303
    assert "This is the current edition." in citizen.text
    content = book.read_bytes()
    for name, sent, told in (
        ("book.pdf", content, "The file is identical to the sealed document, byte for byte."),
        ("forged.pdf", content.replace(b"/Producer", b"/Producar", 1), "The file has our seal, but it was changed"),
    ):
        citizen.goes_to("/check")
        citizen.uploads(name, sent, press="Upload and check", status=200)
        assert told in citizen.text


def read(book: Path) -> str:
    """The text of a document as it is laid out."""
    read_by = ["pdftotext", "-layout", str(book), "-"]
    return subprocess.run(read_by, capture_output=True, text=True, check=True).stdout
