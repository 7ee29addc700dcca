"""By which rule sheets a result may be sealed without a word."""

from __future__ import annotations

from assess.core.rules.sheet import SheetStanding
from assess.core.seals.kinds import not_issued


def test_a_draft_is_never_sealed_without_a_word_and_a_demonstration_only_in_a_demonstration_year():
    asks = {
        (standing, demonstration): not_issued(standing, demonstration=demonstration) is not None
        for standing in (None, *SheetStanding)
        for demonstration in (True, False)
    }

    assert [key for key, asked in asks.items() if asked] == [
        (SheetStanding.DEMONSTRATION, False),
        (SheetStanding.DRAFT, True),
        (SheetStanding.DRAFT, False),
    ]
