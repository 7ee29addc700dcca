"""Both languages are complete: whatever a page may say in English has its Chinese wording, in one place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

import assess
from tests.web.catalogue import FOLDER

TOP = Path(assess.__file__).parents[1]
CATALOGUES = sorted(FOLDER.glob("*.po"))
METHODS = [("templates/**.html", "jinja2"), ("assess/web/**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "encoding": "utf-8"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
FOLDERS = ("templates", "assess/web")
PLACE = re.compile(r"%\(\w+\)[sd]")
SAME = {"PDF", "Excel", "URL", "ID", "SHA-256", "YAML", "CSV"}
"""What is written alike in both languages."""


def said() -> dict[str, set[str]]:
    """Every message of the pages, with the files that say it."""
    found: dict[str, set[str]] = {}
    for folder in FOLDERS:
        methods = [(pattern.removeprefix(f"{folder}/"), how) for pattern, how in METHODS if pattern.startswith(folder)]
        for file, _line, message, _comments, _context in extract_from_dir(TOP / folder, methods, keywords=KEYWORDS):
            for form in (message,) if isinstance(message, str) else message:
                found.setdefault(form, set()).add(f"{folder}/{file}")
    return found


def worded() -> Iterator[tuple[str, Message]]:
    """Every message of the catalogues, with the file it stands in."""
    for path in CATALOGUES:
        with path.open("rb") as file:
            catalogue = read_po(file, locale="zh_Hans_CN", abort_invalid=True)
        yield from ((path.name, message) for message in catalogue if message.id)


def forms_of(message: Message) -> tuple[str, ...]:
    """The English wordings of a message: one, or one and many."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def test_everything_that_pages_say_has_a_chinese_wording():
    known = {form for _file, message in worded() if message.string for form in forms_of(message)}
    missing = {message: sorted(files) for message, files in said().items() if message not in known}

    assert missing == {}


def test_a_wording_stands_in_one_catalogue_only():
    times = Counter(form for _file, message in worded() for form in forms_of(message))

    assert {form: number for form, number in times.items() if number > 1} == {}


def test_nothing_is_worded_that_no_page_says():
    spoken = said()

    assert [(file, form) for file, message in worded() for form in forms_of(message) if form not in spoken] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_holds_nothing_doubtful_or_outdated(path: Path):
    with path.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans_CN", abort_invalid=True)

    assert list(catalogue.obsolete) == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_a_wording_names_the_same_places():
    differing = [
        (file, form, wording)
        for file, message in worded()
        for form in forms_of(message)
        for wording in ([message.string] if isinstance(message.string, str) else message.string)
        if sorted(PLACE.findall(form)) != sorted(PLACE.findall(wording))
    ]

    assert differing == []


def test_a_chinese_wording_is_chinese():
    latin = [
        (file, message.string)
        for file, message in worded()
        if isinstance(message.string, str) and message.string not in SAME
        if re.search("[A-Za-z]{2}", PLACE.sub("", message.string)) and not re.search("[一-鿿]", message.string)
    ]

    assert latin == []
