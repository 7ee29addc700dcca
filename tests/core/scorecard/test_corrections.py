"""A card says which figures a ruling put right, under the numbers of its list of data, in both languages."""

from __future__ import annotations

from assess.core.runs.frozen import FrozenValue
from assess.core.runs.kinds import Origin
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import CardCorrection
from assess.core.sources import Decided, Source, StatedFigure
from assess.core.text import Text
from tests.builders import a_sheet, a_unit, an_item, score
from tests.files.reading import faults, text_of
from tests.files.written_cards import a_document

ITEMS = [an_item(id=name, figure=name, points=10) for name in ("first", "second")]
BY = Text("裁定 2026-5（李建国 2027-01-28）", "Ruling 2026-5 (李建国 2027-01-28)")


def decided() -> Source:
    """The source of a figure as the frozen inputs of a run tell it."""
    given = {"place": "裁定 2026-5 / Ruling 2026-5", "by": "李建国", "at": "2027-01-28"}
    return FrozenValue("a", "second", "", "3", Origin.RULING, **given).source


def test_a_figure_that_was_put_right_is_told_with_its_ruling_on_the_card_and_in_its_list_of_data():
    result = score(a_sheet(*ITEMS), {"a": a_unit(first=1, second=3), "b": a_unit(first=2, second=4)})
    table = result.lines.results.inputs.figures
    (second,) = table.layers["second"]
    table.places = lambda row, _column: decided() if row == second.rows[0] else StatedFigure("王芳 2026-11-28")
    card = BookMaker(result.lines).card(0)

    assert decided() == Decided(*BY)
    assert card.corrections == (CardCorrection(2, Text.same("second"), Text.same("3"), BY),)
    for language in ("zh", "en"):
        document = a_document(card, language=language)
        said = " ".join(text_of(document).split())
        assert said.count(BY.localized(language)) == 2
        assert faults(document) == []
