from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from assess.core.actors import Role
from assess.core.errors import NotFound, Refused, Stale
from assess.core.forms import FilledCount
from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services.accounts import Duty
from assess.services.forms.comparing import FieldDifference, Overtaken, overtaken
from assess.services.forms.drafts import save_draft
from assess.services.forms.unit_form import SectionState
from assess.services.stages import move_year
from assess.services.years import year_of
from assess.store.models import Answer, AuditEntry, Draft, Exemption
from assess.store.session import Database
from tests.services.forms import SOIL, an_open_year, form_now, save, year_2026
from tests.years import CHAOWAI, COLLECTED, JIANWAI, NOW, a_person, a_year


def test_a_section_is_kept_as_one_value_a_field_with_its_remark(database: Database):
    people = an_open_year(database)

    version = save(
        database,
        people[JIANWAI],
        {**SOIL, "sorting_join": " ９２．５０% ", "waste_free_cells": "", "pm25": "12", "new_green": "3"},
        remarks={"sorting_join": "  第三方抽样\r\n1200 户 ", "new_green": "x"},
    )

    form = form_now(database, people["colleague"])
    assert version == 1
    assert form.answers == {
        "sorting_join": "92.5",
        "hazard_ledger": "yes",
        "hazard_storage": "no",
        "hazard_contract": "yes",
    }
    assert form.remarks == {"sorting_join": "第三方抽样\n1200 户"}
    assert form.counts["soil"] == FilledCount(4, 5)
    assert {section.id: form.standing(section) for section in form.form.sections if section.id in ("soil", "air")} == {
        "soil": SectionState.IN_PROGRESS,
        "air": SectionState.NOT_STARTED,
    }
    assert (form.draft("soil").saver, form.draft("soil").saved_at) == (JIANWAI, NOW)


def test_a_wrong_answer_is_named_at_its_field_and_nothing_of_the_section_is_kept(database: Database):
    people = an_open_year(database)

    with pytest.raises(Refused) as refused:
        save(
            database,
            people[JIANWAI],
            {**SOIL, "sorting_join": "many", "waste_free_cells": "1.5", "hazard_ledger": "maybe"},
            remarks={"hazard_ledger": "长" * 501, "hazard_storage": "a\x00b"},
        )

    assert sorted(refused.value.fields) == [
        "hazard_ledger",
        "remark-hazard_ledger",
        "remark-hazard_storage",
        "sorting_join",
        "waste_free_cells",
    ]
    with database.reading() as session:
        assert [session.query(each).count() for each in (Draft, Answer)] == [0, 0]
        assert session.query(AuditEntry).filter(AuditEntry.action == "saved").count() == 0


def test_what_only_one_of_two_editors_changed_is_kept_of_both(database: Database):
    people = an_open_year(database)
    base = {"sorting_join": "", "waste_free_cells": "", "hazard_ledger": "", "remark-sorting_join": ""}
    save(database, people[JIANWAI], {"sorting_join": "92.5"}, remarks={"sorting_join": "甲"})

    version = save(
        database,
        people["colleague"],
        {"sorting_join": "", "waste_free_cells": " 3 ", "hazard_ledger": "yes"},
        remarks={"sorting_join": ""},
        base=base,
    )

    form = form_now(database, people["colleague"])
    assert version == 2
    assert form.answers == {"sorting_join": "92.5", "waste_free_cells": "3", "hazard_ledger": "yes"}
    assert form.remarks == {"sorting_join": "甲"}
    with database.reading() as session:
        entries = session.query(AuditEntry).filter(AuditEntry.action == "saved").order_by(AuditEntry.number)
        assert [each.new for each in entries] == [
            {"sorting_join": "92.5", "remark-sorting_join": "甲"},
            {"waste_free_cells": "3", "hazard_ledger": "yes"},
        ]


def test_the_second_of_two_editors_settles_what_both_changed_and_nothing_else(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], {"sorting_join": "80", "hazard_ledger": "no"})
    base = {"sorting_join": "80", "hazard_ledger": "no", "waste_free_cells": "", "remark-sorting_join": ""}
    save(database, people[JIANWAI], {"sorting_join": "92.5", "waste_free_cells": "3"}, remarks={"sorting_join": "甲"},
         seen=1)  # fmt: skip
    typed = {"sorting_join": "90", "waste_free_cells": " 3 ", "hazard_ledger": "yes"}

    with pytest.raises(Stale):
        save(database, people["colleague"], typed, remarks={"sorting_join": "乙"}, seen=1, base=base)

    form = form_now(database, people["colleague"])
    sent = {**typed, "remark-sorting_join": "乙"}
    assert overtaken(form, form.section("soil"), sent, base) == Overtaken(
        [
            FieldDifference(
                "sorting_join", Text("居民垃圾分类参与率", "Share of households that sort"),
                "92.5", "90", Text.same("92.5%"), Text.same("90%"),
            ),
            FieldDifference(
                "remark-sorting_join", Text("居民垃圾分类参与率（备注）", "Share of households that sort (remark)"),
                "甲", "乙", Text.same("甲"), Text.same("乙"),
            ),
        ],
        [
            FieldDifference(
                "hazard_ledger", Text("危险废物产生单位台账齐全", "Producers of hazardous waste keep their ledgers"),
                "no", "yes", Text("否", "no"), Text("是", "yes"),
            ),
        ],
    )  # fmt: skip
    assert save(database, people["colleague"], {"sorting_join": "90"}, seen=2) == 3
    assert form_now(database, people[JIANWAI]).answers == {
        "sorting_join": "90",
        "waste_free_cells": "3",
        "hazard_ledger": "no",
    }


