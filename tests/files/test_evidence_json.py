"""Values that a system sends as JSON: read as those of workbooks are, and whatever is wrong told by its place."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assess.core.evidence.found import FoundEvidence
from assess.core.evidence.records import MAX_VALUES
from assess.core.flaws import ValidationError
from assess.core.rules.sheet import RuleSheet
from assess.core.units.unit_list import UnitNames, read_units
from assess.files.evidence_json import read_evidence_json
from assess.files.rule_sheets import load_sheet
from assess.files.tables import read_table
from assess.services.documents import place_in_file
from tests.years import CHAOWAI, JIANWAI, RULES

RATE = {"unit": "建外街道", "figure": "sewage_rate", "value": "95.5"}
REBOUNDS = {"unit": "建外街道", "figure": "water_rebounds", "period": "2026-Q1", "value": 1}
CASE = {"date": "2026-03-15", "place": "通惠河", "what": "返黑", "photo": "0042"}


@cache
def known() -> tuple[RuleSheet, UnitNames]:
    """The shipped sheet and the shipped units."""
    units, flaws = read_units(read_table(RULES / "units.csv", ("unit",)))
    assert flaws == []
    return load_sheet(RULES / "rule-sheet.yaml").sheet, UnitNames(units)


def read(folder: Path, document: Any, department: str = "water-bureau") -> FoundEvidence:
    """What a document says: bytes as they are, anything else as JSON."""
    path = folder / "sent.json"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    sheet, names = known()
    return read_evidence_json(path, sheet, names, department)


def flaws(folder: Path, *entries: Any) -> dict[str, str]:
    """What is wrong with entries, in English, by its place; of several at one place the last."""
    return {place_in_file(flaw.where): flaw.what.localized("en", **flaw.facts) for flaw in said(folder, *entries)}


def said(folder: Path, *entries: Any) -> Any:
    """The flaws of entries."""
    return read(folder, {"values": list(entries)}).flaws


def refusal(folder: Path, data: bytes) -> tuple[str, str]:
    """Where and why a document is refused as a whole, in English."""
    with pytest.raises(ValidationError) as raised:
        read(folder, data)
    (flaw,) = raised.value.flaws
    return place_in_file(flaw.where).rpartition(".json:")[2], flaw.what.localized("en", **flaw.facts)


def test_values_are_read_as_a_workbook_of_the_same_texts_would_be(tmp_path: Path):
    found = read(
        tmp_path,
        {
            "values": [
                RATE,
                {"unit": CHAOWAI, "figure": "污水收集处理率", "value": "９６.５ %", "remark": " 复核 ", "period": None},
                {"unit": "建外", "figure": "water_use", "period": "2026年第1季度", "value": "1,200.5"},
                {"unit": JIANWAI, "figure": "water_class", "period": 2026, "value": "iii"},
                {"unit": JIANWAI, "figure": "water_use", "period": "2026-Q2", "value": 1200},
            ]
        },
    )

    assert [(flaw.localized("en")) for flaw in found.flaws] == []
    assert [(*each[:5], place_in_file(each.place), each.remark) for each in found.values] == [
        (JIANWAI, "sewage_rate", "2026", 95_500_000, None, "/values/0/value", ""),
        (CHAOWAI, "sewage_rate", "2026", 96_500_000, None, "/values/1/value", "复核"),
        (JIANWAI, "water_use", "2026-Q1", 1_200_500_000, None, "/values/2/value", ""),
        (JIANWAI, "water_class", "2026", None, "III", "/values/3/value", ""),
        (JIANWAI, "water_use", "2026-Q2", 1_200_000_000, None, "/values/4/value", ""),
    ]


def test_yes_and_no_may_be_truths_of_json(tmp_path: Path):
    told = [{"unit": unit, "figure": "data_fraud", "value": each} for unit, each in ((JIANWAI, True), (CHAOWAI, "否"))]
    found = read(tmp_path, {"values": told}, "assessment-office")

    assert [each.millionths for each in found.values] == [1_000_000, 0]


def test_cases_behind_a_count_are_kept_with_their_places(tmp_path: Path):
    found = read(tmp_path, {"values": [{**REBOUNDS, "occurrences": [CASE]}]})

    assert found.flaws == []
    (case,) = found.occurrences
    assert case[:7] == (JIANWAI, "water_rebounds", "2026-Q1", date(2026, 3, 15), "通惠河", "返黑", "0042")
    assert place_in_file(case.place) == "/values/0/occurrences/0"


def test_a_count_without_cases_needs_none_but_an_empty_list_says_that_there_are_none(tmp_path: Path):
    assert flaws(tmp_path, REBOUNDS, {**REBOUNDS, "unit": CHAOWAI, "occurrences": []}) == {
        "/values/1/occurrences": (
            "Water bodies black and smelly again is 1, but there are 0 cases under it. Make them agree."
        )
    }


def test_everything_wrong_is_told_at_once_by_its_place_in_the_order_of_the_document(tmp_path: Path):
    found = flaws(
        tmp_path,
        {"unit": "建外街到", "figure": "sewage_rat", "value": "95.5"},
        {"unit": JIANWAI, "figure": "pm25", "period": "2026-01", "value": "31"},
        {"unit": JIANWAI, "figure": "sewage_rate", "period": "2026-03", "value": "100.1"},
        {"unit": JIANWAI, "figure": "water_use", "value": "12"},
        {"unit": JIANWAI, "figure": "water_use", "period": "2025-Q1", "value": "=1+1"},
        {**REBOUNDS, "value": "1.5", "occurrences": [{"date": "2026-07-01", "place": "", "what": "返黑"}]},
        {**RATE, "occurrences": [CASE]},
        {**RATE, "value": "96", "remark": "x" * 501},
    )

    assert found == {
        "/values/0/unit": "No unit is called “建外街到”. Did you mean “Jianwai Subdistrict”?",
        "/values/0/figure": "There is no figure “sewage_rat”. Did you mean “sewage_rate”?",
        "/values/1/figure": (
            "“pm25” is supplied by District Ecology and Environment Bureau, not by this department. Delete the entry."
        ),
        "/values/2/period": "The period “2026-03” does not fit. This figure is yearly. Leave the period empty.",
        "/values/2/value": "“100.1” is above the maximum of 100. Check it.",
        "/values/3/period": "Water used is quarterly. Add its period, such as 2026-Q1.",
        "/values/4/period": "“2025-Q1” is outside 2026. Check the period.",
        "/values/4/value": "“=1+1” is not a number. Enter one such as 31.5.",
        "/values/5/value": "“1.5” is not a whole number. Enter a count such as 3.",
        "/values/5/occurrences/0/date": "2026-07-01 is outside 2026-Q1. Check both.",
        "/values/5/occurrences/0/place": "There is no place. Enter where it was.",
        "/values/6/occurrences": (
            "Share of sewage collected and treated is not a count and has no cases. Delete “occurrences”."
        ),
        "/values/7": (
            "Share of sewage collected and treated of Jianwai Subdistrict for 2026 appears "
            "twice, first at /values/6. Keep one of the two."
        ),
        "/values/7/remark": "The remark must be 500 characters or fewer. Shorten it.",
    }
    assert list(found) == sorted(found, key=lambda place: place.split("/")[2])


@pytest.mark.parametrize(
    ("entry", "where", "what"),
    [
        (None, "", 'This must be an object, such as {"unit": "…", "figure": "…", "value": "…"}.'),
        ([], "", 'This must be an object, such as {"unit": "…", "figure": "…", "value": "…"}.'),
        ("12.5", "", 'This must be an object, such as {"unit": "…", "figure": "…", "value": "…"}.'),
        ({**RATE, "unit": None}, "", "unit is missing. Add it."),
        ({**RATE, "unit": ["建外街道"]}, "/unit", 'unit must be text, such as "建外街道".'),
        ({**RATE, "unit": " \u200b"}, "/unit", "unit is empty. Enter a value."),
        ({**RATE, "figure": {"id": 1}}, "/figure", 'figure must be text, such as "sewage_rate".'),
        ({**RATE, "figure": True}, "/figure", 'figure must be text, such as "sewage_rate".'),
        ({**RATE, "period": []}, "/period", 'period must be text, such as "2026-03".'),
        ({**RATE, "value": 95.5}, "/value",
         '95.5 is a JSON number with decimals, which can lose digits. Write it as text, such as \"12.5\".'),
        ({**RATE, "value": float("nan")}, "/value",
         'NaN is a JSON number with decimals, which can lose digits. Write it as text, such as \"12.5\".'),
        ({**RATE, "value": None}, "/value", "There is no value. If there is no data, leave out the whole entry."),
        ({"unit": JIANWAI, "figure": "sewage_rate"}, "",
         "There is no value. If there is no data, leave out the whole entry."),
        ({**RATE, "value": ""}, "/value", "There is no value. If there is no data, leave out the whole entry."),
        ({**RATE, "value": {"number": "95.5"}}, "/value", 'value must be text, such as "12.5".'),
        ({**RATE, "value": True}, "/value", "“yes” is not a number. Enter one such as 93.5."),
        ({**RATE, "value": "95\u0000"}, "/value",
         "This contains invisible control characters. Enter it again."),
        ({**RATE, "remark": "a\ud800"}, "/remark", "This contains invisible control characters. Enter it again."),
        ({**RATE, "remark": 5.5}, "/remark", 'remark must be text, such as "…".'),
        ({**RATE, "value": "1e400"}, "/value", "“1e400” has an exponent. Enter the number in full."),
        ({**RATE, "vaule": "95.5"}, "", "There is no field vaule. Did you mean value?"),
        ({**RATE, "q" * 5000: "\u0000"}, "",
         f"There is no field {'q' * 39}…. Available fields: unit, figure, period, value, remark, occurrences"),
        ({**REBOUNDS, "occurrences": {}}, "/occurrences",
         'This must be a list, such as [{"date": "2026-03-15", "place": "…", "what": "…"}].'),
        ({**REBOUNDS, "occurrences": [7]}, "/occurrences/0",
         'This must be an object, such as {"date": "2026-03-15", "place": "…", "what": "…"}.'),
        ({**REBOUNDS, "occurrences": [{**CASE, "photo": [1]}]}, "/occurrences/0/photo",
         'photo must be text, such as "0042".'),
        ({**REBOUNDS, "occurrences": [{**CASE, "date": None}]}, "/occurrences/0/date",
         "There is no date. Enter one, such as 2026-03-15."),
    ],
)  # fmt: skip
def test_a_part_of_another_kind_is_told_at_its_place(tmp_path: Path, entry: Any, where: str, what: str):
    assert flaws(tmp_path, entry) == {f"/values/0{where}": what}


def test_huge_numbers_are_flaws_of_their_own(tmp_path: Path):
    found = said(tmp_path, {**RATE, "value": "9" * 60}, {**REBOUNDS, "value": 10**400})

    assert [flaw.what.localized("en") for flaw in found] == [
        f"“{'9' * 39}…” has 60 digits before the point. At most 15 are allowed. Check it.",
        "This is too long. It must be 200 characters or fewer.",
    ]


def test_a_name_that_stands_twice_is_never_read_over(tmp_path: Path):
    data = b'{"values": [{"unit": "' + JIANWAI.encode() + b'", "figure": "sewage_rate", "value": "1", "value": "2"}]}'

    assert [flaw.localized("en").partition(":")[2] for flaw in read(tmp_path, data).flaws] == [
        "/values/0: value appears twice. Keep one."
    ]


@pytest.mark.parametrize(
    ("document", "where", "what"),
    [
        ([], "", "This must be an object, such as"),
        ("x", "", "This must be an object, such as"),
        ({}, "", "values is missing. Add it."),
        ({"values": {}}, "/values", "This must be a list, such as"),
        ({"values": []}, "/values", "There are no values. Add some and send again."),
        (
            {"values": [0] * (MAX_VALUES + 1)},
            "/values",
            "There are 200001 values and at most 200000 can be sent at once",
        ),
    ],
)
def test_a_document_of_another_shape_says_which_one_it_must_have(tmp_path: Path, document: Any, where: str, what: str):
    (flaw,) = read(tmp_path, document).flaws

    assert place_in_file(flaw.where).removeprefix(str(tmp_path)) in (where, "")
    assert flaw.what.localized("en", **flaw.facts).startswith(what)


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (b'{"values": [}', "1:13", "Not valid JSON from here on. Check quotes, commas and brackets."),
        (b'{"values": []}\n{}', "2:1", "Not valid JSON from here on. Check quotes, commas and brackets."),
        (b"\x00", "1:1", "Not valid JSON from here on. Check quotes, commas and brackets."),
        ('{"值": "\n'.encode() + b"\xff", "2:1", "This is not UTF-8. Send it as UTF-8."),
        ('{"values": []}'.encode("utf-16"), "1:1", "This is not UTF-8. Send it as UTF-8."),
        (
            b"[" * 1_000_000,
            "",
            "There are too many nested levels. Send the structure described in the API documentation.",
        ),
        (
            b'{"a":' * 500_000,
            "",
            "There are too many nested levels. Send the structure described in the API documentation.",
        ),
        (b'{"values": [' + b"0," * 4_000_000, "", "There are too many parts. Send them in several requests."),
    ],
    ids=["broken", "two documents", "a null byte", "latin", "utf-16", "lists", "objects", "too many"],
)
def test_what_is_no_json_is_refused_at_its_line(tmp_path: Path, data: bytes, where: str, what: str):
    place, said_of_it = refusal(tmp_path, data)

    assert (place if where else "", said_of_it) == (where, what)


def test_a_document_that_begins_with_a_mark_of_its_bytes_is_read(tmp_path: Path):
    data = b"\xef\xbb\xbf" + json.dumps({"values": [RATE]}).encode()

    assert [each.millionths for each in read(tmp_path, data).values] == [95_500_000]
