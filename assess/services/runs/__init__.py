"""Scoring runs: what they stand on, asking for one, making it, reading, comparing, replaying and releasing it."""

from assess.services.runs.asking import ask_run
from assess.services.runs.comparing import compare_runs
from assess.services.runs.freezing import freeze
from assess.services.runs.parts import parts_of_line
from assess.services.runs.readiness import readiness_of_run
from assess.services.runs.reading import book_of_run, lines_of_run, replayed_lines, run_of, run_seen
from assess.services.runs.releasing import notice_of, release, release_provisional, released_run
from assess.services.runs.scoring import KIND, scoring_in

__all__ = [
    "KIND",
    "ask_run",
    "book_of_run",
    "compare_runs",
    "freeze",
    "lines_of_run",
    "notice_of",
    "parts_of_line",
    "readiness_of_run",
    "release",
    "release_provisional",
    "released_run",
    "replayed_lines",
    "run_of",
    "run_seen",
    "scoring_in",
]
