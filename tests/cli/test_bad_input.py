"""Bad input: one plain line per flaw in the reader's language, exit 1, no trace, and nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.bad_files import (
    LAUGHS,
    Spoil,
    a_folder,
    a_pipe,
    added,
    cut_workbook,
    of_bytes,
    removed,
    replaced,
    several,
)
from tests.cli.running import Ended, run, scoring

RULES, UNITS, FIGURES = "rule-sheet.yaml", "units.csv", "figures.csv"
LAST_FIGURES, LAST_RESULTS, EXEMPTIONS = "figures-2025.csv", "results-2025.json", "exemptions.csv"
OPENED = (RULES, UNITS, LAST_RESULTS, FIGURES, LAST_FIGURES, EXEMPTIONS)
"""All files, in the order in which they are told where neither sheet nor units can be used."""

FORMULAS = (
    ("burns: {title: {zh: 露天焚烧, en: Open burning}, unit: {zh: 起, en: cases}, kind: count, from: bureau}",
     "burns: {kind: count, from: formula, formula: praise - 1}"),
    ("praise: {title: {zh: 表扬, en: Praise}, unit: {zh: 次, en: times}, kind: count, from: bureau}",
     "praise: {kind: count, from: formula, formula: burns + 1}"),
)  # fmt: skip


class Line(NamedTuple):
    """One line of what is told: the place, and what is wrong there in Chinese and in English."""

    place: str
    zh: str
    en: str


class Bad(NamedTuple):
    """One way to spoil the input, and every line that is told of it."""

    spoil: Spoil
    lines: list[Line]


def everywhere(zh: str, en: str) -> list[Line]:
    """The same of every file."""
    return [Line(file, zh, en) for file in OPENED]


BAD = {
    "wrong keys": Bad(
        replaced(RULES, ("standing: draft", "standng: draft"), ("clause: 一", "claus: 一")),
        [
            Line(
                f"{RULES}:4:1",
                "没有“standng”这个键。是否应为“standing”？",
                "There is no key “standng”. Did you mean “standing”?",
            ),
            Line(f"{RULES}:22:9", "缺少必填的键“clause”。", "The key “clause” is missing. Add it."),
            Line(
                f"{RULES}:22:92",
                "没有“claus”这个键。是否应为“clause”？",
                "There is no key “claus”. Did you mean “clause”?",
            ),
        ],
    ),
    "formulas in a circle": Bad(
        replaced(RULES, *FORMULAS),
        [
            Line(
                f"{RULES}:12:48",
                "公式互相引用，形成循环：burns → praise → burns。请改其中一个。",
                "The formulas refer to each other in a circle: burns → praise → burns. Change one of them.",
            )
        ],
    ),
    "a tower of powers": Bad(
        replaced(RULES, ("when: accident,", "when: 9**9**9 > 1,")),
        [
            Line(
                f"{RULES}:40:82",
                "表达式第2个字符：不能使用乘方“**”，请写成连乘。",
                "At character 2 of the expression: Powers (“**”) cannot be used. Write the multiplication out.",
            )
        ],
    ),
    "ten megabytes of YAML": Bad(
        of_bytes(RULES, b"id: " + b"x" * (10 << 20)),
        [
            Line(
                RULES,
                "文件超过2 MB，请删去无关内容或拆分。",
                "The file is larger than 2 MB. Remove what is not needed, or split it.",
            )
        ],
    ),
    "a billion laughs": Bad(
        added(RULES, LAUGHS),
        [
            Line(f"{RULES}:53:3", "此处应为文字，或{zh: …, en: …}。", "Enter a text, or {zh: …, en: …}."),
            *(
                Line(
                    f"{RULES}:{line}:5",
                    "不能使用引用&和*，请把内容直接写出。",
                    "References with & and * cannot be used. Write the contents out.",
                )
                for line in range(53, 62)
            ),
        ],
    ),
    "brackets without end": Bad(
        of_bytes(RULES, b"[" * 100_000),
        [
            Line(
                f"{RULES}:1:41",
                "嵌套超过40层，请检查括号和缩进。",
                "There are more than 40 nested levels. Check brackets and indentation.",
            )
        ],
    ),
    "a list in the place of a sheet": Bad(
        of_bytes(RULES, b"- id: a\n"),
        [Line(f"{RULES}:1:1", "此处应为“键: 值”的形式，请修改。", "Enter keys with values, as in `key: value`.")],
    ),
    "a tab": Bad(
        replaced(RULES, ("  - id: water", "\t- id: water")),
        [
            Line(
                f"{RULES}:24:1",
                "此处用了制表符（Tab），缩进只能用空格。",
                "There is a tab here. Indent with spaces only.",
            )
        ],
    ),
    "bytes of a picture": Bad(
        of_bytes(RULES, bytes(range(256))),
        [
            Line(
                f"{RULES}:2",
                "文件编码不是UTF-8，请另存为UTF-8编码后再试。",
                "The text is not in UTF-8. Save the file again in UTF-8.",
            )
        ],
    ),
    "folders": Bad(
        a_folder(*OPENED),
        everywhere("这是文件夹，不是文件，请指定其中的文件。", "This is a folder, not a file. Name a file in it."),
    ),
    "no files": Bad(
        removed(*OPENED),
        everywhere("文件不存在，请核对路径和文件名。", "The file does not exist. Check the path and the file name."),
    ),
    "empty files": Bad(
        several(*(of_bytes(file, b"") for file in OPENED)),
        everywhere("文件没有内容，请重新选择。", "The file is empty. Select another file."),
    ),
    "a pipe that never ends": Bad(
        a_pipe(FIGURES),
        [Line(FIGURES, "这不是普通文件，请指定磁盘上的文件。", "This is not an ordinary file. Name a file on disk.")],
    ),
    "truncated workbooks": Bad(
        several(*(cut_workbook(file) for file in (RULES, UNITS, FIGURES))),
        [
            Line(
                file,
                "Excel表格已损坏或不完整，请重新打开并另存为.xlsx。",
                "The Excel file is damaged or incomplete. Open it and save it again as .xlsx.",
            )
            for file in (RULES, UNITS, FIGURES)
        ],
    ),
    "tables in latin-1": Bad(
        several(
            of_bytes(UNITS, "unit,name_en,kind,has_river\ns1,Café Street,street,yes\n".encode("latin-1")),
            of_bytes(FIGURES, "unit,burns,note\ns1,3,\ns2,4,Café Street\n".encode("latin-1")),
        ),
        [
            Line(
                place,
                "本行文字既不是UTF-8也不是GB18030编码，请另存为“CSV UTF-8”。",
                "This row is neither UTF-8 nor GB18030. Save the file as “CSV UTF-8”.",
            )
            for place in (f"{UNITS}:2", f"{FIGURES}:3")
        ],
    ),
    "a table in UTF-16": Bad(
        of_bytes(FIGURES, "unit,burns\ns1,1\n".encode("utf-16")),
        [Line(FIGURES, "文件为UTF-16编码，请另存为“CSV UTF-8”。", "The file is in UTF-16. Save it as “CSV UTF-8”.")],
    ),
    "a unit twice": Bad(
        added(UNITS, "s2,乙,Yi,street,no,\n"),
        [Line(f"{UNITS}:9:1", "单位“s2”出现两次，请只保留一行。", "Unit “s2” appears twice. Keep one row.")],
    ),
    "a list of units without codes": Bad(
        of_bytes(UNITS, b"number,kind\n1,street\n"),
        [
            Line(
                UNITS,
                "没有“单位代码”这一列，请在首行加上该表头。",
                "There is no column `unit` with the codes. Add this heading.",
            )
        ],
    ),
    "a figure of an unknown unit": Bad(
        added(FIGURES, "s9,2026,,1,,,no\n"),
        [
            Line(
                f"{FIGURES}:15:1",
                "没有名为“s9”的单位，请核对考核对象名单。",
                "No unit is called “s9”. Check the list of units.",
            )
        ],
    ),
    "a quotation mark that is never closed": Bad(
        added(FIGURES, 's1,"2026\n'),
        [
            Line(
                f"{FIGURES}:15",
                "引号不成对，或引号后多出文字，请检查本行及以下的引号。",
                "A quotation mark is not closed, or text follows a closed one. Check the quotation marks from "
                "this row on.",
            )
        ],
    ),
    "half a JSON document": Bad(
        of_bytes(LAST_RESULTS, b'{"units": ['),
        [
            Line(
                f"{LAST_RESULTS}:1:12",
                "这不是JSON文件，请指定assess score输出的上年度结果。",
                "This is not a JSON file. Name the results of last year created by assess score.",
            )
        ],
    ),
    "something wrong in every file": Bad(
        several(
            replaced(RULES, ("standing: draft", "standng: draft")),
            added(UNITS, "s2,乙,Yi,street,no,\n"),
            of_bytes(LAST_RESULTS, b"[]"),
            a_folder(FIGURES),
            removed(EXEMPTIONS),
        ),
        [
            Line(
                f"{RULES}:4:1",
                "没有“standng”这个键。是否应为“standing”？",
                "There is no key “standng”. Did you mean “standing”?",
            ),
            Line(f"{UNITS}:9:1", "单位“s2”出现两次，请只保留一行。", "Unit “s2” appears twice. Keep one row."),
            Line(
                f"{LAST_RESULTS}",
                "units：应为assess score输出的上年度结果（含units列表）。",
                ("units: this must be last year's results as written by “assess score”, with a list “units”."),
            ),
            Line(
                FIGURES,
                "这是文件夹，不是文件，请指定其中的文件。",
                "This is a folder, not a file. Name a file in it.",
            ),
            Line(
                EXEMPTIONS,
                "文件不存在，请核对路径和文件名。",
                "The file does not exist. Check the path and the file name.",
            ),
        ],
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_plain_line_per_flaw_and_nothing_is_written(year: Path, name: str, language: str):
    BAD[name].spoil()
    before = sorted(path.name for path in year.iterdir())

    ended = run(*scoring("--out", "r.json", "--out", "r.pdf", "--lang", language))

    told = [f"{line.place}: {line.zh if language == 'zh' else line.en}" for line in BAD[name].lines]
    assert ended == Ended(1, "", told)
    assert sorted(path.name for path in year.iterdir()) == before
