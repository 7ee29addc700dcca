"""Looking into the tree of a page: elements, their text and what encloses them."""

from __future__ import annotations

import copy
import re
import warnings
from collections.abc import Iterator
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from html5lib import HTMLParser
    from html5lib.constants import E as WORDING

SILENT = {"script", "style", "template", "noscript"}
TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+')


class Markup:
    """The HTML of one page as a browser reads it, with what a strict reader minds."""

    def __init__(self, html: str) -> None:
        root, self.mistakes = parsed(without_tokens(html))
        self.root: Element = copy.deepcopy(root)
        own = iter(TOKEN.findall(html))
        for field in self.root.iter("input"):
            if field.get("name") == "csrf_token" and field.get("value"):
                field.set("value", next(own))

    @cached_property
    def elements(self) -> list[Element]:
        """Every element in the order of the page."""
        return [element for element in self.root.iter() if isinstance(element.tag, str)]

    @cached_property
    def _parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str) -> list[Element]:
        """The elements of these tags in the order of the page."""
        return [element for element in self.elements if element.tag in tags]

    def around(self, element: Element) -> Iterator[Element]:
        """The element and what encloses it, from within."""
        yield element
        while (parent := self._parents.get(element)) is not None:
            yield parent
            element = parent

    def enclosing(self, element: Element, tag: str) -> Element | None:
        """The nearest element of this tag that encloses the element."""
        return next((each for each in self.around(element) if each.tag == tag), None)

    def called(self, id: str) -> Element | None:
        """The element with this id."""
        return next((element for element in self.elements if element.get("id") == id), None)

    def language(self, element: Element) -> str:
        """The language of an element by the nearest `lang`: `zh`, `en`."""
        return next((told for each in self.around(element) if (told := each.get("lang"))), "").partition("-")[0]


@lru_cache(maxsize=100)
def parsed(html: str) -> tuple[Element, list[str]]:
    """The tree of a page and its mistakes; tests read the same few pages again and again."""
    parser = HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    return root, [f"line {line}: {WORDING.get(code, code) % facts}" for (line, _), code, facts in parser.errors]


def without_tokens(html: str) -> str:
    """A page with one word for each token of a form, which are new each time."""
    return TOKEN.sub("token", html)


def text_of(element: Element) -> str:
    """What a reader sees of an element, with single blanks."""
    return " ".join("".join(pieces(element)).split())


def pieces(element: Element) -> Iterator[str]:
    """The stretches of text inside an element that are shown."""
    if isinstance(element.tag, str) and element.tag not in SILENT:
        yield element.text or ""
        for child in element:
            yield from pieces(child)
            yield child.tail or ""
