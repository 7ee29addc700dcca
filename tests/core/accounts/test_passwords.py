from __future__ import annotations

import re

import pytest

from assess.core.accounts.passwords import (
    IS_USERNAME,
    MAX_PASSWORD_LENGTH,
    SHORTEST,
    TOO_COMMON,
    TOO_LONG,
    TOO_SHORT,
    check_password,
)
from assess.core.errors import Refused


@pytest.mark.parametrize("password", ["four words of mine", "密码要长一点才好记住", "Tr0ub4dor&3x", "x1y2z3x1y2"])
def test_a_long_password_of_ones_own_will_do(password: str):
    check_password(password, "wang")


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", TOO_SHORT.format(least=SHORTEST).en),
        ("short one", TOO_SHORT.format(least=SHORTEST).en),
        ("x" * 201, TOO_LONG.format(most=MAX_PASSWORD_LENGTH).en),
        ("Wang.Fang.2026", IS_USERNAME.en),
        ("１２３４５６７８９０", TOO_COMMON.en),  # full-width digits are the same password
        ("0123456789", TOO_COMMON.en),
        ("aaaaaaaaaaaa", TOO_COMMON.en),
        ("abababababab", TOO_COMMON.en),
        ("Password123", TOO_COMMON.en),
        ("qwertyuiop", TOO_COMMON.en),
        ("woaini1314520", TOO_COMMON.en),
        ("beijing2026", TOO_COMMON.en),
    ],
)
def test_a_password_that_is_short_or_guessed_at_once_is_refused(password: str, message: str):
    with pytest.raises(Refused, match=re.escape(message)) as refused:
        check_password(password, "wang.fang.2026")

    assert list(refused.value.fields) == ["password"]
