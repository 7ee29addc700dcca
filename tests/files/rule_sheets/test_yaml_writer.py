from pathlib import Path

import pytest

from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.yaml_writer import scalar, yaml_text
from assess.files.yaml_files.trees import yaml_tree

WRITTEN = """\
id: small
title: {zh: 小表, en: Small}
year: 2026
rounding: {item: 2, total: 2}

departments:
  ecology-bureau: {title: {zh: 生态环境局, en: Ecology bureau}}

groups:
  - {id: streets, where: kind == "street"}

figures:
  pm25: {title: PM2.5, unit: µg/m³, kind: number, decimals: 1, min: 0, from: ecology-bureau}
  rate: {unit: "%", kind: percent, from: formula, formula: "max(0, pm25 / 2)"}
missing: zero

items:
  - id: air
    title: 大气
    points: 100
    items:
      - {id: air.pm25, points: 60, clause: "", method: direct, figure: pm25}
      - id: air.rate
        title: {zh: 比率, en: Rate}
        points: 40
        clause: 第一条
        note: {zh: 一段不长的说明文字, en: "A note of some length, which with all the rest does not go on one line"}
        method: bands
        figure: rate
        bands: [{from: 90, points: 40}, {from: 80%, points: 2/3}, {points: 0}]
"""


def test_what_is_short_stands_on_a_line_and_what_is_long_in_a_block(tmp_path: Path):
    path = tmp_path / "sheet.yaml"
    text = WRITTEN.replace('clause: ""', 'clause: "null"')
    path.write_text(text, encoding="utf-8")
    assert yaml_text(load_sheet(path).sheet) == text


@pytest.mark.parametrize(
    ("text", "alone", "inside"),
    [
        ("大气", "大气", "大气"),
        ("PM2.5", "PM2.5", "PM2.5"),
        ("30%", "30%", "30%"),
        ("%", '"%"', '"%"'),
        ("a, b", "a, b", '"a, b"'),
        ("a: b", '"a: b"', '"a: b"'),
        ('kind == "street"', 'kind == "street"', 'kind == "street"'),
        ("null", '"null"', '"null"'),
        ("~", '"~"', '"~"'),
        ("- a", '"- a"', '"- a"'),
        ("a\nb", '"a\\nb"', '"a\\nb"'),
        ("a\x85b", '"a\\u0085b"', '"a\\u0085b"'),
        ("a #b", '"a #b"', '"a #b"'),
        ('"', '"\\""', '"\\""'),
    ],
)
def test_quotes_stand_only_where_the_text_would_change_without_them(text: str, alone: str, inside: str):
    assert (scalar(text), scalar(text, inside=True)) == (alone, inside)
    content = f"a: {alone}\nb: {{c: {inside}}}\n".encode()
    assert yaml_tree("", content).tree == {"a": text, "b": {"c": text}}
