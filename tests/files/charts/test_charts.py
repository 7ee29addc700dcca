from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest

from assess.core.text import Text
from assess.files.charts.distribution import distribution, ranges_of, round_step
from assess.files.charts.heat import is_low, tint_of
from assess.files.charts.radar import radar, radar_fits
from assess.files.charts.shares import SectionBar, share_bars
from assess.files.charts.svg import to_svg
from assess.files.charts.trend import TrendPoint, trend, trend_fits
from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Polygon, StraightLine
from assess.files.pdf_style.fonts import width_of
from tests.files.cards import SECTIONS
from tests.files.long_cards import NAME


def a_share(title: Text = SECTIONS[0], rate: str | None = "3/4", mean: str | None = "1/2") -> SectionBar:
    return SectionBar(title, None if rate is None else "15.00", "20", rate and Fraction(rate), mean and Fraction(mean))


def labels(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, ChartLabel)]


def outside(drawing: Drawing) -> list[str]:
    """Labels that leave their drawing."""
    found = []
    for shape in drawing.shapes:
        if isinstance(shape, ChartLabel):
            width = width_of(shape.text, shape.size, shape.bold)
            left = shape.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor] * width
            if left < -1 or left + width > drawing.wide + 1 or not 0 <= shape.y <= drawing.high:
                found.append(shape.text)
    return found


def test_bars_are_as_long_as_the_rates_and_have_their_numbers_beside():
    drawing = share_bars([a_share(), a_share(SECTIONS[1], rate="1/4")], "zh", wide=400)

    lengths = [shape.wide for shape in drawing.shapes if isinstance(shape, Box)]
    assert lengths[0] / lengths[1] == pytest.approx(3 / 2)
    assert lengths[0] / lengths[2] == pytest.approx(3)
    assert labels(drawing)[6:] == [
        *("大气污染防治", "15.00 / 20", "75.0%", "50.0%"),
        *("水污染防治", "15.00 / 20", "25.0%", "50.0%"),
    ]


def test_rates_outside_nothing_and_everything_stay_in_the_frame_and_keep_their_number():
    drawing = share_bars([a_share(rate="-1/4", mean="9/8"), a_share(rate="1", mean=None)], "en")

    lengths = [shape.wide for shape in drawing.shapes if isinstance(shape, Box)]
    assert lengths[0] == 0
    assert lengths[1] == lengths[2]
    assert [text for text in labels(drawing) if text.endswith("%")][3:] == ["-25.0%", "112.5%", "100.0%"]


def test_points_too_long_for_their_column_leave_room_for_the_bars():
    share = SectionBar(NAME, "-1234567.123456789", "33.3333333333333", Fraction(1), Fraction(1))

    drawing = share_bars([share], "zh", wide=295)

    bars = [shape for shape in drawing.shapes if isinstance(shape, Box)]
    [points] = [shape for shape in drawing.shapes if isinstance(shape, ChartLabel) and shape.text.startswith("-")]
    assert points.x - width_of(points.text, points.size) > bars[0].x + bars[0].wide
    assert bars[0].wide > 30


def test_a_section_without_a_score_has_no_bar_but_a_dash():
    drawing = share_bars([a_share(rate=None)], "zh")

    assert "— / 20" in labels(drawing)
    assert [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.high == 5] == []


def test_a_radar_has_an_axis_for_every_scored_section_only():
    shares = [a_share(title) for title in SECTIONS[:4]] + [a_share(SECTIONS[4], rate=None)]

    areas = [shape for shape in radar(shares, "zh").shapes if isinstance(shape, Polygon)]

    assert {len(shape.points) for shape in areas} == {4}
    assert "生态保护" not in labels(radar(shares, "zh"))


def test_four_sections_are_too_few_for_a_radar_and_seventeen_too_many():
    assert [radar_fits([a_share()] * count) for count in (4, 5, 16, 17)] == [False, True, True, False]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("titles", [SECTIONS, [NAME] * 16], ids=["usual", "long"])
def test_no_label_leaves_its_chart(titles: list[Text], language: str):
    shares = [a_share(title) for title in titles]
    bounds = [(title, Fraction(50 + at)) for at, title in enumerate(titles)]

    assert outside(share_bars(shares, language)) == []
    assert outside(radar(shares, language, wide=186)) == []
    assert outside(distribution([Fraction(50), Fraction(80)], bounds, language)) == []


def test_totals_are_counted_in_ranges_of_a_round_width():
    totals = [Fraction(value) for value in ("70", "71.99", "72", "85.2", "101.9")]

    ranges = ranges_of(totals)

    assert {each.end - each.begin for each in ranges} == {Fraction(2)}
    assert [(each.begin, each.units) for each in ranges if each.units] == [(70, 2), (72, 1), (84, 1), (100, 1)]


