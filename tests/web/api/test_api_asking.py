"""What a system has to send: the figures of its department, the units, the last day."""

from __future__ import annotations

from tests.web.api.calling import EVIDENCE, System
from tests.years import JIANWAI


def test_a_system_asks_what_it_has_to_send(system: System):
    found = system.get(EVIDENCE.replace("evidence", "figures"))
    assert (found.status, found.body["title"], found.body["closed"], found.body["last_day"]) == (
        200, "District Water Bureau", None, "2099-12-31",
    )  # fmt: skip
    figures = {figure["id"]: figure for figure in found.body["figures"]}
    assert figures["sewage_rate"] == {
        "id": "sewage_rate", "title": "Share of sewage collected and treated", "kind": "percent", "unit": "%",
        "periods": ["2026"], "decimals": 1, "least": "0", "most": "100", "choices": [],
    }  # fmt: skip
    assert figures["water_rebounds"]["periods"] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert figures["water_class"]["choices"] == ["II", "III", "IV", "V", "劣V worse"]
    assert found.body["units"][0] == {"code": JIANWAI, "name": "Jianwai Subdistrict"}
    assert system.get(EVIDENCE.replace("water-bureau/evidence", "housing/figures")).status == 403

    chinese = system.get(EVIDENCE.replace("evidence", "figures"), headers={"Accept-Language": "zh"})
    assert (chinese.body["title"], chinese.body["units"][0]["name"]) == ("区水务局", "建外街道")
