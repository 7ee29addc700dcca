"""`assess demo`: the demonstration year, scored and ranked, and said to be one."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import Ended, run


def test_the_demonstration_year_is_scored_ranked_and_marked(tmp_path: Path):
    ended = run("demo", "--out", str(tmp_path / "made" / "here"), "--lang", "en")
    folder = tmp_path / "made" / "here"

    assert (ended.code, ended.err) == (0, [])
    assert ended.out.splitlines()[0] == (
        "Demonstration: these results come from invented figures. They are not real results."
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "chaoyang-2026.json", "chaoyang-2026.pdf", "chaoyang-2026.xlsx"
    ]  # fmt: skip
    found = json.loads((folder / "chaoyang-2026.json").read_bytes())
    assert found["rule_sheet"]["standing"] == "demonstration"
    assert [group["scored"] for group in found["groups"]] == [24, 19]


def test_a_folder_that_cannot_be_made_is_a_plain_line(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    out = tmp_path / "file" / "out"

    assert run("demo", "--out", str(out), "--lang", "en") == Ended(
        1,
        "",
        [f"{out}: The file cannot be written. Check the disk space, permissions and the file name (Not a directory)."],
    )
