"""A reader of the service's pages who minds everything that is wrong with one.

page = visit(client, "/sign-in")
home = submit(client, page.form(), {"username": "sanlitun", "password": "…"})
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.forms import PageForm, forms_of
from tests.web.markup import Markup, text_of
from tests.web.page_flaws import flaws_of

LANGUAGES = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class Page:
    """One page that was loaded and found right."""

    path: str
    status: int
    html: str

    @cached_property
    def markup(self) -> Markup:
        """Its elements."""
        return Markup(self.html)

    @cached_property
    def h1(self) -> str:
        """Its heading."""
        return text_of(self.markup.all("h1")[0])

    @cached_property
    def title(self) -> str:
        """What the tab of the browser shows."""
        return text_of(self.markup.all("title")[0])

    @cached_property
    def language(self) -> str:
        """`zh` or `en`."""
        return self.markup.language(self.markup.all("html")[0])

    @cached_property
    def text(self) -> str:
        """All that a reader sees of the body, with single blanks."""
        return text_of(self.markup.all("body")[0])

    @cached_property
    def main(self) -> str:
        """What a reader sees of the main part: neither header, navigation nor foot."""
        return text_of(self.markup.all("main")[0])

    @cached_property
    def links(self) -> dict[str, str]:
        """Addresses by the text of their links; of equal texts the first."""
        found = [(text_of(link), link.get("href", "")) for link in self.markup.all("a") if link.get("href")]
        return dict(reversed(found))

    @cached_property
    def errors(self) -> list[str]:
        """What the error summary lists."""
        summaries = [each for each in self.markup.elements if "govuk-error-summary" in each.get("class", "").split()]
        return [text_of(entry) for summary in summaries for entry in summary.iter("li")]

    @cached_property
    def tables(self) -> dict[str, list[list[str]]]:
        """Rows of cells by the caption of their table, with the heads."""
        return {
            "".join(text_of(caption) for caption in table.iter("caption")): [
                [text_of(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")
            ]
            for table in self.markup.all("table")
        }

    @cached_property
    def forms(self) -> list[PageForm]:
        """Its forms in order, as filled in."""
        return forms_of(self.markup, self.path)

    def form(self, action: str | None = None) -> PageForm:
        """The one form in the main part, or the one whose address ends with `action`."""
        found = [form for form in self.forms if (form.in_main if action is None else form.action.endswith(action))]
        assert len(found) == 1, f"{self.path} has {len(found)} such forms: {[form.action for form in self.forms]}"
        return found[0]


def visit(client: FlaskClient, path: str, status: int = 200, language: str | None = None) -> Page:
    """Load a page, which must have this status and no flaw; `language` is what the browser asks for from now on."""
    if language:
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = LANGUAGES[language]
    page = read(client.get(path), status)
    assert language in (None, page.language), f"{path} is in {page.language}"
    return page


def submit(
    client: FlaskClient, form: PageForm, values: Mapping[str, Any] | None = None, *, press: str = "", status: int = 303
) -> Page:
    """Fill in a form, press a button (by its text; else the first) and read the page that comes, after a redirect too.

    Values are texts, lists of texts, or files as `(stream, name)`; None unticks a box.
    """
    data = form.filled(values or {}, press)
    if form.method == "get":
        return read(client.get(form.action, query_string=data), status if status != 303 else 200)
    answer = client.post(form.action, data=data, content_type="multipart/form-data" if form.multipart else None)
    if answer.status_code == status == 303:
        return read(client.get(urljoin(form.action, answer.headers["Location"])), 200)
    return read(answer, status)


def asked(client: FlaskClient, page: Page, ending: str) -> Page:
    """The question that the link of a page to an address with this ending leads to."""
    addresses = {address for address in page.links.values() if address.endswith(ending)}
    assert len(addresses) == 1, f"{page.path} has {len(addresses)} such links: {page.links}"
    return visit(client, addresses.pop())


def confirm(client: FlaskClient, page: Page, ending: str, *, status: int = 303) -> Page:
    """Follow a link to a question, and say yes."""
    return submit(client, asked(client, page, ending).form(), status=status)


def read(answer: TestResponse, status: int) -> Page:
    """The page of an answer, which must have this status and no flaw."""
    path = answer.request.full_path.rstrip("?") if answer.request.query_string else answer.request.path
    assert answer.status_code == status, f"{path} answers {answer.status}, not {status}: {answer.text[:500]}"
    assert answer.content_type == "text/html; charset=utf-8", f"{path} is {answer.content_type}"
    assert flaws_of(answer.text) == [], f"{path} has flaws: {flaws_of(answer.text)}"
    return Page(path, status, answer.text)
