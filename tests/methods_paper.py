"""The table of `rules/README.md` of the real rules that each method has the form of, as the gallery gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

TOP = Path(__file__).parent.parent
GALLERY = TOP / "rules" / "method-gallery"
PAPER = TOP / "rules" / "README.md"
BEGIN, END = "<!-- methods: begin -->\n", "<!-- methods: end -->\n"
HEADING = "| no. | method | item | 规则 | rule | read at |\n|---|---|---|---|---|---|\n"
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


def rows() -> Iterator[str]:
    """A row for each item of the gallery that has the form of a real rule, by the number of its form."""
    read_at = addresses()
    sheet = yaml.safe_load((GALLERY / "rule-sheet.yaml").read_text("utf-8"))
    cited = [item for item in items_in(sheet["items"]) if RULE.match(str((item.get("note") or {}).get("zh")))]
    for item in sorted(cited, key=lambda item: (item["note"]["zh"][:3], item["method"])):
        words = [RULE.sub("", item["note"][code]) for code in ("zh", "en")]
        number = item["note"]["zh"][:3]
        cells = (number, f"`{item['method']}`", f"`{item['id']}`", *words, read_at.get(item["id"], "–"))
        yield f"| {' | '.join(cells)} |"


def table() -> str:
    """The table of the guide."""
    return HEADING + "\n".join(rows()) + "\n"


def printed(paper: str) -> str:
    """The guide with the table of today."""
    before, rest = paper.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAPER.write_text(printed(PAPER.read_text("utf-8")), "utf-8")