def test_equal_totals_stand_in_one_range_with_blank_ones_around():
    ranges = ranges_of([Fraction("95.2")] * 3)

    assert [(each.begin, each.units) for each in ranges if each.units] == [(95, 3)]
    assert len(ranges) == 8


@pytest.mark.parametrize(
    ("least", "step"), [("0.001", "0.01"), ("0.15", "0.2"), ("0.2", "0.5"), ("3", "5"), ("70", "100")]
)
def test_steps_are_one_two_or_five_times_a_power_of_ten(least: str, step: str):
    assert round_step(Fraction(least)) == Fraction(step)


def test_the_bounds_of_the_grades_and_one_unit_are_marked():
    bounds = [(Text("优秀", "Excellent"), Fraction(90)), (Text("合格", "Pass"), Fraction(60))]

    drawing = distribution([Fraction(88), Fraction(91)], bounds, "zh", marked=Fraction("88.5"))

    assert [shape for shape in labels(drawing) if shape in ("优秀", "合格")] == ["优秀"]
    assert len([shape for shape in drawing.shapes if isinstance(shape, Polygon)]) == 1


def test_tints_rise_with_the_rate_and_low_ones_are_set_apart():
    rates = [Fraction(part, 100) for part in (95, 90, 85, 75, 65, 59)]

    assert [tint_of(rate) for rate in rates] == ["#a9c7e8", "#a9c7e8", "#c9dcf1", "#e4eef8", "#ffffff", "#d9d9d9"]
    assert [is_low(rate) for rate in (Fraction(6, 10), Fraction(59, 100), None)] == [False, True, False]
    assert tint_of(None) is None


def test_a_drawing_is_the_same_in_svg_with_y_downwards():
    drawing = Drawing(
        100,
        50,
        "得分 <率>",
        (
            StraightLine(0, 0, 100, 50, "#111111", 0.5, (2, 1)),
            Box(10, 5, 20, 10, fill="#1c4f91"),
            Polygon(((0, 0), (10, 0), (5, 5)), None, "#7d858f", 1),
            ChartLabel(50, 25, "A & B", 7, anchor="end"),
        ),
    )

    assert to_svg(drawing).splitlines()[1:] == [
        "<title>得分 &lt;率&gt;</title>",
        '<line x1="0.00" y1="50.00" x2="100.00" y2="0.00" stroke="#111111" stroke-width="0.5" stroke-dasharray="2 1"/>',
        '<rect x="10.00" y="35.00" width="20.00" height="10.00" fill="#1c4f91"/>',
        '<polygon points="0.00,50.00 10.00,50.00 5.00,45.00" fill="none" stroke="#7d858f" stroke-width="1"/>',
        '<text x="50.00" y="25.00" font-size="7" text-anchor="end" fill="#111111">A &amp; B</text>',
        "</svg>",
    ]


def test_every_chart_is_well_formed_svg_without_styles_or_scripts():
    shares = [a_share(title) for title in SECTIONS]
    charts = [share_bars(shares, "zh"), radar(shares, "en"), distribution([Fraction(80)], [], "zh")]

    for root in (ElementTree.fromstring(to_svg(chart)) for chart in charts):
        assert root.attrib["role"] == "img"
        assert [each for each in root.iter() if "style" in each.attrib or each.tag.endswith(("style", "script"))] == []


def test_a_line_of_totals_rises_and_falls_as_they_do_and_a_level_one_is_level():
    points = [
        TrendPoint(f"2026-{month:02}", Fraction(total), total) for month, total in enumerate(("60", "75.5", "71"), 1)
    ]
    drawn = trend(points, "zh")
    dots = [shape.y for shape in drawn.shapes if isinstance(shape, Box)]
    level = trend([TrendPoint("2025", Fraction(80), "80"), TrendPoint("2026", Fraction(80), "80")], "en")

    assert labels(drawn) == ["2026-01", "2026-02", "2026-03", "60", "75.5", "71"]
    assert outside(drawn) == outside(level) == []
    assert dots[0] < dots[2] < dots[1]
    assert len({shape.y for shape in level.shapes if isinstance(shape, Box)}) == 1
    assert [trend_fits(points[:count]) for count in (0, 1, 2)] == [False, False, True]
    many = [TrendPoint(str(year), Fraction(year), str(year)) for year in range(2000, 2030)]
    assert labels(trend(many, "en"))[:12] == [str(year) for year in range(2018, 2030)]


def test_a_line_of_money_says_what_totals_are_counted_in():
    points = [TrendPoint("2025", Fraction(80), "80"), TrendPoint("2026", Fraction(90), "90")]
    drawn = trend(points, "en", unit=Text("元", "yuan"))

    assert drawn.title == "Change of the total (yuan)"
    assert "yuan" in labels(drawn)
