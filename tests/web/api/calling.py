"""A department's system that calls the service, and minds every answer that its OpenAPI document does not describe."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask.testing import FlaskClient
from jsonschema.protocols import Validator
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from werkzeug.test import TestResponse

from assess.settings import Settings
from assess.store.session import Database
from assess.web.api.describing import document_of
from tests.services.imports import DEPARTMENT, work
from tests.services.tokens import SENT

EVIDENCE = f"/api/v1/2026/departments/{DEPARTMENT}/evidence"
JSON = "application/json"
PROBLEM = "application/problem+json"
ALLOWED_EVERYWHERE = {404: PROBLEM, 405: PROBLEM, 413: PROBLEM}
"""What may come of an address or method that the document does not describe."""


@dataclass(frozen=True)
class Answer:
    """What the service said, which its document describes."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def flaws(self) -> dict[str, str]:
        """What is wrong, by its place."""
        return {line["where"]: line["what"] for line in self.body.get("flaws", ())}


@dataclass
class System:
    """A system with its token, and a worker behind the service."""

    client: FlaskClient
    database: Database
    settings: Settings
    secret: str
    headers: dict[str, str] = field(default_factory=lambda: {"Accept-Language": "en"})

    def ask(self, method: str, address: str, **options: Any) -> Answer:
        """Ask for something; the answer must be one that the document describes."""
        headers = {"Authorization": f"Bearer {self.secret}", **self.headers, **options.pop("headers", {})}
        kept = {name: value for name, value in headers.items() if value is not None}
        answer = self.client.open(address, method=method, headers=kept, buffered=True, **options)
        check(method, answer.request.path, answer)
        return Answer(answer.status_code, json.loads(answer.text or "{}"), dict(answer.headers))

    def get(self, address: str, **options: Any) -> Answer:
        """Ask how something stands."""
        return self.ask("GET", address, **options)

    def post(self, address: str, body: Any = None, **options: Any) -> Answer:
        """Send something as JSON; bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", address, **{"data": data, "content_type": JSON, **options})

    def sends(self, body: Any = SENT, **options: Any) -> Answer:
        """Send evidence."""
        return self.post(EVIDENCE, body, **options)

    def works(self) -> None:
        """Let the worker do all that waits."""
        work(self.database, self.settings.uploads)

    def checked(self, body: Any = SENT) -> Answer:
        """How evidence stands that was sent and checked."""
        sent = self.sends(body)
        assert sent.status in (200, 202), sent
        self.works()
        return self.get(sent.body["address"])

    def accepted(self, found: Answer) -> Answer:
        """How a file stands that was accepted."""
        asked = self.post(f"{found.body['address']}/accept", {"seen": found.body["version"]})
        assert asked.status == 202, asked
        self.works()
        return self.get(found.body["address"])


def check(method: str, path: str, answer: TestResponse) -> None:
    """Let an answer pass that the document describes."""
    operation = described(method, path)
    about = f"{method} {path} answers {answer.status}: {answer.text[:500]}"
    assert answer.headers["X-Request-Id"], about
    assert "Set-Cookie" not in answer.headers, about
    if answer.status_code in ALLOWED_EVERYWHERE and operation is None:
        assert answer.content_type == PROBLEM, about
        return validate("Problem", json.loads(answer.text), about)
    assert operation is not None, about
    responses = operation["responses"]
    assert str(answer.status_code) in responses, about
    (content,) = responses[str(answer.status_code)]["content"].items()
    assert answer.content_type == content[0], about
    return validate(content[1]["schema"]["$ref"].rpartition("/")[2], json.loads(answer.text or "{}"), about)


def described(method: str, path: str) -> dict[str, Any] | None:
    """What the document says of a method at an address; None where it says nothing."""
    for template, methods in document_of("en")["paths"].items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path) and method.lower() in methods:
            found: dict[str, Any] = methods[method.lower()]
            return found
    return None


def validate(name: str, body: Any, about: str) -> None:
    """Let a body pass that has the shape of this name."""
    assert [error.message for error in validator(name).iter_errors(body)] == [], about


@cache
def validator(name: str) -> Validator:
    """Checks bodies against the shape of a name in the document."""
    shape = {"components": document_of("en")["components"], "$ref": f"#/components/schemas/{name}"}
    return OAS31Validator(shape, format_checker=oas31_format_checker)
