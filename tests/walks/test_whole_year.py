"""A whole year: set up, reported, supplied, certified, scored, told, appealed against, sealed, and checked."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from io import BytesIO
from urllib.parse import urlsplit

from openpyxl import Workbook, load_workbook

from assess.core.actors import Role
from assess.core.downloads import Product
from assess.core.text import Text
from assess.core.workflow import Stage
from tests.walks.person import Manner, Person, Said
from tests.walks.small_year import SHEET, TASKS, UNITS
from tests.walks.test_evidence_by_excel import takes_the_template, waits_until
from tests.walks.test_reporting import JIANWAI, a_pdf
from tests.walks.test_setting_up import Nothing, comes_by_link, makes_a_year, opens, sets_dates, slips_on
from tests.walks.test_setting_up import nothing as nothing

PEOPLE = (
    ("li.hua", "Li Hua", Role.OFFICIAL, "Jianwai Subdistrict", None),
    ("wang.wei", "Wang Wei", Role.EVALUATOR, None, "ecology-bureau"),
    ("chen.jun", "Chen Jun", Role.LEADER, None, None),
    ("qian.yi", "Qian Yi", Role.OFFICE, None, None),
)
AIR, GREENING = Text("空气与绿化", "Air and green"), Text("绿化", "Greening")
GREEN, FINE_DUST = Text("绿化覆盖率", "Green cover"), Text("细颗粒物", "PM2.5")
HUJIALOU, CHAOWAI = Text("呼家楼街道", "Hujialou Subdistrict"), Text("朝外街道", "Chaowai Subdistrict")
GOOD, FAIR = Text("良好", "Good"), Text("一般", "Fair")
UPHELD = Text("申诉成立", "Upheld")
IDENTICAL = "The file is identical to the sealed document, byte for byte."
CHANGED = (
    "The file has our seal, but it was changed or damaged later. Do not rely on it. "
    "Ask for the original sealed document."
)
FIRST_ROW = 3


def test_a_whole_year_is_gone_through_by_five_people_and_checked_by_a_citizen(nothing: Nothing, manner: Manner):
    office = comes_by_link(nothing, manner, nothing.link, "zhou")
    official, evaluator, leader, colleague = sets_up(nothing, manner, office)

    reports(official)
    supplies(evaluator)
    certifies(evaluator)
    ends_early(office, colleague, Stage.VERIFYING.label)
    scores(office, 1)
    ends_early(office, colleague, Stage.PROVISIONAL.label)
    releases(office, 1)
    prints_the_notice(office)
    objects(official)
    rules(office)
    scores(office, 2)
    releases(office, 2)
    reads_the_ruling(official)
    seals(office, colleague)
    book = reads_the_year(leader)
    add_up(book)
    is_genuine(manner.opens(nothing.walker, f"/language/{manner.language}?next=/check"), book)


def sets_up(nothing: Nothing, manner: Manner, office: Person) -> list[Person]:
    """The office makes the year and opens it; the others come by their links."""
    makes_a_year(office)
    loads(office, "units.csv", UNITS, "Import the whole list")
    loads(office, "rule-sheet.yaml", SHEET, "Save as a draft")
    office.follows("Version %(number)s", number=1)
    assert office.presses("Publish version %(number)s", number=1) == 303
    loads(office, "tasks.yaml", TASKS, "Import the whole list")
    has_no_last_year(office)
    links = loads_people(office)
    sets_dates(office)
    opens(office)
    return [comes_by_link(nothing, manner, links[name], name) for name, *_ in PEOPLE]


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
    book = load_workbook(BytesIO(office.takes("Template with all current people")))
    language = {"en": "English", "zh": "中文"}[office.language]
    for number, (name, full, role, unit, department) in enumerate(PEOPLE, 4):
        for column, text in enumerate((name, full, None, office.words(role.label), unit, department, language), 1):
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
    official.follows(AIR)
    official.answers(GREEN, "25")
    assert official.presses("Save and stay here") == 303
    official.goes_to("/2026/form/110105001/check")
    official.types("Name of the responsible leader", "Zhao")
    assert official.presses("Submit the form") == 303


def supplies(evaluator: Person) -> None:
    """The department's figures come by Excel."""
    evaluator.follows("Department data (Excel)")
    book = load_workbook(BytesIO(takes_the_template(evaluator)))
    page = book.worksheets[1]
    column = next(cell.column for cell in page[1] if str(cell.value).startswith(evaluator.words(FINE_DUST)))
    for row, value in enumerate((40, 45, 30), FIRST_ROW):
        page.cell(row, column).value = value
    evaluator.uploads("pm25.xlsx", saved(book), press="Upload and check")
    waits_until(evaluator, "If you accept it")
    assert evaluator.presses("Accept all its values") == 303
    waits_until(evaluator, "Undo the file")


def certifies(evaluator: Person) -> None:
    """What the unit reported counts from then on."""
    evaluator.goes_to("/2026/certifying")
    if evaluator.page.locator("main .govuk-task-list__link").filter(visible=True).count():
        evaluator.follows(GREEN)
    evaluator.hand.tick(evaluator.page.get_by_role("checkbox", name=evaluator.words(JIANWAI)))
    assert evaluator.presses("Certify selected values") == 200
    assert evaluator.presses("Certify this value") == 303


def ends_early(office: Person, colleague: Person, stage: Said) -> None:
    """The year comes to its next stage before the last day of this one: one asks for it, another approves."""
    office.goes_to("/2026/stages")
    office.follows("Move on to: %(stage)s", stage=office.words(stage))
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
    stands(office, "/2026/runs", office.words("Run %(number)s", number=number))


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


