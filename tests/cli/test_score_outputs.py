"""Result files: the same inputs give the same bytes, and a file appears whole or not at all."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assess.files.outputs import NOT_WRITABLE
from tests.cli.running import Ended, run, scoring, written

HOUSE = Path(__file__).parents[2]
RULES = HOUSE / "rules"
ENDINGS = (".json", ".csv", ".xlsx", ".pdf")
OUTS = [word for ending in ENDINGS for word in ("--out", f"r{ending}")]
BIG_YEAR = [
    str(RULES / "chaoyang-2026" / "rule-sheet.yaml"), "--units", str(RULES / "chaoyang-2026" / "units.csv"),
    "--figures", str(RULES / "chaoyang-2026" / "figures.csv"),
]  # fmt: skip


def started(*words: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "assess", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(HOUSE), **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def files_in(folder: Path) -> list[str]:
    """Everything in a folder that may be a result, hidden files too."""
    return sorted(path.name for path in folder.iterdir() if path.name.lstrip(".").startswith("r."))


def test_the_same_inputs_give_the_same_bytes_from_another_folder_on_another_day(year: Path):
    inside = started(*scoring(*OUTS), folder=year, PYTHONHASHSEED="1", TZ="Asia/Shanghai")
    told = inside.communicate()
    first = {ending: (year / f"r{ending}").read_bytes() for ending in ENDINGS}

    elsewhere = year / "elsewhere"
    elsewhere.mkdir()
    words = [str(year / word) if (year / word).is_file() and not word.startswith("r.") else word for word in scoring()]
    outside = started(*words, *reversed_pairs(OUTS), folder=elsewhere, PYTHONHASHSEED="2", TZ="America/Los_Angeles")
    assert [text.replace(f"{year}/", "") for text in outside.communicate()] == list(told)

    assert {ending: (elsewhere / f"r{ending}").read_bytes() for ending in ENDINGS} == first
    assert (inside.returncode, outside.returncode) == (0, 0)


def reversed_pairs(words: list[str]) -> list[str]:
    """The same options in the opposite order."""
    return [word for pair in reversed(list(zip(words[::2], words[1::2], strict=True))) for word in pair]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_inputs_give_the_same_bytes_in_either_language(year: Path, language: str):
    run(*scoring(*OUTS, "--lang", language))
    first = [Path(f"r{ending}").read_bytes() for ending in ENDINGS]
    run(*scoring(*OUTS, "--lang", language))

    assert [Path(f"r{ending}").read_bytes() for ending in ENDINGS] == first


def test_json_and_csv_are_alike_in_both_languages(year: Path):
    found = []
    for language in ("zh", "en"):
        run(*scoring("--out", "r.json", "--out", "r.csv", "--lang", language))
        found.append((Path("r.json").read_bytes(), Path("r.csv").read_bytes()))

    assert found[0] == found[1]


def test_the_order_of_figures_changes_no_byte_of_json_and_csv(year: Path):
    run(*scoring("--out", "r.json", "--out", "r.csv"))
    first = (Path("r.json").read_bytes(), Path("r.csv").read_bytes())
    headings, *rows = Path("figures.csv").read_text("utf-8").splitlines()
    run(*scoring("--out", "r.json", "--out", "r.csv", figures=written("f.csv", headings, *reversed(rows))))

    assert (Path("r.json").read_bytes(), Path("r.csv").read_bytes()) == first


def test_results_that_are_there_already_are_kept_when_a_run_fails(year: Path):
    for ending in ENDINGS:
        written(f"r{ending}", "of before")
    ended = run(*scoring(*OUTS, figures=written("f.csv", "unit,burns", "s1,many")))

    assert ended.code == 1
    assert [Path(f"r{ending}").read_text() for ending in ENDINGS] == ["of before\n"] * 4
    assert files_in(year) == ["r.csv", "r.json", "r.pdf", "r.xlsx"]


def test_results_are_replaced_when_a_run_ends_well(year: Path):
    written("r.json", "of before")
    run(*scoring("--out", "r.json"))

    assert Path("r.json").read_text("utf-8").startswith('{"rule_sheet": {"id": "small-2026"')
    assert files_in(year) == ["r.json"]


def test_where_one_result_cannot_be_written_none_is(year: Path):
    ended = run(*scoring("--out", "r.json", "--out", "gone/r.csv", "--lang", "en"))

    assert ended == Ended(1, "", ["gone/r.csv: The folder does not exist. Create it first."])
    assert files_in(year) == []


def test_every_place_where_nothing_can_be_written_is_told_before_any_work(year: Path):
    (year / "r.pdf").mkdir()
    outs = ["r.docx", "r", "r.pdf", "gone/r.csv", "figures.csv", f"{'r' * 300}.json"]
    ended = run(*scoring(*(word for out in outs for word in ("--out", out)), "--lang", "en", rules="not-there.yaml"))

    assert ended == Ended(1, "", [
        "r.docx: The name of a result file must end in .json, .csv, .xlsx or .pdf.",
        "r: The name of a result file must end in .json, .csv, .xlsx or .pdf.",
        "r.pdf: This is a folder. Name a file in it.",
        "gone/r.csv: The folder does not exist. Create it first.",
        "figures.csv: This is an input file. Enter another name for the results.",
        f"{'r' * 300}.json: {NOT_WRITABLE.localized('en', why='File name too long')}",
    ])  # fmt: skip


def test_the_same_result_is_not_asked_for_twice(year: Path):
    assert run(*scoring("--out", "r.json", "--out", "./r.json", "--lang", "en")) == Ended(
        1, "", ["r.json: The same file is named twice. Change one of them."]
    )
    assert files_in(year) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_is_a_plain_line_and_leaves_nothing(year: Path, ending: str):
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    ended = subprocess.run(
        [sys.executable, "-m", "assess", *scoring("--out", f"r{ending}", "--lang", "en")],
        cwd=year,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        preexec_fn=no_room,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (
        1,
        "",
        f"r{ending}: {NOT_WRITABLE.localized('en', why='File too large')}\n",
    )
    assert files_in(year) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_half_way_leaves_no_half_result(tmp_path: Path, how: signal.Signals):
    (tmp_path / "r.pdf").write_text("of before")
    process = started("score", *BIG_YEAR, "--out", "r.pdf", "--out", "r.json", folder=tmp_path)
    while process.poll() is None and not list(tmp_path.glob(".r.pdf.*.part")):
        time.sleep(0.002)
    process.send_signal(how)
    process.communicate()

    assert process.returncode != 0
    assert (tmp_path / "r.pdf").read_text() == "of before"
    left = [name for name in files_in(tmp_path) if not name.startswith(".")]
    assert (files_in(tmp_path) if how is signal.SIGINT else left) == ["r.pdf"]


def test_results_get_the_permissions_of_any_new_file(year: Path):
    before = os.umask(0o027)
    try:
        run(*scoring("--out", "r.json"))
    finally:
        os.umask(before)

    assert Path("r.json").stat().st_mode & 0o777 == 0o640
