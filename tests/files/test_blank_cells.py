"""A sheet without its blank cells says the same as with them, wherever it is cut into pieces."""

from __future__ import annotations

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900

from assess.files.workbooks.blank_cells import without_blanks
from assess.files.workbooks.cells import MAX_CELLS, SheetCells, SheetReader
from assess.files.workbooks.spelling import spelling_of

HEAD = b'<worksheet xmlns:x14ac="urn:x" xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
CELLS = (
    "<c r='{}{}'/>", '<c r="{}{}" s="1"/>', '<c r="{}{}" s="1" t="n"></c>', '<c s="1" r="{}{}"/>', '<c s="2" />',
    "<c><v>7</v></c>", '<c r="{}{}"><v>5</v></c>', '<c r="{}{}" t="inlineStr"><is><t>&lt;c r="A1"/></t></is></c>',
)  # fmt: skip
ROWS = ('<row r="{}">', "<row>", '<row r="{}" ht="20.1" x14ac:dyDescent="0.3">', "<row r='{}' spans=\"1:3\">")
ODD = ("", "", "", '<!-- <c r="A1"/> -->', '<![CDATA[<row r="1"/>]]>')


class Trickle(BytesIO):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self.most = most

    def read(self, size: int | None = -1) -> bytes:
        """At most so many bytes."""
        return super().read(self.most)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A sheet of rows and cells, blank ones among them, that say their place or not."""
    rows = ""
    for row in range(1, draw(st.integers(1, 6))):
        letters = draw(st.sampled_from(["", "A", "AC", "ABC"]))
        cells = "".join(draw(st.sampled_from(CELLS)).format(letter, row) for letter in letters)
        rows += draw(st.sampled_from(ROWS)).format(row) + cells + "</row>" + draw(st.sampled_from(ODD))
    return HEAD + f"<sheetData>{rows}</sheetData></worksheet>".encode()


def read(pieces: list[bytes]) -> SheetCells | None:
    """What the pieces of a sheet say together; None where they contradict themselves."""
    reader = SheetReader(spelling_of(b"<styleSheet/>", CALENDAR_WINDOWS_1900), [], MAX_CELLS)
    try:
        for piece in pieces:
            reader.parser.Parse(piece)
        reader.parser.Parse(b"", True)
    except ValueError:
        return None
    return reader.found


@given(sheets(), st.integers(1, 80))
def test_blank_cells_may_go_and_nothing_else_moves(sheet: bytes, most: int) -> None:
    whole, thin = read([sheet]), read(list(without_blanks(Trickle(sheet, most))))

    assert whole is None or (thin is not None and thin.rows == whole.rows)


def test_a_sheet_of_blank_cells_is_taken_out_almost_whole() -> None:
    rows = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/><c r="B{row}"/></row>' for row in range(1, 50_000))
    thin = b"".join(without_blanks(BytesIO(HEAD + rows.encode() + b"</worksheet>")))

    assert thin == HEAD + b"</worksheet>"
