"""The form on paper: what an office signs and seals."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import cos, radians, sin
from typing import Any

import pytest

from assess.core.forms import UnitFormContent, form_of
from assess.core.rules.sheet import SheetStanding
from assess.core.text import Language, Text
from assess.files.form_pdf import FormPaper, write_form_pdf
from assess.files.pdf_style.fonts import width_of
from tests.demonstration import year_2026
from tests.files.reading import Shown, faults, lines_of, reader

YEAR = year_2026()
SHEET, UNITS = YEAR.inputs.sheet, YEAR.inputs.units
STREET = YEAR.place("Chaowai Subdistrict")
FORM = form_of(SHEET, UNITS, STREET, tasks=YEAR.tasks, previous=YEAR.inputs.last_year)
PURIFIERS = next(iter(FORM.fields.values()))


def a_paper(**stated: Any) -> FormPaper:
    """The submitted form of a street without a river, one figure answered."""
    usual: dict[str, Any] = {
        "form": FORM,
        "title": SHEET.title,
        "unit": UNITS.names[STREET],
        "year": 2026,
        "sheet": "chaoyang-2026",
        "digest": "sha256:0123456789abcdef",
        "standing": SheetStanding.DEMONSTRATION,
        "answers": {PURIFIERS.key: Text.same("87.5")},
        "files": {PURIFIERS.question.figure: ["报告.pdf", "照片.jpg"]},
        "remarks": {PURIFIERS.key: "两家停业"},
        "receipt": "2026-110105002-01",
        "submitted": "2026-11-27 10:32",
        "by": "张三",
        "leader": "李明",
    }
    return FormPaper(**{**usual, **stated})


def pages_of(paper: FormPaper, language: Language = "zh") -> list[list[Shown]]:
    """The lines of each page."""
    stream = BytesIO()
    assert write_form_pdf(paper, stream, language) == ()
    return lines_of(reader(stream.getvalue()))


def text_of(pages: Sequence[Sequence[Shown]]) -> str:
    """Everything that stands on the pages, line by line."""
    return "\n".join(line.text for page in pages for line in page)


def test_the_form_says_whose_it_is_what_was_answered_and_who_answers_for_it() -> None:
    text = text_of(pages_of(a_paper()))

    for part in (
        "街乡自评填报表", "朝外街道", "110105002", "2026-110105002-01", "2026-11-27 10:32", "张三",
        "餐饮油烟净化设施按期清洗率 · 上半年", "87.5", "100%", "第六条第（十）项", "报告.pdf；照片.jpg",
        "备注：两家停业", "不涉及的数据项", "入河排口溯源整治完成率", "主要负责人：李明。", "主要负责人（签字）：",
        "（单位公章）", "演示数据 · 非真实结果", "第2页，共2页", "评分表摘要 0123456789ab",
    ):  # fmt: skip
        assert part in text, part


def test_every_field_of_the_form_is_on_it_and_what_is_blank_is_said_to_be() -> None:
    lines = [line.text for page in pages_of(a_paper()) for line in page]

    assert [line for line in lines if line in {str(n) for n in range(1, 100)}] == [
        str(n) for n in range(1, len(FORM.fields) + 1)
    ]
    assert lines.count("未填") == len(FORM.fields) - 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_lies_on_anything_else_and_the_place_for_the_seal_is_whole(language: Language) -> None:
    stream = BytesIO()
    write_form_pdf(a_paper(), stream, language)
    pages = lines_of(reader(stream.getvalue()))

    assert faults(stream.getvalue()) == []
    seal = "（单位公章）" if language == "zh" else "(official seal of the unit)"
    assert [seal in [line.text for line in page] for page in pages] == [False, True]


def test_a_form_not_yet_submitted_is_marked_as_a_draft() -> None:
    pages = pages_of(a_paper(standing=SheetStanding.ISSUED, receipt=None, submitted=None, by=None, leader=None), "en")

    assert all("Draft – not submitted" in [line.text for line in page] for page in pages)
    assert "(entered on submission)" in text_of(pages)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_marks_a_draft_of_the_demonstration_runs_across_the_page_and_is_not_cut(language: Language) -> None:
    across = [line for page in pages_of(a_paper(receipt=None), language) for line in page if not line.upright]

    assert len(across) == 2
    for line in across:
        reach = width_of(line.text, line.size, bold=True)
        right, top = line.x + reach * cos(radians(52)), line.y + reach * sin(radians(52))
        assert (line.x > 20, line.y > 20, right < 575, top < 822) == (True, True, True, True)


def test_evidence_and_remark_stand_below_their_answer_across_the_page() -> None:
    remark = (
        "辖区内六十三家餐饮单位已逐户建立台账，其中两家停业，清洗记录、照片和合同已附；第三季度因施工占道，个别点位延后至十月复查。"
        * 2
    )
    first = pages_of(a_paper(remarks={PURIFIERS.key: remark}))[0]

    [start] = [at for at, line in enumerate(first) if line.text == "87.5"]
    below = [line.text for line in first if first[start].y > line.y > first[start].y - 45]
    assert below[0] == "佐证材料：报告.pdf；照片.jpg"
    assert "".join(below[1:3]) == f"备注：{remark}"


def test_a_form_of_hundreds_of_fields_and_long_remarks_runs_over_pages() -> None:
    section = FORM.sections[0]
    many = UnitFormContent(FORM.unit, tuple([section] * 30))
    paper = a_paper(form=many, remarks={PURIFIERS.key: "说明很长" * 100})

    pages = pages_of(paper)

    assert len(pages) > 5
    assert all(line.y > 30 for page in pages for line in page if line.upright)


def test_the_same_form_gives_the_same_bytes() -> None:
    first, second = BytesIO(), BytesIO()
    write_form_pdf(a_paper(), first, "zh")
    write_form_pdf(a_paper(), second, "zh")

    assert first.getvalue() == second.getvalue()
