"""A large book is made by two processes and is the same as if one had made it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import pytest

from assess.core.rules.sheet import SheetStanding
from assess.core.scorecard.content import Book, Scorecard, Sealing
from assess.core.text import Text
from assess.files.pdf_style.statement import stated_in
from assess.files.ranked_book_pdf import write_book
from assess.files.second_process import MANY, SecondProcessFailed
from tests.files.cards import DIGEST, a_card, a_head
from tests.files.rankings import a_book
from tests.files.reading import bookmarks, lines_of, reader

HEAD = a_head(standing=SheetStanding.ISSUED, sealing=Sealing(1, "2027-01-20 10:03", 3, "0123456789abcdef" * 4))
TOP = Path(__file__).parents[2]


def a_large_book() -> Book:
    """One more card than one stretch has, and in the second half a name with a character that the fonts lack."""
    book = a_book(MANY + 1, 2, 1, head=HEAD)
    last = partial(a_card, 2, 1, MANY, head=HEAD, name=Text("𠮷街道", "Ji"))
    return replace(book, cards=[*book.cards[:-1], last])


@cache
def written(processes: int) -> tuple[bytes, tuple[tuple[int, int], ...], tuple[Text, ...]]:
    """The book, what was told of its progress, and its warnings."""
    stream, told = BytesIO(), list[tuple[int, int]]()
    warnings = write_book(
        a_large_book(), stream, "zh", lambda done, of: told.append((done, of)), again=a_large_book, processes=processes
    )
    return stream.getvalue(), tuple(told), warnings


def test_two_processes_make_the_same_bytes_as_one_tell_each_card_and_what_the_fonts_lack():
    steps = MANY + 2

    assert written(2) == written(1)
    assert written(2)[1] == tuple((done, steps) for done in range(1, steps + 1))
    assert [warning.zh for warning in written(2)[2]] == [
        "字库中没有“𠮷”字（U+20BB7），文件中以“〓”代替，请改用规范字。"
    ]


def test_contents_bookmarks_and_numbers_of_pages_go_on_over_both_halves():
    document = reader(written(2)[0])
    pages = [[line.text for line in page] for page in lines_of(document)]
    cards = {title: number for level, title, number in bookmarks(document) if level == 1 and number > 4}
    listed = {
        line: int(page[at + 2])
        for page in pages[1:4]
        for at, line in enumerate(page[:-2])
        if line.startswith("示范") and page[at + 2].isdecimal()
    }

    assert len(cards) == MANY + 1
    assert {title: listed[title] for title in cards if title in listed} == {
        title: number for title, number in cards.items() if title.startswith("示范")
    }
    assert [title for title, number in cards.items() if title not in pages[number - 1]] == ["示范61街道"]
    assert [page[-1].rpartition(" · ")[2] for page in pages] == [
        f"全册第{number}/{len(pages)}页" for number in range(1, len(pages) + 1)
    ]


def test_a_book_states_what_it_is_for_programs():
    assert stated_in(written(1)[0]) == {
        "edition": "1", "run": "3", "kind": "book", "unit": "", "language": "zh",
        "rules": DIGEST, "inputs": HEAD.input_digest, "log": "0123456789abcdef" * 4,
    }  # fmt: skip


def a_card_that_fails() -> Scorecard:
    raise ValueError("no such figure")


def a_card_that_kills() -> Scorecard:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def a_book_that_ends_with(last: Callable[[], Scorecard]) -> Book:
    book = a_book(MANY + 1, 2, 1)
    return replace(book, cards=[*book.cards[:-1], last])


def a_book_of_other_inputs() -> Book:
    book = a_book(MANY + 1, 2, 1)
    return replace(book, head=replace(book.head, input_digest="another"))


@pytest.mark.parametrize(("again", "said"), [
    (partial(a_book_that_ends_with, a_card_that_fails), "no such figure"),
    (partial(a_book_that_ends_with, a_card_that_kills), "it has died"),
    (a_book_of_other_inputs, "the recomputed result differs from the stored one"),
])  # fmt: skip
def test_what_goes_wrong_in_the_second_process_is_told_and_no_book_is_written(again, said, tmp_path: Path):
    with pytest.raises(SecondProcessFailed, match=said):
        write_book(a_book(MANY + 1, 2, 1), tmp_path / "b.pdf", "zh", lambda done, of: None, again=again, processes=2)
    assert list(tmp_path.iterdir()) == []


ENDLESS = """
from pathlib import Path
from assess.files.ranked_book_pdf import write_book
from tests.files.test_ranked_book_processes import a_book_that_waits
if __name__ == "__main__":
    write_book(
        a_book_that_waits(), Path("none.pdf"), "zh", lambda *_: None, again=a_book_that_waits, processes=2
    )
"""


def a_card_that_waits() -> Scorecard:
    """Says who waits, for ever."""
    print(os.getpid(), flush=True)
    time.sleep(1000)
    raise AssertionError


def a_book_that_waits() -> Book:
    return replace(a_book(MANY + 1, 2, 1), cards=[a_card_that_waits] * (MANY + 1))


def test_the_second_process_ends_with_one_that_is_killed(tmp_path: Path):
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS)
    told = {**os.environ, "PYTHONPATH": str(TOP)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=told) as first:
        said = first.stdout
        assert said is not None
        waiting = {int(said.readline()) for _ in range(2)}
        first.kill()
    [second] = waiting - {first.pid}

    assert wait_until_gone(second)


def wait_until_gone(process: int) -> bool:
    """Whether a process ends soon."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if "Z" in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2][:3]:
            return True
        time.sleep(0.1)
    return False
