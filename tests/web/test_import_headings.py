"""Headings of which nothing is known: what they stand for is said once, remembered and can be forgotten."""

from __future__ import annotations

from sqlalchemy import select

from assess.services.imports import headings as services
from assess.store.models import AuditEntry
from tests.services.imports import QUOTA, RATE, a_book
from tests.web.bureau import LIST, Bureau
from tests.web.pages import Page, submit, visit

SHORT = ["单位", "处理率均值", "用水指标（吨）", "<script>alert(1)</script>"]
NOTHING = {"heading-0": "", "heading-1": "", "heading-2": ""}
ROWS = (["建外街道", 95.5, 800, "甲"], ["朝外街道", 96, 700, "乙"])


def sent(bureau: Bureau, head: list[str], *rows: list[object]) -> Page:
    """The page of a file with these headings, once it was checked."""
    return bureau.sees(bureau.sends(a_book(*rows, head=head)).path)


def test_what_headings_stand_for_is_asked_once_and_remembered_until_it_is_deleted(bureau: Bureau):
    found = sent(bureau, SHORT, *ROWS)
    assert "Unknown headings" in found.main
    refused = submit(bureau.client, found.form("/headings"), {"heading-0": RATE, "heading-1": QUOTA}, status=422)
    assert "The heading has another unit of measure than" in refused.main
    refused = submit(bureau.client, refused.form("/headings"), {"heading-0": RATE, "heading-2": RATE}, status=422)
    assert "Keep one, and select “Do not read” for the other." in refused.main
    assert services.NOTHING_CHOSEN.en in submit(bureau.client, refused.form("/headings"), NOTHING, status=422).main
    chosen = {"heading-0": RATE, "heading-1": services.NOT_READ, "heading-2": services.NOT_READ}
    again = bureau.sees(submit(bureau.client, refused.form("/headings"), chosen).path)

    assert "2 values are new and will count." in again.main
    assert again.tables["Sheets and columns of the file"][2:4] == [
        ["数据!B", SHORT[1], "Share of sewage collected and treated (remembered)"],
        ["数据!C", "用水指标（吨）", "Not read (remembered)"],
    ]
    assert "Ready to accept" in sent(bureau, SHORT, *ROWS).main
    listed = visit(bureau.client, visit(bureau.client, LIST).links["Remembered headings"])
    kept = [row[:2] for row in listed.tables["Headings"][1:]]
    assert sorted(kept) == sorted([
        [SHORT[3], "Not read"], [SHORT[1], "Share of sewage collected and treated"], [SHORT[2], "Not read"],
    ])  # fmt: skip

    question = visit(bureau.client, listed.links[f"Delete {SHORT[1]}"])
    assert f"“{SHORT[1]}”" in question.h1
    left = submit(bureau.client, question.form("/forget"))
    assert sorted(row[0] for row in left.tables["Headings"][1:]) == sorted(SHORT[2:])
    assert "Unknown headings" in sent(bureau, SHORT, *ROWS).main
    with bureau.database.reading() as session:
        acts = session.execute(
            select(AuditEntry.subject, AuditEntry.action, AuditEntry.old, AuditEntry.new)
            .where(AuditEntry.action.in_(["headings remembered", "forgotten"]))
            .order_by(AuditEntry.number)
        ).all()
    assert [tuple(each) for each in acts] == [
        ("import:2026/water-bureau/1", "headings remembered", None, {SHORT[1]: RATE, SHORT[2]: "", SHORT[3]: ""}),
        ("headings:2026/water-bureau", "forgotten", {SHORT[1]: RATE}, None),
    ]


def test_the_title_of_a_figure_comes_before_what_was_remembered_and_two_columns_of_one_figure_are_told(bureau: Bureau):
    found = sent(bureau, ["单位", "处理率"], ["建外街道", 95.5])
    submit(bureau.client, found.form("/headings"), {"heading-0": RATE})
    twice = sent(bureau, ["单位", "污水收集处理率", "处理率"], ["建外街道", 95.5, 95.5])

    assert twice.tables["Errors"][1] == [
        "数据!C1", "Share of sewage collected and treated has two columns, B and this one. Keep one.",
    ]  # fmt: skip
    assert "Unknown headings" not in twice.main