def prints_the_notice(office: Person) -> None:
    """What is posted on the wall: the ranking alone, without the frame of the pages."""
    office.goes_to("/2026/runs/1")
    office.follows(f"{office.words('Notice of provisional results')} {office.words('to print')}")
    rows = office.cells("%(group)s: %(n)s units", group=office.words("All units"), n=3)
    assert [row[1:3] for row in rows] == [
        [office.words(unit), total] for unit, total in ((HUJIALOU, "60.00"), (JIANWAI, "55.00"), (CHAOWAI, "15.00"))
    ]
    office.page.emulate_media(media="print")
    assert not office.page.get_by_role("navigation").filter(visible=True).count()
    office.keeps_picture()
    office.page.emulate_media(media="screen")


def objects(official: Person) -> None:
    """The unit reads its result and appeals against a line, with a document."""
    official.goes_to("/2026/result/110105001")
    assert "55.00" in official.text
    official.goes_to("/2026/result/110105001/lines/air.green")
    official.follows("Appeal against this item")
    official.types("Reasons for the appeal", "The survey of October counts 32 %.")
    official.hand.select(official.labelled("Which figure is wrong (optional)"), 1)
    official.types("What the figure should be", "32")
    official.hand.attach(official.page.locator("input[type=file]"), [a_pdf("survey.pdf")])
    assert official.presses("Submit the appeal") == 303


def rules(office: Person) -> None:
    """The office sees what the ruling does to all units before it confirms it."""
    office.goes_to("/2026/appeals/1")
    office.follows("Draft a decision")
    office.ticks(UPHELD)
    office.hand.enter(office.page.get_by_label(re.compile(f"^{office.words(GREEN)}")), "32")
    office.types("Reason", "The survey was checked on the spot.")
    assert office.presses("Show the effect") == 303
    up, down = office.words("up %(n)s", n=1), office.words("down %(n)s", n=1)
    good, fair = office.words(GOOD), office.words(FAIR)
    rows = office.cells("All units before and after (%(n)s), changed units first", n=3)
    assert [[" ".join(cell.split()) for cell in row[1:4]] for row in rows] == [
        ["55.00 → 62.00", f"2 → 1 {up}", f"{fair} → {good}"], ["60.00", f"1 → 2 {down}", good], ["15.00", "3", fair],
    ]  # fmt: skip
    assert office.presses("Confirm the decision") == 303


def reads_the_ruling(official: Person) -> None:
    """The unit reads how it was ruled, and what that changed."""
    official.goes_to("/2026/result/110105001/appeals/1")
    assert official.cells("Effect: run %(before)s → run %(after)s", before=1, after=2) == [
        [official.words("Points of this item"), "25.00 → 32.00"],
        [official.words("Total score"), "55.00 → 62.00"],
        [official.words("Rank"), "2 → 1"],
        [official.words("Grade"), f"{official.words(FAIR)} → {official.words(GOOD)}"],
    ]


def seals(office: Person, colleague: Person) -> None:
    """The result is final and sealed."""
    ends_early(office, colleague, Stage.APPEALS.label)
    ends_early(office, colleague, Stage.FINAL.label)
    office.goes_to("/2026/seal")
    assert office.presses("Seal the results") == 303
    stands(office, "/2026/seal", office.words(Product.BOOK.label))


def reads_the_year(leader: Person) -> bytes:
    """The leader's ten minutes: the ranking and its table, a unit and its brief, an item of all units, the book."""
    leader.follows("Ranking")
    assert leader.text.index(leader.words(JIANWAI)) < leader.text.index(leader.words(HUJIALOU))
    leader.follows("Worst first")
    assert leader.text.index(leader.words(JIANWAI)) > leader.text.index(leader.words(HUJIALOU))
    assert load_workbook(BytesIO(leader.takes("Tables of this page (Excel)"))).worksheets
    leader.follows(JIANWAI)
    assert "62.00" in leader.text
    assert "62.00" in read(leader.takes({"en": "English", "zh": "中文"}[leader.language]))
    leader.follows("Ranking")
    leader.follows("Item by item")
    items = leader.page.locator("select[name=item]")
    names = [name.strip() for name in items.locator("option").all_inner_texts()]
    leader.hand.select(items, next(n for n, name in enumerate(names) if name.endswith(leader.words(GREENING))))
    assert leader.presses("Show") == 200
    assert leader.page.locator("tbody tr").first.inner_text().split()[:2] == ["1", *leader.words(JIANWAI).split()][:2]
    leader.follows("Downloads")
    return leader.takes(Text(f"{Product.BOOK.label.zh} · English", f"{Product.BOOK.label.en} · English"))


def add_up(book: bytes) -> None:
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


def is_genuine(citizen: Person, book: bytes) -> None:
    """Somebody without an account looks up the code that is printed, and has the file judged, then a changed one."""
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", read(book))
    assert code is not None
    citizen.types("Check code", code[0])
    assert citizen.presses("Look up") == 303
    assert citizen.words("This is the current edition.") in citizen.text
    for name, sent, told in (
        ("book.pdf", book, IDENTICAL),
        ("forged.pdf", book.replace(b"/Producer", b"/Producar", 1), CHANGED),
    ):
        citizen.goes_to("/check")
        citizen.uploads(name, sent, press="Upload and check", status=200)
        assert citizen.words(told) in citizen.text


def read(document: bytes) -> str:
    """The text of a document as it is laid out."""
    read_by = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(read_by, input=document, capture_output=True, check=True).stdout.decode()
