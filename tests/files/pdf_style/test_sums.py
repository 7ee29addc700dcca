"""From Python 3.12 on `sum` adds floats in another way; a document has the same bytes whatever Python writes it."""

from __future__ import annotations

import ast
from pathlib import Path

FILES = Path(__file__).parents[3] / "assess" / "files"
LENGTHS = {"width", "height"}


def sums_of_lengths(path: Path) -> list[str]:
    """Where a module adds up widths or heights with the built-in `sum`, and not exactly with `fsum`."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return [
        f"{path.name}:{call.lineno}"
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "sum"
        and any(isinstance(each, ast.Attribute) and each.attr in LENGTHS for each in ast.walk(call))
    ]  # fmt: skip


def test_widths_and_heights_are_added_exactly():
    assert [place for path in sorted(FILES.rglob("*.py")) for place in sums_of_lengths(path)] == []


def test_a_sum_of_widths_is_found(tmp_path: Path):
    source = FILES / "pdf_style" / "tables.py"
    module = tmp_path / "tables.py"
    module.write_text(source.read_text(encoding="utf-8").replace("fsum(column", "sum(column"), encoding="utf-8")

    assert "fsum(column" in source.read_text(encoding="utf-8")
    assert len(sums_of_lengths(module)) == 2
