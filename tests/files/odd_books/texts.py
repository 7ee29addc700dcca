"""Files of plain text, in the encodings and with the separators of offices."""

from __future__ import annotations

from tests.files.odd_books.cases import flawed, refused, sound
from tests.files.odd_books.values import PM

READ = {"u1 pm": "31.5", "u2 pm": "30"}
TABLE = f"单位,{PM},备注\r\n三里屯街道,31.5,\r\n建外,30,无\r\n"


@sound(READ, ending=".csv")
def csv_in_gb18030() -> bytes:
    return TABLE.encode("gb18030")


@sound(READ, ending=".csv")
def csv_in_utf_8_with_a_mark() -> bytes:
    return TABLE.encode("utf-8-sig")


@sound(READ, ending=".csv")
def csv_in_utf_8_without_a_mark() -> bytes:
    return TABLE.encode()


@sound({"u1 money": "1234.5", "u2 money": "2"}, ending=".csv")
def csv_with_semicolons_quotes_and_line_breaks() -> bytes:
    return '"单位";"投入\n资金";"备注"\n"三里屯";"1,234.5";"他说""好""；\n完"\n"建外";"2";\n'.encode()


@sound(READ, ending=".txt")
def text_with_tabs() -> bytes:
    return TABLE.replace(",", "\t").encode("gb18030")


@sound(READ, ending=".csv")
def csv_with_old_line_ends_and_a_title() -> bytes:
    return ("2026年数据,,\r,,\r" + TABLE.replace("\r\n", "\r")).encode()


@sound({"u3 pm": "29"}, ending=".csv")
def csv_with_characters_beyond_gbk() -> bytes:
    return f"单位,{PM},备注\n金盏,29,漷县𠮷野家\n".encode("gb18030")


@flawed("B2: not a number", "A3: No unit is called", ending=".csv")
def csv_with_flaws() -> bytes:
    return f'单位,{PM}\n三里屯,many\n=HYPERLINK("http://x"),3\n'.encode().replace(
        b'=HYPERLINK("http://x")', b'"=HYPERLINK(""http://x"")"'
    )


@refused("UTF-16", ending=".csv")
def csv_in_utf_16() -> bytes:
    return TABLE.encode("utf-16")


@refused("empty", ending=".csv")
def csv_without_a_byte() -> bytes:
    return b""


@flawed(": No visible sheet has headings", ending=".csv")
def csv_of_blank_lines() -> bytes:
    return b"\r\n,,\r\n\r\n"


@flawed(": No value is filled in", ending=".csv")
def csv_of_headings_alone() -> bytes:
    return f"单位,{PM}\n".encode()


@refused("quotation mark", ending=".csv")
def csv_with_an_open_quotation_mark() -> bytes:
    return f'单位,{PM}\n"三里屯,31.5\n建外,30\n'.encode()


@refused("neither UTF-8 nor GB18030", ending=".csv")
def csv_in_another_encoding() -> bytes:
    return "unité,été\nà,é\n".encode("latin-1")


@refused("not a text table", ending=".csv")
def csv_of_noise() -> bytes:
    return bytes(range(256)) * 9


@refused("not an Excel file", ending=".xlsx")
def csv_called_xlsx() -> bytes:
    return TABLE.encode()


@refused("more than 200000 cells", ending=".csv")
def csv_of_too_many_cells() -> bytes:
    return (f"单位,{PM}\n" + "三里屯,1\n" * 100_001).encode()
