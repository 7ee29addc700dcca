"""The papers for who comes next: their indexes are whole, and every file they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.core.text import Language
from tests import keys_paper
from tests.guides import GUIDES
from tests.methods_paper import printed, table

TOP = Path(__file__).parent.parent
DECISION = re.compile(r"\*\*\d{4}-\d{2}-\d{2}\. .+?\.\*\*", re.DOTALL)


def anchor(heading: str) -> str:
    """Where a link to a heading leads."""
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def test_the_index_of_decisions_names_every_subject_and_each_decision_has_its_day_and_title():
    text = (TOP / "docs" / "decisions.md").read_text(encoding="utf-8")
    index = re.findall(r"^\* \[(.+)\]\((#.+)\)$", text, re.MULTILINE)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    begun = re.findall(r"^\*\*\d{4}-.*$", text, re.MULTILINE)
    titles = [" ".join(each.split()) for each in DECISION.findall(text)]

    assert index == [(heading, f"#{anchor(heading)}") for heading in headings]
    assert (len(titles), len(set(titles))) == (len(begun), len(begun))


def test_every_paper_that_a_paper_names_is_there():
    papers = [*TOP.glob("*.md"), *(TOP / "docs").glob("*.md"), *GUIDES.values()]
    named = {
        (paper.name, name)
        for paper in papers
        for name in re.findall(
            r"`((?:docs|tests|rules|assess|templates|static)/[\w./-]+\.\w+)`", paper.read_text("utf-8")
        )
    }

    assert len(named) > 20
    assert sorted(each for each in named if not (TOP / each[1]).exists()) == []


@pytest.mark.parametrize("language", GUIDES)
def test_each_guide_shows_every_key_as_the_shipped_sheets_have_it(language: Language):
    guide = GUIDES[language].read_text(encoding="utf-8")

    assert keys_paper.printed(guide, language) == guide


@pytest.mark.parametrize("language", GUIDES)
def test_each_guide_lists_the_rules_of_the_gallery_and_every_one_that_a_docstring_names(language: Language):
    guide = GUIDES[language].read_text(encoding="utf-8")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (TOP / "assess").rglob("*.py"))

    assert printed(guide, language) == guide
    assert set(re.findall(r"\bM\d\d\b", sources)) - set(re.findall(r"\bM\d\d\b", table(language))) == set()


def arrows() -> str:
    """The picture of which room imports which, drawn from the imports."""
    rooms = sorted(
        path.stem for path in (TOP / "assess").iterdir() if path.name not in ("__init__.py", "__pycache__", "locale")
    )
    found = set()
    for path in sorted((TOP / "assess").rglob("*.py")):
        room = path.relative_to(TOP / "assess").with_suffix("").parts[0]
        for other in re.findall(r"^\s*(?:from|import) assess\.(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            if other in rooms and other != room:
                found.add(f"    {room} --> {other}")
    return "\n".join(["```mermaid", "graph TD", *sorted(found), "```"])


def test_the_picture_of_rooms_is_that_of_the_imports():
    paper = (TOP / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert paper.split("<!-- arrows: begin -->\n")[1].split("\n<!-- arrows: end -->")[0] == arrows()