def test_another_units_form_is_not_there(database: Database):
    people = an_open_year(database)

    for actor, unit, section in (
        (people[CHAOWAI], JIANWAI, "soil"),
        (people["office"], JIANWAI, "soil"),
        (people["evaluator"], JIANWAI, "soil"),
        (people[JIANWAI], "110105999", "soil"),
        (people[JIANWAI], JIANWAI, "no-such-section"),
    ):
        with pytest.raises(NotFound):
            save(database, actor, SOIL, unit=unit, section=section)


def test_an_exemption_takes_its_figure_out_of_the_form_of_its_unit_at_once(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL)
    item = form_now(database, people[JIANWAI]).form.fields["sorting_join"].question.items[0].id

    with database.writing() as session:
        session.add(
            Exemption(
                cycle_id=year_2026(session).id,
                unit=JIANWAI,
                item=item,
                reason="无居民小区",
                state="approved",
                asked_by=people[JIANWAI].account,
                asked_at=NOW,
                decided_by=people["office"].account,
                decided_at=NOW,
            )
        )

    form = form_now(database, people[JIANWAI])
    left_out = form.section("soil").not_applicable
    assert [(each.figure, each.reason and each.reason.zh) for each in left_out] == [
        ("sorting_join", "经批准不涉及：无居民小区（批准人：office）")
    ]
    assert "sorting_join" not in form.answers
    assert "sorting_join" in form_now(database, people[CHAOWAI], CHAOWAI).form.fields


def test_nothing_is_saved_after_the_last_day_of_collecting(database: Database):
    people = an_open_year(database)
    last_minute = NOW.replace(month=12, day=10, hour=15, minute=59)

    assert save(database, people[JIANWAI], {"sorting_join": "1"}, now=last_minute) == 1
    with pytest.raises(Refused) as refused:
        save(database, people[JIANWAI], {"sorting_join": "2"}, seen=1, now=last_minute + timedelta(minutes=1))

    assert refused.value.what.en.startswith("Submission closed on 2026-12-10")


def test_two_hundred_saves_at_once_of_forty_units_lose_nothing(database: Database):
    sections = {
        "soil": SOIL,
        "carbon": {"charging_piles": "40", "low_carbon_places": "2"},
        "noise": {"quiet_places": "1"},
        "air": {"catering_cleaned@2026-H1": "98"},
        "governance": {"committee_met": "yes", "volunteer_hours": "100"},
    }
    with database.writing() as session:
        codes = year_of(session, a_year(session, units=40)).units.codes
        actors = {code: a_person(session, code, Duty(Role.OFFICIAL, unit=code)) for code in codes}
    work = [(code, section) for section in sections for code in codes]

    with ThreadPoolExecutor(8) as pool:
        versions = list(
            pool.map(lambda job: save(database, actors[job[0]], sections[job[1]], section=job[1], unit=job[0]), work)
        )

    assert versions == [1] * 200
    wanted = {key: text for answers in sections.values() for key, text in answers.items()}
    for code in codes:
        form = form_now(database, actors[code], code)
        assert form.answers == {key: text for key, text in wanted.items() if key in form.form.fields}


def test_of_many_saves_of_one_draft_exactly_one_wins_each_time(database: Database):
    people = an_open_year(database)
    editors = [people[JIANWAI], people["colleague"]] * 4

    for version in range(3):
        together = Barrier(len(editors))

        def one(number: int, seen: int = version, together: Barrier = together) -> int | None:
            together.wait()
            try:
                return save(database, editors[number], {"sorting_join": str(number)}, seen=seen)
            except Stale:
                return None

        with ThreadPoolExecutor(len(editors)) as pool:
            outcome = list(pool.map(one, range(len(editors))))

        winners = [number for number, saved in enumerate(outcome) if saved is not None]
        assert len(winners) == 1
        assert form_now(database, people[JIANWAI]).answers == {"sorting_join": str(winners[0])}


def test_what_was_typed_before_the_year_moved_on_is_not_saved_after_it(database: Database):
    people = an_open_year(database)
    with database.reading() as session:
        seen = year_2026(session)
    with database.writing() as session:
        move_year(session, people["office"], cycle=year_2026(session), to=Stage.VERIFYING, now=COLLECTED)

    with pytest.raises(Refused) as refused, database.writing() as session:
        save_draft(
            session,
            people[JIANWAI],
            cycle=seen,
            unit=JIANWAI,
            section="soil",
            answers=SOIL,
            remarks={},
            seen=0,
            now=NOW,
        )

    assert refused.value.what.en == (
        "The year moved to the stage Certifying meanwhile, so nothing was saved. Open the page again."
    )
    assert form_now(database, people[JIANWAI]).answers == {}
