"""Rankings, units and comparisons for leaders and the office; each chart is a picture beside its table."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.errors import NotFound
from assess.core.scorecard.content import CardRow
from assess.core.text import Text
from assess.core.workflow import Act, is_allowed
from assess.services.leadership import (
    RankingInView,
    RankingView,
    View,
    chosen_view,
    compare_units,
    groups_of,
    item_page,
    ranking,
    shown_sections,
    unit_page,
    view_of,
)
from assess.services.leadership.comparing import FEWEST, MOST
from assess.services.leadership.drawing import (
    TINTS,
    drawn_bars,
    drawn_radar,
    drawn_spread,
    drawn_trend,
    has_radar,
    has_trend,
    spread_of,
    tint_of,
)
from assess.services.leadership.mapping import MapPage, drawn_map, grade_tints, has_map, map_page
from assess.services.leadership.months import month_table
from assess.services.runs import monthly
from assess.web.filters import headed, localized
from assess.web.forms.leadership import (
    DOWN,
    UNITS,
    CompareUnitsForm,
    ItemChoiceForm,
    MapForm,
    MonthDayForm,
    RankingForm,
    ResultChoiceForm,
)
from assess.web.ledger_links import lists_behind
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, language, now, reader, settings
from assess.web.submission import status_of, submission

NO_CHART = Text("得分数据不足，不能绘图。", "There are too few scores for a chart.")

bp = Blueprint("leadership", __name__, url_prefix="/<year:year>/ranking")


@bp.route("")
@Page(Right.SEE_ALL_RESULTS, title=_l("Ranking"), area=Area.RESULTS, place=160)
def listing(year: int) -> ResponseReturnValue:
    """The ranking of each group, narrowed and sorted as the address says."""
    form = RankingForm.of_address()
    view = view_of(reader(), actor(), cycle=current_cycle(), number=form.number)
    if view is None:
        return render_template("leadership/nothing.html")
    wanted, asked, number = form.wanted, form.asked, page_asked_for()
    found = ranking(reader(), view, wanted, folder=settings().uploads)
    form.offer(found)
    return render_template(
        "leadership/listing.html",
        found=found,
        part=found.part(slice((number - 1) * SIZE, number * SIZE)),
        paging=page_of(number, found.number),
        view=view,
        narrowed=form,
        asked=asked,
        headings=headings(found, wanted, asked),
        worst_first=wanted.by == "rank" and wanted.descending,
        spread_of=spread_of,
        has_map=has_map(view, folder=settings().uploads),
        run=form.run.data or None,
        **heat(),
    )


def heat() -> dict[str, object]:
    """What tables of score rates are tinted by."""
    return {"tint_of": tint_of, "tints": TINTS}


def headings(found: RankingInView, wanted: RankingView, asked: dict[str, str]) -> list[dict[str, object]]:
    """The headings of a ranking, each with the address that sorts by it; by the same again the other way round."""
    unit = next((group.table.unit for group, _rows in found.groups), None)
    columns = [("rank", _("Rank"), True), ("unit", _("Unit"), False), ("total", headed(_("Total score"), unit), True)]
    columns += [("change", _("Change of rank"), True)] if found.has_before else []
    columns += [("grade", _("Grade"), False)] if found.grades else []
    columns += [("converted", _("Converted points"), True)] if found.has_converted else []
    first = len(columns)
    columns += [(node, localized(title), True) for node, title in found.sections]
    unsorted = ([_("Figures available")] if found.view.is_interim else []) + [_("Range of ranks")]
    shown = [heading(name, text, is_number, wanted, asked) for name, text, is_number in columns]
    for each in shown[first:]:
        each["more"] = url_for("leadership.items", item=each["name"], run=asked.get("run"))
    return shown + [{"text": text} for text in unsorted]


def heading(name: str, text: str, is_number: bool, wanted: RankingView, asked: dict[str, str]) -> dict[str, object]:
    """One heading; points come highest first, places and names in their order."""
    ordered = name in ("rank", "unit", "grade")
    is_here = wanted.by == name
    down = not wanted.descending if is_here else not ordered
    sorting = {"sort": name, "order": DOWN if down else "ascending"}
    href = url_for("leadership.listing", **{**asked, **sorting})  # type: ignore[arg-type]
    sorted_ = (DOWN if wanted.descending else "ascending") if is_here else None
    return {"name": name, "text": text, "numeric": is_number, "href": href, "sorted": sorted_}


@bp.route("/<unit>")
@Page(Right.SEE_ALL_RESULTS)
def unit(year: int, unit: str) -> ResponseReturnValue:
    """One unit: its scorecard on screen, its largest losses, and how it stood before."""
    form, view = view_in_address()
    page = unit_page(reader(), view, unit, folder=settings().uploads)
    form.offer_runs(view)
    return render_template(
        "leadership/unit.html",
        page=page,
        view=view,
        card=page.card,
        narrowed=form,
        run=form.run.data or None,
        has_radar=has_radar(page.sections),
        has_trend=has_trend,
        lists=lists_behind(page.sheet, unit),
        **heat(),
    )


def view_in_address() -> tuple[ResultChoiceForm, View]:
    """The result that the address names, or the one that counts."""
    form = ResultChoiceForm(flask_request.args)
    return form, chosen_view(reader(), actor(), cycle=current_cycle(), number=form.number)


@bp.route("/items")
@Page(Right.SEE_ALL_RESULTS)
def items(year: int) -> ResponseReturnValue:
    """One section or item of all units, each group ranked by it, with the values behind it."""
    form, number = ItemChoiceForm(flask_request.args), page_asked_for()
    view = chosen_view(reader(), actor(), cycle=current_cycle(), number=form.number)
    part = slice((number - 1) * SIZE, number * SIZE)
    page = item_page(view, form.item.data or "", part, folder=settings().uploads)
    form.offer_runs(view)
    form.offer_items(page)
    return render_template(
        "leadership/items.html",
        page=page,
        view=view,
        narrowed=form,
        paging=page_of(number, page.count),
        run=form.run.data or None,
        **heat(),
    )


@bp.route("/map")
@Page(Right.SEE_ALL_RESULTS)
def tiles(year: int) -> ResponseReturnValue:
    """The units on a map of squares, coloured by grade or by a section, with the same in a table."""
    form, view, page = map_in_address()
    form.offer_runs(view)
    form.offer_sections(page)
    return render_template(
        "leadership/map.html",
        page=page,
        view=view,
        narrowed=form,
        run=form.run.data or None,
        grade_tints=grade_tints(page),
        **heat(),
    )


@bp.route("/map.svg")
@Page(Right.SEE_ALL_RESULTS)
def tiles_picture(year: int) -> ResponseReturnValue:
    """The map as a picture."""
    _form, _view, page = map_in_address()
    return picture(drawn_map(page, language()))


def map_in_address() -> tuple[MapForm, View, MapPage]:
    """The map of the result that the address names, by grade or by its section."""
    form = MapForm(flask_request.args)
    view = chosen_view(reader(), actor(), cycle=current_cycle(), number=form.number)
    return form, view, map_page(view, form.by.data or "", folder=settings().uploads)


@bp.route("/compare")
@Page(Right.SEE_ALL_RESULTS)
def compare(year: int) -> ResponseReturnValue:
    """Two to four units side by side, what parts them in words; all items where the address asks for them."""
    args = flask_request.args
    form, folder = CompareUnitsForm(args), settings().uploads
    view = view_of(reader(), actor(), cycle=current_cycle(), number=form.number)
    if view is None:
        return render_template("leadership/nothing.html")
    found = ranking(reader(), view, RankingView(), folder=folder)
    units = list(dict.fromkeys(each for each in (*args.getlist("unit"), *map(args.get, UNITS)) if each))
    fits = FEWEST <= len(units) <= MOST
    compared = compare_units(view, units, folder=folder) if fits else None
    form.offer_runs(view)
    form.offer_units(found, units)
    return render_template(
        "leadership/compare.html",
        view=view,
        narrowed=form,
        fields=[form[name] for name in UNITS],
        found=compared,
        units=units,
        every=args.get("show") == "all",
        most=MOST,
        run=form.run.data or None,
        **heat(),
    )


@bp.route("/months")
@Page(Right.SEE_ALL_RESULTS)
def months(year: int) -> ResponseReturnValue:
    """The interim rankings of the year, and when the next is made by itself."""
    cycle = current_cycle()
    view = view_of(reader(), actor(), cycle=cycle)
    gathers, number = is_allowed(cycle.stage, Act.SUPPLY), page_asked_for()
    table = None if view is None else month_table(reader(), view, folder=settings().uploads)
    units = () if table is None else table.rows
    return render_template(
        "leadership/months.html",
        rows=() if view is None else view.interims,
        table=table,
        units=units[(number - 1) * SIZE : number * SIZE],
        paging=page_of(number, len(units)),
        plan=monthly.plan_of(reader(), cycle),
        gathers=gathers,
        may_set=gathers and actor().may(Right.ADMINISTER),
    )


@bp.route("/months/day", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def month_day(year: int) -> ResponseReturnValue:
    """On which day of each month a ranking is made by itself; set when the button is pressed."""
    cycle = current_cycle()
    form = MonthDayForm(data={"day": str(monthly.plan_of(reader(), cycle).day or "")})
    if done := submission(
        form, lambda: monthly.set_day(db(), actor(), cycle=cycle, day=form.day.data or "", now=now())
    ):
        return done.redirect(url_for("leadership.months"), _("The day is set."))
    return render_template("leadership/month_day.html", form=form), status_of(form)


@bp.route("/<unit>/sections.svg")
@Page(Right.SEE_ALL_RESULTS)
def bars(year: int, unit: str) -> ResponseReturnValue:
    """The score rates of a unit beside the means of its group."""
    return picture(drawn_bars(sections_in_view(unit), language()))


@bp.route("/<unit>/radar.svg")
@Page(Right.SEE_ALL_RESULTS)
def radar(year: int, unit: str) -> ResponseReturnValue:
    """The same as a radar."""
    return picture(drawn_radar(sections_in_view(unit), language()))


@bp.route("/<unit>/<any(years, months):span>.svg")
@Page(Right.SEE_ALL_RESULTS)
def trend(year: int, unit: str, span: str) -> ResponseReturnValue:
    """The totals of a unit over the years, or over the months of this one."""
    _form, view = view_in_address()
    page = unit_page(reader(), view, unit, folder=settings().uploads)
    pasts = page.comparable_years if span == "years" else page.months
    return picture(drawn_trend(pasts, language(), page.sheet.unit_of_result))


@bp.route("/spread.svg")
@Page(Right.SEE_ALL_RESULTS)
def spread(year: int) -> ResponseReturnValue:
    """How the totals of a group are spread."""
    _form, view = view_in_address()
    groups = {each.id: each for each in groups_of(view.run, folder=settings().uploads)}
    group = groups.get(flask_request.args.get("group", ""))
    return picture(None if group is None else drawn_spread(group.table, language()))


def sections_in_view(unit: str) -> list[CardRow]:
    """The rows that the charts of a unit show."""
    _form, view = view_in_address()
    return shown_sections(view.run, unit, folder=settings().uploads)


def picture(drawn: str | None) -> Response:
    """A chart as an image that may load nothing and run nothing."""
    if drawn is None:
        raise NotFound(NO_CHART)
    answer = Response(drawn, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
