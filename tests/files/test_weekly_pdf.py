"""The weekly summary on paper and as a workbook, however many units there are and however long their names."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest

from assess.core.findings.weekly import LongOverdue, Week, WeekLine, Weekly, WeeklyFlow
from assess.core.text import Language, Text
from assess.files.weekly.book import write_weekly_book
from assess.files.weekly.pdf import write_weekly_pdf
from tests.files.reading import faults, lines_of, reader

SUNDAY = date(2026, 11, 29)
FLOW = WeeklyFlow(
    before=1021, opened=12, assigned=9, reported=30, returned=4, closed=120, left=913, overdue=45, repeated=3
)
LONG = Text("北京经济技术开发区国际文化创意产业示范园区管理委员会" * 2, "Administrative committee of the zone " * 4)
LATE = LongOverdue(123456, LONG, LONG, "很长的地点" * 40, "很长的问题" * 200, "欧阳" * 20, date(2026, 3, 1), 273)
DOMAINS = tuple(WeekLine(Text.same(name), FLOW) for name in ("air", "water", "soil"))


def a_week(**stated: Any) -> Weekly:
    """A week of 43 units."""
    units = tuple(WeekLine(Text(f"第{n}街道", f"Subdistrict {n}"), FLOW) for n in range(43))
    usual: dict[str, Any] = {
        "year": 2026, "title": Text("2026年考核", "Assessment of 2026"), "demonstration": True,
        "week": Week(date(2026, 11, 23)), "through": SUNDAY, "is_over": True, "units": units, "domains": DOMAINS,
        "longest": (), "quiet": tuple(line.label for line in units),
    }  # fmt: skip
    return Weekly(**{**usual, **stated})


NOTHING = a_week(units=(WeekLine(LONG, WeeklyFlow()),), domains=(), quiet=(LONG,))
MUCH = a_week(longest=(LATE,) * 10)
STRANGE = a_week(units=(WeekLine(LONG, WeeklyFlow(*[1_234_567] * 13)),) * 50, longest=(LATE,), quiet=(LONG,) * 40)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_lies_on_anything_else_and_the_seal_stands_once_on_the_last_page(language: Language):
    for weekly, most in ((NOTHING, 1), (MUCH, 4), (STRANGE, 9)):
        stream, again = BytesIO(), BytesIO()
        assert write_weekly_pdf(weekly, stream, language) == ()
        write_weekly_pdf(weekly, again, language)
        pages = lines_of(reader(stream.getvalue()))

        assert faults(stream.getvalue()) == []
        seal = "（单位公章）" if language == "zh" else "(official seal of the unit)"
        assert [seal in [line.text for line in page] for page in pages] == [False] * (len(pages) - 1) + [True]
        assert len(pages) <= most
        assert again.getvalue() == stream.getvalue()


def test_the_workbook_has_the_same_bytes_for_the_same_week():
    books = []
    for _ in range(2):
        stream = BytesIO()
        write_weekly_book(STRANGE, stream, "zh")
        books.append(stream.getvalue())

    assert books[0] == books[1]
