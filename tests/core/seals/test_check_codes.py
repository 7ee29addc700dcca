from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.errors import Refused
from assess.core.seals import check_codes
from assess.core.seals.check_codes import ALPHABET, check_code, read_check_code
from assess.core.text import Text

CHANCE = bytes(range(16))
CODE = check_code(CHANCE, "sha256:ab", "card", "jianwai", "zh")


def refusal(typed: str) -> Text:
    with pytest.raises(Refused) as caught:
        read_check_code(typed)
    assert caught.value.fields == {"code": caught.value.what}
    return caught.value.what


def test_a_code_follows_from_chance_and_what_is_sealed_and_from_nothing_else():
    others = [
        check_code(CHANCE, "sha256:ab", "card", "jianwai", "zh"),
        check_code(CHANCE[::-1], "sha256:ab", "card", "jianwai", "zh"),
        check_code(CHANCE, "sha256:ac", "card", "jianwai", "zh"),
        check_code(CHANCE, "sha256:ab", "card", "jianwai", "en"),
        check_code(CHANCE, "sha256:ab", "cardjianwai", "zh"),
    ]

    assert CODE == "42SK-SPVW-DN6D"
    assert [code == CODE for code in others] == [True, False, False, False, False]


def test_codes_of_one_seal_do_not_count_up():
    codes = [check_code(CHANCE, "sha256:ab", "card", str(unit)) for unit in range(343)]
    firsts = {code[:2] for code in codes}

    assert len(set(codes)) == 343
    assert codes != sorted(codes)
    assert len(firsts) > 200


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", " "), f" {CODE.replace('-', ' – ')}\n".strip("\n")],
)
def test_a_code_is_understood_however_it_is_typed(typed: str):
    assert read_check_code(typed) == CODE


@given(st.binary(min_size=16, max_size=16))
def test_full_width_signs_and_letters_that_look_like_digits_are_understood(chance: bytes):
    code = check_code(chance, "a")
    alike = code.replace("0", "O").replace("1", "l")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)

    assert (read_check_code(code), read_check_code(alike), read_check_code(wide)) == (code, code, code)


@given(st.binary(min_size=16, max_size=16), st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_seen(chance: bytes, place: int, sign: str):
    signs = check_code(chance, "a").replace("-", "")
    wrong = signs[:place] + sign + signs[place + 1 :]

    if wrong != signs:
        assert refusal(wrong) == check_codes.MISTYPED


@given(st.binary(min_size=16, max_size=16), st.integers(0, 10))
def test_two_neighbours_swapped_are_always_seen(chance: bytes, place: int):
    signs = check_code(chance, "a").replace("-", "")
    swapped = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]

    if swapped != signs:
        assert refusal(swapped) == check_codes.MISTYPED


def test_what_is_no_code_is_told_plainly():
    assert [refusal(typed) for typed in ("", " - ", CODE[:-1], CODE + "A", "42SK-SPVU-DN6D", "A" * 9999)] == [
        check_codes.NO_CODE,
        check_codes.NO_CODE,
        check_codes.WRONG_LENGTH.format(count=11),
        check_codes.WRONG_LENGTH.format(count=13),
        check_codes.WRONG_SIGN.format(sign="U"),
        check_codes.WRONG_LENGTH.format(count=40),
    ]
