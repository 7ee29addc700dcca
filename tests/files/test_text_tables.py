"""CSV files as offices send them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.core.flaws import ValidationError
from assess.core.sources import TextPosition
from assess.core.tables import Table
from assess.files.tables import read_table
from assess.files.text_tables import read_text_table
from tests.tables import told


def read(data: bytes | str) -> Table:
    """The table of a CSV file."""
    return read_text_table(data.encode() if isinstance(data, str) else data, Path("t.csv"))


def shown(table: Table) -> list[list[str]]:
    """Headings and rows."""
    return [[heading.name for heading in table.headings], *map(list, zip(*table.columns, strict=True))]


def refused(data: bytes | str) -> list[str]:
    """Why a file is no table at all."""
    with pytest.raises(ValidationError) as caught:
        read(data)
    return told(caught.value.flaws)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_encodings_and_line_ends_of_excel_and_wps_are_read(encoding: str, end: str) -> None:
    text = end.join(["单位,数值", "漷县镇,１２．５", '三里屯街道," 3,5 "', ""])

    assert shown(read(text.encode(encoding))) == [["单位", "数值"], ["漷县镇", "１２．５"], ["三里屯街道", "3,5"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_that_of_the_headings(separator: str) -> None:
    text = separator.join(["unit", "a", "b"]) + "\n" + separator.join(["u1", "1", ""])

    assert shown(read(text)) == [["unit", "a", "b"], ["u1", "1", ""]]


def test_a_cell_stands_at_its_line_and_the_number_of_its_field() -> None:
    table = read('\n"unit",note,a\nu1,"two\nlines",1\n\n,,\nu2,,2\n')

    assert [heading.source for heading in table.headings] == [TextPosition("t.csv", 2, field) for field in (1, 2, 3)]
    assert [table.places(row, 2) for row in (0, 1)] == [TextPosition("t.csv", 3, 3), TextPosition("t.csv", 7, 3)]


def test_commas_at_the_end_of_every_line_do_no_harm() -> None:
    assert shown(read("unit,a,,\nu1,1,,\nu2,2,,,,\n")) == [["unit", "a"], ["u1", "1"], ["u2", "2"]]


def test_everything_wrong_with_rows_and_headings_is_told_at_once() -> None:
    table = read("unit,a,,A ,b\nu1,1,,,2\nu2,1\nu3,1,x,,2\nu4,1,,,2,3\n")

    assert told(table.flaws) == [
        "t.csv:3: This row has 2 cells, but there are 5 headings. Add the missing cells or remove the extra ones.",
        "t.csv:5: This row has 6 cells, but there are 5 headings. Add the missing cells or remove the extra ones.",
        "t.csv:1:4: The heading A appears twice. Keep one column.",
        "t.csv:4:3: This column has values but no heading. Add one.",
    ]
    assert shown(table)[0] == ["unit", "a", "b"]
    assert table.places(0, 2) == TextPosition("t.csv", 2, 5)


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (
            "unit,name\nu1,Jérôme\nu2,Besançon\n".encode("latin-1"),
            "t.csv:2: This row is neither UTF-8 nor GB18030. Save the file as “CSV UTF-8”.",
        ),
        (
            "unit,name\nu1,Zoë\nu2,é\n".encode("latin-1"),
            "t.csv:2: This row is neither UTF-8 nor GB18030. Save the file as “CSV UTF-8”.",
        ),
        ("unit\n".encode("utf-16"), "t.csv: The file is in UTF-16. Save it as “CSV UTF-8”."),
        (b"unit\n\0\0", "t.csv: This is not a text table. Save it as “CSV UTF-8” or .xlsx."),
        (
            'unit,a\nu1,1\nu2,"x\nu3,2\n',
            "t.csv:3: A quotation mark is not closed, or text follows a closed one. Check the quotation "
            "marks from this row on.",
        ),
        (" \n,,\n", "t.csv: There are no headings. Enter the column names in the first row."),
    ],
)
def test_what_is_no_table_is_told_in_one_line(data: bytes | str, flaw: str) -> None:
    assert refused(data) == [flaw]


def test_a_file_that_is_not_there_or_is_a_folder_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()

    def why(name: str) -> list[str]:
        with pytest.raises(ValidationError) as caught:
            read_table(tmp_path / name, ["unit"])
        return [line.removeprefix(str(tmp_path)) for line in told(caught.value.flaws)]

    assert [why("none.csv"), why(""), why("empty.csv")] == [
        ["/none.csv: The file does not exist. Check the path and the file name."],
        [": This is a folder, not a file. Name a file in it."],
        ["/empty.csv: The file is empty. Select another file."],
    ]
