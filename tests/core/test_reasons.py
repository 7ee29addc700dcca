"""A reason has one limit and one message wherever it is given."""

from __future__ import annotations

import pytest

from assess.core.errors import Refused
from assess.core.reasons import (
    MAX_PRINTED_REASON_LENGTH,
    MAX_REASON_LENGTH,
    NO_REASON,
    REASON_TOO_LONG,
    checked_reason,
    optional_reason,
)
from assess.core.text import Text
from assess.core.unseen import UNSEEN


def test_a_reason_is_kept_without_blanks_around_it():
    assert checked_reason("  the register is newer \n") == "the register is newer"
    assert checked_reason("字" * MAX_REASON_LENGTH) == "字" * MAX_REASON_LENGTH


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (" \n", NO_REASON),
        ("字" * 1001, REASON_TOO_LONG.format(most=1000, n=1001)),
        ("newer\x00", UNSEEN),
        ("a\u202eb", UNSEEN),
    ],
)
def test_a_reason_that_will_not_do_is_refused_beside_its_field(text: str, what: Text):
    with pytest.raises(Refused) as caught:
        checked_reason(text, field="ruling")

    assert (caught.value.what, caught.value.fields) == (what, {"ruling": what})


def test_a_reason_that_is_printed_has_room_for_fewer_characters():
    with pytest.raises(Refused) as caught:
        checked_reason("x" * 201, most=MAX_PRINTED_REASON_LENGTH)

    assert caught.value.what == REASON_TOO_LONG.format(most=200, n=201)


def test_a_reason_that_need_not_be_given_is_checked_where_it_is():
    assert (optional_reason(" "), optional_reason(" moved ")) == ("", "moved")
    with pytest.raises(Refused):
        optional_reason("x" * 1001)
