"""The command line run in this process, as a person would type it, and files of a small year changed in one place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from assess.cli import assess

OTHERS = {"previous": "figures-2025.csv", "previous-results": "results-2025.json", "exemptions": "exemptions.csv"}


class Ended(NamedTuple):
    """How a command ended: its exit code and what it wrote on standard output and standard error."""

    code: int
    out: str
    err: list[str]


def run(*words: str) -> Ended:
    """One command."""
    ended = CliRunner().invoke(assess, list(words))
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exc_info
    return Ended(ended.exit_code, ended.stdout, ended.stderr.splitlines())


def scoring(
    *more: str, rules: str = "rule-sheet.yaml", units: str = "units.csv", figures: str = "figures.csv", **others: str
) -> list[str]:
    """The words of `score` for the files of the working directory; `others` replace or (empty) leave out the rest."""
    words = ["score", rules, "--units", units, "--figures", figures]
    for name, file in {**OTHERS, **{name.replace("_", "-"): file for name, file in others.items()}}.items():
        words += [f"--{name}", file] if file else []
    return [*words, *more]


def scored(**files: str) -> dict[str, Any]:
    """The JSON of a scoring that ends well."""
    ended = run(*scoring("--out", "r.json", "--lang", "en", **files))
    assert (ended.code, ended.out, ended.err[-1][:7]) == (0, "", "scored ")
    found: dict[str, Any] = json.loads(Path("r.json").read_bytes())
    return found


def of_unit(found: dict[str, Any], code: str) -> dict[str, Any]:
    """What a result says of one unit."""
    (unit,) = [each for each in found["units"] if each["unit"] == code]
    return dict(unit)


def changed(file: str, *pairs: tuple[str, str]) -> None:
    """Change a file of the working directory in places that stand there once each."""
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def written(file: str, *lines: str) -> str:
    """A text file of these lines in the working directory; its name."""
    Path(file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
