from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from assess.core.scorecard.content import BridgeStep
from assess.core.scorecard.paper import card_on_paper, on_paper, table_on_paper
from assess.core.text import Text
from tests.files.cards import a_card
from tests.files.rankings import a_ranked, a_table


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("11.4191304347826", "≈11.4191"),
        ("93.73", "93.73"),
        ("100", "100"),
        ("0.123456", "0.123456"),
        ("0.1234567", "≈0.1235"),
        ("2.00000004", "≈2"),
        ("-2.5", "−2.5"),
        ("+1.850612244898", "≈+1.8506"),
        ("-0.000612244898", "≈−0.0006"),
        ("≈1.4182", "≈1.4182"),
        ("—", "—"),
    ],
)
def test_pages_cut_numbers_of_more_than_six_decimals_and_have_true_minus_signs(text: str, paper: str):
    assert on_paper(text) == paper


def test_numbers_in_a_sentence_are_cut_and_what_is_no_number_stays():
    assert on_paper("再得0.580869565217391分，同比≈-5.1151%，2026-01 至 2026-12，见 a-b.1234567890") == (
        "再得≈0.5809分，同比≈−5.1151%，2026-01 至 2026-12，见 a-b.1234567890"
    )


def test_a_card_on_paper_has_short_numbers_everywhere_and_the_card_itself_keeps_all_digits():
    card = a_card(2, 1, total="11.4191304347826", bridge=(BridgeStep(Text.same("折算"), "-0.000612244898"),))
    row = replace(card.rows[1], points="1.41913043478261", lost="≈0.5809", why=Text.same("得 1.41913043478261 分"))
    card = replace(card, rows=(card.rows[0], row), losses=(row,), missing=(row,))

    paper = card_on_paper(card)
    short = replace(row, points="≈1.4191", why=Text.same("得 ≈1.4191 分"))

    assert paper == replace(
        card,
        total="≈11.4191",
        bridge=(BridgeStep(Text.same("折算"), "≈−0.0006"),),
        rows=(card.rows[0], short),
        losses=(short,),
        missing=(short,),
    )
    assert card.total == "11.4191304347826"


def test_a_bridge_of_at_most_six_decimals_still_adds_up_on_paper():
    amounts = ["103.6", "+8.5", "-2.8", "+0.123456", "-15.693456", "93.73"]
    card = a_card(1, 1, bridge=tuple(BridgeStep(Text.same("项"), amount) for amount in amounts))

    *steps, total = (Fraction(step.amount.replace("−", "-")) for step in card_on_paper(card).bridge)

    assert sum(steps) == total


def test_a_ranking_on_paper_keeps_the_exact_totals_for_its_picture():
    row = a_ranked(0, 1, 1, total="87.4191304347826", sections=(("11.4191304347826", Fraction(1, 2)),), marks=())
    table = a_table(1, 1, rows=(row,), mean="87.4191304347826", totals=(Fraction("87.4191304347826"),))

    paper = table_on_paper(table)

    assert paper.rows == (replace(row, total="≈87.4191", sections=(("≈11.4191", Fraction(1, 2)),)),)
    assert (paper.mean, paper.totals) == ("≈87.4191", table.totals)
