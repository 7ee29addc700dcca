from __future__ import annotations

import pytest

from assess.core.errors import Refused
from assess.core.passwords import check_password


@pytest.mark.parametrize("password", ["four words of mine", "密码要长一点才好记住", "Tr0ub4dor&3x", "x1y2z3x1y2"])
def test_a_long_password_of_ones_own_will_do(password: str):
    check_password(password, "wang")


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", "at least 10"),
        ("short one", "at least 10"),
        ("x" * 201, "at most 200"),
        ("Wang.Fang.2026", "the username"),
        ("１２３４５６７８９０", "among the first"),  # full-width digits are the same password
        ("0123456789", "among the first"),
        ("aaaaaaaaaaaa", "among the first"),
        ("abababababab", "among the first"),
        ("Password123", "among the first"),
        ("qwertyuiop", "among the first"),
        ("woaini1314520", "among the first"),
        ("beijing2026", "among the first"),
    ],
)
def test_a_password_that_is_short_or_guessed_at_once_is_refused(password: str, told: str):
    with pytest.raises(Refused, match=told) as refused:
        check_password(password, "wang.fang.2026")

    assert list(refused.value.fields) == ["password"]
