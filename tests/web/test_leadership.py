"""What leaders read: interim rankings, then the released result; every unit with what it lost; units side by side."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from io import BytesIO

from flask.testing import FlaskClient
from openpyxl import load_workbook

from assess.core.actors import Actor
from assess.core.runs.kinds import RunKind, RunStanding
from assess.core.workflow import Stage
from assess.services.documents import UploadedFile
from assess.services.previous import accept_results
from assess.services.runs.releasing import release_provisional
from assess.settings import Settings
from assess.store.models import Cycle, Release, Unit
from assess.store.queries import runs as queries
from assess.store.queries.leadership import released_outcomes
from assess.store.session import Database
from tests.files.reading import reader
from tests.queries import counted
from tests.services.appeals import a_noticed_year, make_and_release
from tests.services.forms import year_2026
from tests.services.runs import a_run, a_supplied_year, newest
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.markup import text_of
from tests.web.pages import Page, submit, visit
from tests.years import CHAOWAI, JIANWAI, NOW, VERIFIED

RANKING = "/2026/ranking"
MOST = 12


def seen(client: FlaskClient, path: str = "", language: str | None = None) -> Page:
    """A page of the ranking that asks few queries."""
    with counted(client.application.extensions["database"]) as asked:
        page = visit(client, RANKING + path, language=language)
    assert len(asked) <= MOST, (path, len(asked))
    return page


def know_last_year(database: Database, office: Actor) -> None:
    """Last year the first unit was the sixth of six, the second the first."""
    units = [
        {"unit": unit, "total": total, "rank": rank, "of": 6, "grade": "good", "group": "streets"}
        for unit, total, rank in ((JIANWAI, "71.5", 6), (CHAOWAI, "88", 1))
    ]
    with database.writing() as session:
        document = UploadedFile("results.json", json.dumps({"units": units}).encode())
        accept_results(session, office, cycle=year_2026(session), document=document, now=NOW, reason="a correction")


def totals_of(database: Database) -> dict[str, str]:
    """The totals of the newest run by the names of the units, best first."""
    with database.reading() as session:
        rows = queries.results_of(session, run=newest(database).id)
    return {row.name.en: row.total or "" for row in sorted(rows, key=lambda row: row.rank or 0)}


def losses_of(page: Page, total: str) -> list[str]:
    """What the total lost, whose amounts add up to the full mark less the total."""
    rows = [
        (row[0], Fraction(row[1].replace("−", "-").strip("≈")))
        for row in page.tables["Points lost in the total, largest first"][1:]
    ]
    *parts, (in_all, whole) = rows
    assert in_all == f"Total: full mark 100 less total {total}"
    assert sum(lost for _, lost in parts) == whole == 100 - Fraction(total)
    largest = [lost for _, lost in parts[:5]]
    assert largest == sorted(largest, reverse=True)
    return [title for title, _ in parts]


def column(page: Page, number: int, caption: str = "Streets") -> list[str]:
    """The cells of a column of the ranking."""
    (rows,) = (rows for title, rows in page.tables.items() if re.fullmatch(f"{caption}: \\d+ units", title))
    return [row[number] for row in rows[1:-1]]


def names(page: Page) -> list[str]:
    """The units in the order shown."""
    return re.findall(rf'href="{RANKING}/\d+[^"]*">([^<]+)</a>', page.html)


def test_leaders_see_interim_rankings_then_what_is_released_and_never_a_working_run(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    known = a_supplied_year(database, units=6)
    know_last_year(database, known["office"])
    leader, office = english(sign_in_as("leader")), english(sign_in_as("office"))

    a_run(database, known["office"], settings.uploads)
    for path in ("", "/compare", "/months"):
        assert "interim ranking yet." in seen(leader, path).main
    hidden = ("?run=1", f"/{JIANWAI}", f"/{JIANWAI}?run=1", "/compare?run=1", f"/{JIANWAI}/radar.svg?run=1")
    assert [leader.get(RANKING + path).status_code for path in hidden] == [404] * 5
    assert "No results of this year are released yet." in visit(leader, "/").main

    a_run(database, known["office"], settings.uploads, kind=RunKind.INTERIM, day="2026-11-20")
    page = seen(leader)
    assert "Interim ranking Based on the figures available on 20 November 2026." in page.main
    assert "This is not the result of the year. Interim ranking Worst first" in visit(leader, "/").main
    totals = totals_of(database)
    assert dict(zip(names(page), column(page, 2), strict=True)) == totals
    assert column(page, 0) == ["1", "2", "3", "4", "5", "6"]
    heads = [head.strip("▲▼↕") for head in page.tables["Streets: 6 units"][0]]
    assert heads[:3] == ["Rank", "Unit", "Total score"]
    assert not {"Change of rank", "Grade", "Converted points"} & set(heads)
    assert "Until the data is complete, there is no grade, veto, cap, conversion or change of rank." in page.main
    assert all(re.fullmatch(r"\d+ of \d+", cell) for cell in column(page, heads.index("Figures available")))
    worst = seen(leader, page.links["Worst first"].removeprefix(RANKING))
    assert names(worst) == [*reversed(totals)]
    by_air = seen(leader, "?sort=air&order=descending&group=streets")
    air = [float(cell.strip("≈")) for cell in column(by_air, 3)]
    assert air == sorted(air, reverse=True)
    assert names(seen(leader, "?words=jIanw")) == ["Jianwai Subdistrict"]
    assert "No units match." in seen(leader, "?grade=excellent&words=x").main
    assert [row[0] for row in seen(leader, "/months").tables["Newest first: 1"][1:]] == ["20 November 2026"]

    read_the_unit(database, settings, leader)
    compare(leader)
    set_the_day(office)
    released(database, known["office"], leader)
    english(sign_in_as(JIANWAI))
    for who in (JIANWAI, "evaluator", "receiver"):
        assert sign_in_as(who).get(RANKING).status_code == 403


def read_the_unit(database: Database, settings: Settings, leader: FlaskClient) -> None:
    """Losses, sections, years and months of a unit, in both languages, with its pictures."""
    page = seen(leader, f"/{JIANWAI}")
    years = page.tables["By year, newest first"]
    total = totals_of(database)["Jianwai Subdistrict"]
    assert " others, total" in " ".join(losses_of(page, total))
    assert [row[:3] for row in years[1:]] == [
        ["2026", "Interim ranking", total],
        ["2025", "Last year's results (imported)", "71.5"],
    ]
    assert years[2][3:] == ["–", "–", "–"]
    assert re.search(r"Basis of scoring: \d+ of \d+ figures", page.main)
    (months,) = (rows for title, rows in page.tables.items() if title.startswith("Interim rankings of this year"))
    assert [[row[0], *row[2:4]] for row in months[1:]] == [["20 November 2026", "Interim ranking", total]]
    assert int(months[1][1]) > 0, "items of the unit lack data"
    assert not {"Grade", "Converted points", "Change from last year"} & tiles_on(page)
    assert len(page.tables["Points by section"]) == 11
    pictures = {f"{JIANWAI}/radar": "group average", f"{JIANWAI}/sections": "rate"}
    for picture, told in (*pictures.items(), ("spread", "units")):
        answer = leader.get(f"{RANKING}/{picture}.svg?group=streets")
        assert answer.mimetype == "image/svg+xml"
        assert f">{told}</text>" in answer.text
    assert leader.get(f"{RANKING}/{JIANWAI}/months.svg").status_code == 404, "one month is no line"
    assert leader.get(f"{RANKING}/{JIANWAI}/years.svg").status_code == 404, "incomplete figures are no year's total"
    leader.set_cookie("language", "zh")
    for path in ("", f"/{JIANWAI}", "/months", f"/compare?unit={JIANWAI}&unit={CHAOWAI}"):
        seen(leader, path, language="zh")
    leader.set_cookie("language", "en")


def tiles_on(page: Page) -> set[str]:
    """What the tiles of a page are about."""
    return {text_of(each) for each in page.markup.all("span") if each.get("class") == "assess-tiles__text"}


def test_units_stand_month_by_month_with_the_items_that_lacked_data(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    known = a_supplied_year(database, units=6)
    for day in ("2026-10-20", "2026-11-02", "2026-11-20"):
        a_run(database, known["office"], settings.uploads, kind=RunKind.INTERIM, day=day)
    leader = english(sign_in_as("leader"))

    heads, *rows = seen(leader, "/months").tables["Units by month"]
    assert heads == ["Unit", "20 October 2026", "20 November 2026"]
    assert [(row[0], row[2].split(" (")[0]) for row in rows] == [
        (unit, str(rank)) for rank, unit in enumerate(totals_of(database), 1)
    ]
    assert all(re.fullmatch(r"\d \(\d+\.\d\d\)without data: [1-9]\d*", cell) for row in rows for cell in row[1:])
    unit = seen(leader, f"/{JIANWAI}")
    (own,) = (rows for title, rows in unit.tables.items() if title.startswith("Interim rankings of this year"))
    shown = next(row for row in rows if row[0] == "Jianwai Subdistrict")
    assert [f"without data: {row[1]}" for row in reversed(own[1:])] == [cell.split(")")[1] for cell in shown[1:]]
    assert leader.get(f"{RANKING}/{JIANWAI}/months.svg").status_code == 200
    book = load_workbook(BytesIO(leader.get(f"{RANKING}/months.xlsx").data))
    taken = [cell.value for cell in book["Units by month"]["A"]][-12:]
    assert taken == [unit for unit in totals_of(database) for _month in range(2)]


def compare(leader: FlaskClient) -> None:
    """Two units side by side; the words say what the numbers say."""
    page = seen(leader, f"/compare?unit={JIANWAI}&unit={CHAOWAI}&show=all")
    rows = page.tables["Sections and items"][1:]
    assert [len(row) for row in rows] == [5] * 84
    assert {cell for row in rows for cell in row[2:4] if not cell[0].isdigit()} == {"not applicable", "data missing"}
    for row in (row for row in rows if row[1] != "–" and row[2][0].isdigit() and row[3][0].isdigit()):
        first, second = (Fraction(cell) for cell in row[2:4])
        low, by = ("Chaowai" if first > second else "Jianwai"), f"{float(abs(first - second)):g}"
        told = "Equal" if first == second else f"highest; {low} Subdistrict {by} less"
        assert row[4].endswith(told), row
    assert len(seen(leader, f"/compare?unit={JIANWAI}&unit={CHAOWAI}").tables["Sections and items"]) < len(rows)
    assert "Select two to four units." in seen(leader, f"/compare?unit={JIANWAI}").main
    assert leader.get(f"{RANKING}/compare?unit={JIANWAI}&unit=nobody").status_code == 404


def set_the_day(office: FlaskClient) -> None:
    """The office sets the day of the monthly ranking."""
    page = seen(office, "/months/day")
    assert "Enter a whole number" in submit(office, page.form(), {"day": "31"}, status=422).errors[0]
    assert "One is created automatically each month, on day 15." in submit(office, page.form(), {"day": "15"}).main


def released(database: Database, office: Actor, leader: FlaskClient) -> None:
    """The released run takes the place of interim rankings, which stay readable."""
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: Stage.VERIFYING.value})
        release_provisional(session, office, cycle=year_2026(session), number=1, now=VERIFIED)
    page = seen(leader)
    assert "Provisional Released" in page.main
    assert "Provisional" in visit(leader, "/").main
    assert "is not that result" in seen(leader, "?run=2").main
    with database.writing() as session:
        assert [each.year for each in released_outcomes(session, before=2027, unit=JIANWAI)] == [2026]
        assert released_outcomes(session, before=2026, unit=JIANWAI) == []
        session.query(Cycle).update({Cycle.stage: Stage.VERIFYING.value})
        assert released_outcomes(session, before=2027, unit=JIANWAI) == []
    assert "Interim ranking" in seen(leader).main


def test_the_page_of_a_unit_needs_no_interim_ranking_before_it(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    a_noticed_year(database, settings.uploads, units=3)

    page = seen(english(sign_in_as("leader")), f"/{JIANWAI}")

    assert page.h1 == "Jianwai Subdistrict"


def test_an_item_ranks_all_units_with_their_values_and_leads_to_their_sources(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    a_noticed_year(database, settings.uploads, units=6)
    leader = english(sign_in_as("leader"))

    assert f'href="{RANKING}/items?item=water"' in seen(leader).html
    section = seen(leader, "/items?item=water")
    assert f'href="{RANKING}/items?item=water.sewage"' in section.html
    page = seen(leader, "/items?item=water.sewage")
    ((caption, rows),) = page.tables.items()
    assert caption.startswith("Streets: average ")
    points = [Fraction(row[2]) for row in rows[1:]]
    assert points == sorted(points, reverse=True)
    assert [row[0] for row in rows[1:]] == [str(1 + sum(other > each for other in points)) for each in points]
    assert all("Share of sewage collected and treated" in row[4] for row in rows[1:])
    assert 'id="source-sewage_rate"' in seen(leader, f"/{JIANWAI}").html
    assert f'href="{RANKING}/{JIANWAI}#source-sewage_rate"' in page.html
    assert leader.get(f"{RANKING}/items?item=nothing").status_code == 404


def test_briefs_of_a_provisional_result_say_so_in_either_language(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    a_noticed_year(database, settings.uploads, units=6)
    leader = english(sign_in_as("leader"))

    page = seen(leader, f"/{JIANWAI}")
    for path in (f"/{JIANWAI}/brief.pdf", "/brief.pdf"):
        assert f'href="{RANKING}{path}?language=zh"' in (page if JIANWAI in path else seen(leader)).html
        for language, said in (("zh", "公示稿 · 非最终结果"), ("en", "Provisional – not final")):
            with counted(leader.application.extensions["database"]) as asked:
                answer = leader.get(f"{RANKING}{path}?language={language}")
            assert len(asked) <= MOST
            assert answer.mimetype == "application/pdf"
            assert said in reader(answer.data).pages[0].extract_text()


def test_tables_of_the_pages_are_taken_away_as_workbooks_marked_as_the_result_is(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    a_noticed_year(database, settings.uploads, units=6)
    leader = english(sign_in_as("leader"))
    paths = {
        "?sort=rank&order=descending": "/ranking.xlsx?sort=rank&amp;order=descending",
        "/items?item=water.sewage": "/items.xlsx?item=water.sewage",
        f"/compare?unit={JIANWAI}&unit={CHAOWAI}": f"/compare.xlsx?unit={JIANWAI}&amp;unit={CHAOWAI}",
        f"/{JIANWAI}": f"/{JIANWAI}/tables.xlsx",
    }
    for page, path in paths.items():
        assert f'href="{RANKING}{path}"' in seen(leader, page).html
        book = load_workbook(BytesIO(leader.get(f"{RANKING}{path}".replace("&amp;", "&")).data))
        assert all("Provisional, not final (run 1" in sheet["A2"].value for sheet in book)
        assert {(sheet.page_setup.paperSize, sheet.page_setup.orientation) for sheet in book} == {(8, "landscape")}
    ranks = [row[1].value for row in load_workbook(BytesIO(leader.get(f"{RANKING}/ranking.xlsx").data)).active.rows]
    assert ranks[3:] == [1, 2, 3, 4, 5, 6]
    worst = leader.get(f"{RANKING}/ranking.xlsx?sort=rank&order=descending").data
    assert [row[1].value for row in load_workbook(BytesIO(worst)).active.rows][3:] == [6, 5, 4, 3, 2, 1]
    assert leader.get(f"{RANKING}/compare.xlsx?unit={JIANWAI}").status_code == 404
    assert leader.get(f"{RANKING}/months.xlsx").status_code == 200


def test_units_with_squares_stand_on_a_map_with_its_table_and_others_have_none(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    known = a_supplied_year(database, units=6)
    leader = english(sign_in_as("leader"))
    place_on_a_map(database)
    make_and_release(database, known["office"], settings.uploads)

    assert f'href="{RANKING}/map"' in seen(leader).html
    page = seen(leader, "/map")
    rows = page.tables["From north to south: 5 units"][1:]
    totals = totals_of(database)
    assert [row[1:3] for row in rows] == [["1", "1"], ["1", "2"], ["2", "1"], ["2", "2"], ["3", "1"]]
    assert [row[4] for row in rows] == [totals[row[0]] for row in rows]
    assert "Without a square:" in page.main
    drawn = leader.get(f"{RANKING}/map.svg").text
    assert all(f">{row[4]}</text>" in drawn and f">{row[5]}</text>" in drawn for row in rows)
    water = seen(leader, "/map?by=water").tables["From north to south: 5 units"]
    assert water[0][4] == "Water"
    assert all(f">{row[4]}</text>" in leader.get(f"{RANKING}/map.svg?by=water").text for row in water[1:])
    assert leader.get(f"{RANKING}/map?by=nothing").status_code == 404


def place_on_a_map(database: Database) -> None:
    """All units but the last get a square, two in a row."""
    with database.writing() as session:
        units = session.query(Unit).order_by(Unit.place).all()
        for place, unit in enumerate(units):
            row, column = ("", "") if unit is units[-1] else (str(place // 2 + 1), str(place % 2 + 1))
            unit.attributes = {**unit.attributes, "map_row": row, "map_column": column}


def test_a_year_whose_list_of_units_has_no_squares_has_no_map(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    a_noticed_year(database, settings.uploads, units=3)
    leader = english(sign_in_as("leader"))

    assert f"{RANKING}/map" not in seen(leader).html
    assert leader.get(f"{RANKING}/map").status_code == 404


def test_a_unit_is_compared_with_last_years_final_result_where_that_is_known_here(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    people = a_noticed_year(database, settings.uploads, units=3)
    leader = english(sign_in_as("leader"))

    assert "Change of the total since last year" not in seen(leader, f"/{JIANWAI}").main
    finish_last_year(database, people["office"])
    page = seen(leader, f"/{JIANWAI}")

    (causes,) = (rows for title, rows in page.tables.items() if title.startswith("Total "))
    assert causes[-1] == ["In all", "", "0.00"]
    assert {row[-1] for row in page.tables["Points by section"][1:]} == {"0.00"}


def finish_last_year(database: Database, office: Actor) -> None:
    """Last year is final with the very result of this one."""
    with database.writing() as session:
        last = Cycle(year=2025, title_zh="2025", title_en="2025", stage=Stage.ARCHIVED.value, created_at=NOW)
        session.add(last)
        session.flush()
        run = newest(database).id
        session.add(
            Release(
                cycle_id=last.id, run_id=run, standing=RunStanding.FINAL.value, words="", move_id=None,
                released_by=office.account, released_at=NOW,
            )
        )  # fmt: skip
