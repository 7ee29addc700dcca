"""A new finding as it is typed: what may be chosen, what must be written, where it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assess.core.findings.catalogue import FindingType, catalogue_of
from assess.core.findings.filing import ReadFinding, TypedFinding, read_finding
from assess.core.findings.places import MapPoint, metres_between, place_key, read_point
from assess.core.text import Text
from tests.builders import a_section, a_sheet, an_item
from tests.core.test_finding_measures import a_ledger_figure

TODAY = date(2026, 6, 30)
PLAIN = TypedFinding("a", "patrol", "dust", " 渣土未苫盖 ", "建国路 88 号", "2026-06-29")


def a_catalogue(**findings: dict[str, str]) -> Any:
    """The catalogue of a sheet whose figures of the ledger are narrowed so."""
    figures = {name: a_ledger_figure("opened", findings=narrowed) for name, narrowed in findings.items()}
    items = [an_item("direct", id=f"n.{name}", figure=name) for name in (*figures, "f")]
    return catalogue_of(a_sheet(a_section(*items), figures={"f": {"kind": "number"}, **figures}))


def read(**changed: str) -> ReadFinding | dict[str, Text]:
    return read_finding(PLAIN._replace(**changed), a_catalogue(), units=("a", "b"), year=2026, today=TODAY)


def said(**changed: str) -> dict[str, str]:
    """What is wrong by field, in English."""
    wrong = read(**changed)
    assert isinstance(wrong, dict)
    return {field: what.en for field, what in wrong.items()}


def test_a_finding_is_kept_as_it_was_typed_without_blanks_around():
    point = {"latitude": "39.92180049", "longitude": " 116.4432 "}

    assert read(**point, deadline="2026/7/9", standard=" 8 级 ", responsible="王某") == ReadFinding(
        "a", "patrol", "dust", "air", "渣土未苫盖", "建国路 88 号", date(2026, 6, 29), "8 级", "王某",
        MapPoint(39_921_800, 116_443_200), date(2026, 7, 9),
    )  # fmt: skip


def test_what_was_found_may_wait_for_its_deadline_and_its_point():
    found = read()
    assert isinstance(found, ReadFinding)
    assert (found.deadline, found.point) == (None, None)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"unit": "c"}, {"unit": "Select a unit from the list."}),
        ({"unit": ""}, {"unit": "Select a unit from the list."}),
        ({"source": "rumour"}, {"source": "Select the source of the finding."}),
        ({"kind": "<script>"}, {"kind": "Select the type of finding."}),
        ({"domain": "fire"}, {"domain": "Select a domain from the list."}),
        ({"what": " \u3000"}, {"what": "Enter what was found."}),
        ({"what": "字" * 1001}, {"what": "Must be 1000 characters or fewer. It has 1001."}),
        ({"place": ""}, {"place": "Enter where it was found."}),
        ({"place": "——。"}, {"place": "Enter the place: the road, the number or the stretch of river."}),
        ({"place": "a\x00b"}, {"place": "This contains invisible control characters. Enter it again."}),
        ({"standard": "x" * 501}, {"standard": "Must be 500 characters or fewer. It has 501."}),
        ({"responsible": "x" * 101}, {"responsible": "Must be 100 characters or fewer. It has 101."}),
        ({"found_on": ""}, {"found_on": "Enter the date the problem was found."}),
        ({"found_on": "2026-07-01"}, {"found_on": "The date cannot be later than today, 2026-06-30."}),
        (
            {"found_on": "2025-12-31"},
            {"found_on": "The date must be in 2026. Record findings of other years in their own year."},
        ),
        ({"found_on": "yesterday"}, {"found_on": "“yesterday” is not a date. Enter it as in 2026-12-31."}),
        ({"deadline": "soon"}, {"deadline": "“soon” is not a date. Enter it as in 2026-12-31."}),
        ({"latitude": "39.9"}, {"longitude": "Enter both the latitude and the longitude, or neither."}),
        (
            {"latitude": "116.4", "longitude": "39.9"},
            {
                "latitude": "116.4 is outside China (3 to 54). Check whether latitude and longitude were swapped.",
                "longitude": "39.9 is outside China (73 to 136). Check whether latitude and longitude were swapped.",
            },
        ),
        (
            {"latitude": "39.9%", "longitude": "233/2"},
            {
                "latitude": "Enter decimal degrees, such as 39.921800.",
                "longitude": "Enter decimal degrees, such as 116.443200.",
            },
        ),
        (
            {"latitude": "1e1", "longitude": "NaN", "kind": ""},
            {
                "kind": "Select the type of finding.",
                "latitude": "Enter decimal degrees, such as 39.921800.",
                "longitude": "Enter decimal degrees, such as 116.443200.",
            },
        ),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(changed: dict[str, str], wrong: dict[str, str]):
    assert said(**changed) == wrong


def test_only_what_is_of_no_kind_takes_another_domain():
    domains = [read(kind=kind, domain="water") for kind in ("dust", "other")]
    assert [each.domain for each in domains if isinstance(each, ReadFinding)] == ["air", "water"]


def test_the_sheet_of_a_year_adds_the_kinds_domains_and_sources_that_its_figures_name():
    found = a_catalogue(
        a={"kind": "dust"}, b={"kind": "idling"}, c={"kind": "idling", "domain": "traffic"}, d={"source": "drone"}
    )

    assert found.kinds["idling"] == FindingType("idling", Text.same("idling"), "traffic")
    assert list(found.kinds)[-2:] == ["idling", "other"]
    assert found.kinds["dust"] == a_catalogue().kinds["dust"]
    assert (found.domain_called("traffic"), found.source_called("drone")) == (Text.same("traffic"), Text.same("drone"))
    assert list(a_catalogue().domains) == ["air", "water", "soil", "noise", "ecology", "other"]
    assert a_catalogue().kind_called("of last year") == Text.same("of last year")


def test_points_are_as_far_apart_as_the_ground_says():
    one, other = read_point("39.921800", "116.443200"), read_point("39.922698", "116.443200")
    east, far = read_point("39.9218", "116.444374"), read_point("31.2304", "121.4737")
    assert isinstance(one, MapPoint)
    assert isinstance(other, MapPoint)
    assert isinstance(east, MapPoint)
    assert isinstance(far, MapPoint)

    assert [metres_between(one, each) for each in (one, other, east)] == [0, 100, 100]
    assert metres_between(one, far) == metres_between(far, one) == pytest.approx(1_066_000, rel=0.01)


@pytest.mark.parametrize("place", ["建国路８８号", " 建国路 88 号\u200b", "建国路\u300088号"])
def test_places_are_compared_without_blanks_and_width(place: str):
    assert place_key(place) == place_key("建国路88号")
