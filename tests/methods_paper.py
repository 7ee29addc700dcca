"""The table of the guides of the real rules that each method has the form of, as the gallery gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from assess.core.methods import METHODS
from assess.core.text import Language
from tests.guides import GUIDES

TOP = Path(__file__).parent.parent
GALLERY = TOP / "rules" / "method-gallery"
BEGIN, END = "<!-- methods: begin -->\n", "<!-- methods: end -->\n"
HEADINGS: Final[dict[Language, str]] = {
    "en": "| no. | method | item | 规则 | rule | read at |\n|---|---|---|---|---|---|\n",
    "zh": "| 编号 | 计分方法 | 考核项 | 规则 | 出处 |\n|---|---|---|---|---|\n",
}
RULE = re.compile(r"^M\d\d[，, ]*")
ADDRESS = re.compile(r"https?://[^\s;；]+")


def items_in(tree: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The items of a rule sheet, whatever section they stand in."""
    for node in tree:
        yield from items_in(node["items"]) if "items" in node else (node,)


def addresses() -> dict[str, str]:
    """Where the rule of an item was read, by the item."""
    found: dict[str, str] = {}
    for example in yaml.safe_load((GALLERY / "examples.yaml").read_text("utf-8")):
        address = ADDRESS.search(example.get("source", ""))
        for unit in example["expect"].values():
            for item in unit.get("scores", {}):
                if address:
                    found.setdefault(item, address[0])
    return found


def rows(language: Language) -> Iterator[str]:
    """A row for each item of the gallery that has the form of a real rule, by the number of its form."""
    read_at = addresses()
    sheet = yaml.safe_load((GALLERY / "rule-sheet.yaml").read_text("utf-8"))
    cited = [item for item in items_in(sheet["items"]) if RULE.match(str((item.get("note") or {}).get("zh")))]
    for item in sorted(cited, key=lambda item: (item["note"]["zh"][:3], item["method"])):
        words = [RULE.sub("", item["note"][code]) for code in ("zh", "en")]
        number, called = item["note"]["zh"][:3], f"`{item['method']}`"
        if language == "zh":
            words, called = words[:1], f"{METHODS[item['method']].chinese_name} {called}"
        cells = (number, called, f"`{item['id']}`", *words, read_at.get(item["id"], "–"))
        yield f"| {' | '.join(cells)} |"


def table(language: Language) -> str:
    """The table of the guide in a language."""
    return HEADINGS[language] + "\n".join(rows(language)) + "\n"


def printed(paper: str, language: Language) -> str:
    """The guide with the table of today."""
    before, rest = paper.split(BEGIN)
    return before + BEGIN + table(language) + END + rest.split(END)[1]


if __name__ == "__main__":
    for code, path in GUIDES.items():
        path.write_text(printed(path.read_text("utf-8"), code), "utf-8")
