"""Faults planted one at a time into a copy of the house: the tests beside them must find each.

    python -m tests.planted_faults [part of a path]

Prints what no test found; exit code 1 where there is any, or where a fault does not fit the code any more. It takes
some minutes: run it before and after tests are changed or merged.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

TOP = Path(__file__).parent.parent
PARTS = ("assess", "templates", "static", "rules", "tests", "docs", "pyproject.toml", "requirements.txt", "README.md")
PROCESSES = 2


class Fault(NamedTuple):
    """What stands once in a file, what is planted instead, and the tests that must fail then."""

    path: str
    right: str
    wrong: str
    tests: str


GRADING, CONVERSION, WORKFLOW = (
    "core/scoring/test_grading.py core/scoring/test_quotas.py",
    "core/scoring/test_conversion.py",
    "core/test_workflow.py",
)
CORE_METHODS, SEALS, QUEUE = (
    "core/methods core/scoring core/explanations",
    "services/test_seals.py",
    "store/test_queue.py",
)
WEEKS, SEALED_FILES = (
    "core/test_finding_weeks.py",
    "files/sealing files/test_sealed_pages.py",
)
DOUBTS, CODES, PASSWORDS = (
    "core/evidence/test_doubts.py",
    "core/seals/test_check_codes.py",
    "core/accounts/test_passwords.py",
)
PEOPLE = "services/test_accounts.py services/test_accounts_leaving.py"
SIGN_IN = "services/test_accounts.py web/test_accounts_sign_in.py web/test_accounts_waiting.py"
FAULTS = (
    Fault("core/scoring/grading.py", "totals >= bound if better", "totals > bound if better", GRADING),
    Fault("core/scoring/grading.py", "ranks.present & ~vetoed &", "ranks.present &", GRADING),
    Fault("core/scoring/grading.py", "left_out |= over", "left_out &= over", GRADING),
    Fault("core/scoring/grading.py", "np.minimum(place + 1, len(grades) - 1)", "place", GRADING),
    Fault("core/scoring/conversion.py", "where(best > 0, share, 0)", "where(best > 0, share, 1)", f"{CONVERSION} core"),
    Fault("core/scoring/conversion.py", "astype(np.int64) - 1, 0,", "astype(np.int64), 0,", CONVERSION),
    Fault(
        "core/accounts/throttle.py", "failures.number < limit.failures", "failures.number <= limit.failures", SIGN_IN
    ),
    Fault("core/accounts/throttle.py", "min(doubled, limit.longest)", "doubled", SIGN_IN),
    Fault(
        "core/numbers.py",
        "digits is not None and digits > 0",
        "digits is not None and digits > 1",
        "core/test_numbers.py",
    ),
    Fault(
        "core/numbers.py",
        "value = significant(value, SIGNIFICANT)",
        "value = significant(value, 14)",
        "core/test_numbers.py",
    ),
    Fault("core/accounts/passwords.py", "len(text) < SHORTEST", "len(text) <= SHORTEST", PASSWORDS),
    Fault("core/accounts/passwords.py", "folded == username.lower()", "folded == username.upper()", PASSWORDS),
    Fault("core/workflow.py", "(act in reopened and", "(act not in reopened and", WORKFLOW),
    Fault("core/methods/peers.py", "- (places - 1) * method.step", "- places * method.step", CORE_METHODS),
    Fault("core/methods/peers.py", "(places - 1) / (n - 1)", "(places - 1) / n", CORE_METHODS),
    Fault(
        "core/methods/progress.py",
        "where(share < 1, counted * method",
        "where(share <= 1, counted * method",
        CORE_METHODS,
    ),
    Fault(
        "core/methods/progress.py", "where(share < line, 0, counted)", "where(share <= line, 0, counted)", CORE_METHODS
    ),
    Fault("core/methods/obligations.py", "points = points - lateness", "points = points + lateness", CORE_METHODS),
    Fault("core/methods/steps.py", "if bound is None:", "if bound is not None:", CORE_METHODS),
    Fault("core/scoring/sections.py", "< section.availability)", "<= section.availability)", "core/scoring"),
    Fault("core/scoring/sections.py", "full - taken_out", "full", "core/scoring"),
    Fault("core/evidence/doubts.py", "len(values) < LEAST_UNITS", "len(values) <= LEAST_UNITS", DOUBTS),
    Fault("core/evidence/doubts.py", "2 * away <= abs(before)", "3 * away <= abs(before)", DOUBTS),
    Fault("core/evidence/doubts.py", "away < FEW", "away <= FEW", DOUBTS),
    Fault("core/scoring/ranking.py", "totals if higher else -totals", "totals", "core/scoring/test_ranking.py"),
    Fault("core/seals/check_codes.py", "if number % PRIME:", "if number % PRIME == 1:", CODES),
    Fault("core/seals/check_codes.py", "number << BITS | ALPHABET", "number << BITS + 1 | ALPHABET", CODES),
    Fault("core/findings/weekly.py", "return now >= self.ends", "return now > self.ends", WEEKS),
    Fault("core/findings/weekly.py", "if event.day < week.first:", "if event.day <= week.first:", WEEKS),
    Fault(
        "core/findings/weekly.py", '"voided": standing.is_void and not was_void', '"voided": standing.is_void', WEEKS
    ),
    Fault(
        "files/csv_cells.py", "LIVE.match(cell) and not PLAIN", "LIVE.match(cell) and PLAIN", "files/test_csv_cells.py"
    ),
    Fault(
        "files/sealing/checking.py", "if any(place.size == len(data)", "if any(place.size <= len(data)", SEALED_FILES
    ),
    Fault("files/sealing/checking.py", "    if whole:", "    if not whole:", SEALED_FILES),
    Fault("store/queue.py", ".order_by(Job.run_after, Job.id)", ".order_by(Job.id.desc())", QUEUE),
    Fault("store/queue.py", "attempts=claim.attempt - 1)", "attempts=claim.attempt)", QUEUE),
    Fault("store/queue.py", "changed.rowcount != 1:", "changed.rowcount > 1:", QUEUE),
    Fault("store/audit_chain.py", "number += 1", "number += 2", "store/test_audit_chain.py"),
    Fault("services/accounts/keeping.py", "in scopes and not units:", "in scopes and units is None:", PEOPLE),
    Fault(
        "services/certifying/deciding.py", "if value.unit == unit})", "if value.unit})", "services/test_certifying.py"
    ),
    Fault("services/certifying/comparing.py", "if value == last:", "if value is last:", "services/test_certifying.py"),
    Fault("services/seals/asking.py", "before is None and not waiting", "before is None or not waiting", SEALS),
    Fault("services/seals/asking.py", "newest.id != before.run:", "newest.id == before.run:", SEALS),
    Fault("services/seals/asking.py", 'if before is not None else ""', 'if before is None else ""', SEALS),
    Fault("web/hosts.py", 'in ("same-origin", "none")', 'in ("same-origin", "same-site")', "web/test_resending.py"),
    Fault("web/token_auth.py", "if not secret:", "if secret:", "web/api/test_api_evidence.py"),
    Fault("web/access.py", "if signed_in() is None:", "if signed_in() is not None:", "web/test_access.py"),
)


def planted(fault: Fault, copy: Path) -> None:
    """Plant a fault in a copy of the house.

    Raises:
        LookupError: what it changes does not stand there once.
    """
    path = copy / "assess" / fault.path
    text = path.read_text(encoding="utf-8")
    if text.count(fault.right) != 1:
        raise LookupError(f"{fault.path}: {fault.right!r} stands there {text.count(fault.right)} times")
    path.write_text(text.replace(fault.right, fault.wrong), encoding="utf-8")


def verdict(fault: Fault) -> str:
    """What is wrong with the tests of a fault; empty where they find it."""
    with TemporaryDirectory() as folder:
        for part in PARTS:
            source, target = TOP / part, Path(folder, part)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
        try:
            planted(fault, Path(folder))
        except LookupError as missing:
            return str(missing)
        tests = [f"tests/{name}" for name in fault.tests.split()]
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode == 1:
        return ""
    end = ended.stdout.strip().splitlines()[-1:]
    what = f"{fault.path}: {fault.right!r} → {fault.wrong!r}"
    return f"{what} is not found by {fault.tests} (pytest {ended.returncode}: {end})"


def main(part: str = "") -> int:
    """Exit code 1 where a fault is not found."""
    chosen = [fault for fault in FAULTS if part in fault.path]
    with ThreadPoolExecutor(PROCESSES) as pool:
        wrong = [said for said in pool.map(verdict, chosen) if said]
    print("\n".join([*wrong, f"{len(chosen) - len(wrong)} of {len(chosen)} planted faults are found."]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
