"""People who visit the service as it is served, each over a connection of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from tests.web.forms import PageForm, forms_of
from tests.web.markup import Markup

PATIENCE = 60


@dataclass
class Visitor:
    """A browser that is signed in by its cookie."""

    address: str
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        """The status of an answer and its text; its headers are kept in lower case."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        told = {"Cookie": self.cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
        try:
            connection.request(method, path, body, told)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, text

    def form(self, path: str) -> PageForm:
        """The one form in the main part of a page."""
        status, html = self.ask("GET", path)
        assert status == 200, f"{path} answers {status}"
        return next(form for form in forms_of(Markup(html), path) if form.in_main and form.method == "post")

    def post(self, path: str, values: dict[str, str]) -> int:
        """The status of what comes of a form."""
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urlencode(values).encode(), Content_Type=kind)[0]
