"""Two results as tables: the words of warnings may differ, nothing else."""

from __future__ import annotations

import pytest

from assess.files.result_wording import same_but_for_warnings

HEAD = "unit,total,warnings_zh,warnings_en"
KEPT = f"\ufeff{HEAD}\r\n110105001,90.10,缺数据,data are lacking\r\n,,没有单位,no unit\r\n"


@pytest.mark.parametrize(
    ("made", "is_same"),
    [
        (KEPT, True),
        (KEPT.replace("data are lacking", "missing data"), True),
        (KEPT.replace(",,没有单位,no unit\r\n", ""), True),
        (KEPT.replace("90.10", "90.11"), False),
        (KEPT.replace("110105001,", "110105002,"), False),
        ("", False),
    ],
)
def test_tables_are_the_same_where_only_warnings_are_put_otherwise(made: str, is_same: bool):
    assert same_but_for_warnings(KEPT.encode(), made.encode()) is is_same


def test_what_is_no_table_is_not_the_same():
    assert not same_but_for_warnings(b"\xff\xfe\x00", KEPT.encode())
