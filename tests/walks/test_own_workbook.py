"""A department uploads its own table, months as columns: read as it is, looked at, accepted."""

from __future__ import annotations

import re
import secrets
from io import BytesIO
from urllib.parse import urlsplit

from openpyxl import Workbook

from assess.core.text import Text
from tests.browsing import Walker
from tests.sites import Site
from tests.walks.person import Manner
from tests.walks.test_evidence_by_excel import signs_in, waits_until

DUST = Text("道路尘负荷", "Road dust load")
MONTHS, USUAL = 3, 3
UNITS = ("建外街道办事处", "朝外街道", "呼家楼街道")


def test_a_table_with_months_as_columns_is_read_as_a_department_keeps_it(site: Site, walker: Walker, manner: Manner):
    told = site.run(
        "user", "add", "sweeper", "--name", "李建", "--role", "evaluator", "--department", "urban-management"
    )
    link = re.search(r"https?://\S+", told)
    assert link is not None, told
    account = {"username": "sweeper", "password": secrets.token_urlsafe(12), "link": urlsplit(link[0]).path}
    person = signs_in(walker, account, manner)
    person.follows("Department data (Excel)")

    person.uploads("道路尘负荷2026.xlsx", a_table(), press="Upload and check")
    waits_until(person, "If you accept it")

    assert person.words("Sheets and columns: %(read)s read, %(unread)s not read", read=4, unread=1) in person.text
    unusual = MONTHS * len(UNITS) - USUAL
    person.types("One explanation for all", "施工季节")
    assert person.presses("Use for all without an explanation (%(n)s)", n=unusual) == 303
    assert person.presses("Accept all its values") == 303
    waits_until(person, "Undo the file")
    person.hand.press(person.page.get_by_role("link", name=re.compile(r"^35\.5")).first)
    person.page.wait_for_url("**/source/*")
    person.looks()
    assert "E6" in person.text


def a_table() -> bytes:
    """A title, a heading line of the figure over one of the months, and the units as people write them."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["2026年道路尘负荷监测结果"])
    page.append(["序号", "街乡", DUST.zh])
    page.append([None, None, *(f"{month}月" for month in range(1, MONTHS + 1))])
    for number, unit in enumerate(UNITS, 1):
        page.append([number, unit, *(30.5 + number + month for month in range(MONTHS))])
    for merged in ("A1:E1", "A2:A3", "B2:B3", "C2:E2"):
        page.merge_cells(merged)
    written = BytesIO()
    book.save(written)
    return written.getvalue()
