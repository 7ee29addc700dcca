"""Guides in Markdown as a page shows them: headings with anchors, tables with captions, the classes of the design."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assess.core.text import Language

FOLDER: Final = Path(__file__).parents[2] / "rules"
RULE_SHEETS: Final[Mapping[Language, Path]] = {"zh": FOLDER / "README.zh.md", "en": FOLDER / "README.md"}
ANCHOR: Final = re.compile(r'<a id="([a-z0-9-]+)"></a>')
CLASSES: Final = {
    "h2": "govuk-heading-m", "h3": "govuk-heading-s", "p": "govuk-body", "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number", "table": "govuk-table assess-table", "thead": "govuk-table__head",
    "tbody": "govuk-table__body", "tr": "govuk-table__row", "th": "govuk-table__header", "td": "govuk-table__cell",
}  # fmt: skip
FRAME: Final = '<div class="assess-table-frame" role="region" aria-label="{name}" tabindex="0">\n'
CAPTION: Final = '<caption class="govuk-table__caption govuk-visually-hidden">{name}</caption>\n'
CODE: Final = '<pre class="assess-code" lang="en"><code>{text}</code></pre>\n'
WIDE: Final = re.compile("[\u2e80-\uffef]$")
"""The end of a line after which Chinese goes on without a blank."""
LEFT_OUT: Final = {"html_block", "hr"}


class Guide(NamedTuple):
    """A guide as HTML without its title, and the titles of its chapters by their anchors."""

    body: str
    sections: Mapping[str, str]


class GuideHeading(NamedTuple):
    """A heading of a guide: how deep it is, its anchor, and its title as text."""

    tag: str
    anchor: str
    title: str


def read_guide(path: Path) -> Guide:
    """The guide of a file of ours, whose HTML is trusted: anchors, and comments, which are left out."""
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    sections = sections_of(tokens)
    body = markdown.renderer.render([*dressed(tokens[3:], sections)], markdown.options, {})
    return Guide(body, {each.anchor: each.title for each in sections if each.tag == "h2"})


def sections_of(tokens: Sequence[Token]) -> list[GuideHeading]:
    """The headings below the title, each with the anchor that stands in a paragraph above it."""
    return [
        GuideHeading(each.tag, anchor[1], "".join(part.content for part in tokens[at + 1].children or ()))
        for at, each in enumerate(tokens)
        if each.type == "heading_open" and (anchor := ANCHOR.fullmatch(tokens[at - 2].content))
    ]


def dressed(tokens: Sequence[Token], sections: Sequence[GuideHeading]) -> Iterator[Token]:
    """The tokens with what a page needs of them; anchors become ids of their headings."""
    coming, tables = iter(sections), 0
    section = sections[0]
    for at, each in enumerate(tokens):
        if each.type in LEFT_OUT or is_anchor(tokens, at):
            continue
        if each.type == "heading_open":
            section, tables = next(coming), 0
            each.attrSet("id", section.anchor)
        if each.type == "table_open":
            tables += 1
        yield from in_the_design(each, section.title if tables < 2 else f"{section.title} ({tables})")


def is_anchor(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token belongs to a paragraph that is nothing but an anchor."""
    inside = {"paragraph_open": at + 1, "inline": at, "paragraph_close": at - 1}.get(tokens[at].type)
    return inside is not None and ANCHOR.fullmatch(tokens[inside].content) is not None


def in_the_design(token: Token, name: str) -> Iterator[Token]:
    """A token with its classes; a table with its frame and caption."""
    if token.nesting == 1 and token.tag in CLASSES:
        token.attrSet("class", CLASSES[token.tag])
    if token.type == "th_open":
        token.attrSet("scope", "col")
    before = ""
    for part in token.children or ():
        if part.type == "code_inline":
            part.attrSet("lang", "en")
        if part.type == "softbreak" and WIDE.search(before):
            part.type = "text"
        before = part.content
    if token.type == "fence":
        yield plain(CODE.format(text=escape(token.content)))
    elif token.type == "table_open":
        yield from (plain(FRAME.format(name=escape(name))), token, plain(CAPTION.format(name=escape(name))))
    else:
        yield token
    if token.type == "table_close":
        yield plain("</div>\n")


def plain(html: str) -> Token:
    """A piece of HTML as it is."""
    return Token("html_block", "", 0, content=html)
