"""The OpenAPI document of what systems may ask for."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from assess import __version__
from assess.core.text import Language, Text
from assess.services.imports.sources import SPREADSHEET
from assess.web.api.operations import COMMON, OPERATIONS, TAKES_EVIDENCE, ApiOperation
from assess.web.api.schemas import Schema, ref, schemas_in
from assess.web.problems import MEDIA_TYPE, TITLES

TITLE: Final = Text("部门数据接口", "Interface for departments' systems")
ABOUT: Final = Text(
    "部门的业务系统用考核办发放的令牌报送本部门数据，检查规则与上传表格相同。数据按文本传送，不经浮点数。",
    "Departments' systems submit figures with a token issued by the assessment office. The figures are "
    "checked in the same way as uploaded Excel files. Decimals are sent as text, never as floating-point "
    "numbers.",
)
BEARER: Final = Text("考核办发放的令牌", "A token issued by the assessment office")
START: Final = Text("每个列表从第几条起", "The number of the first line of each list, from 0")
BLOB: Final[Schema] = {"type": "string", "format": "binary"}
EXAMPLE: Final = {
    "values": [
        {"unit": "建外街道", "figure": "sewage_rate", "value": "95.5"},
        {
            "unit": "110105001",
            "figure": "water_rebounds",
            "period": "2026-Q1",
            "value": 1,
            "occurrences": [{"date": "2026-03-15", "place": "通惠河", "what": "返黑", "photo": "0042"}],
        },
    ]
}


@cache
def document_of(language: Language) -> dict[str, Any]:
    """The document, its descriptions in one language."""
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method] = described(each, language)
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE.localized(language), "description": ABOUT.localized(language), "version": __version__},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas_in(language),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": BEARER.localized(language)}
            },
        },
    }


def described(operation: ApiOperation, language: Language) -> dict[str, Any]:
    """One operation."""
    refusals = {} if operation.is_open else {status: TITLES[status] for status in (*COMMON, *operation.refuses)}
    found: dict[str, Any] = {
        "operationId": operation.endpoint.removeprefix("api."),
        "summary": operation.title.localized(language),
        "description": operation.does.localized(language),
        "parameters": list(parameters(operation, language)),
        "responses": {
            **{str(status): good(operation, text, language) for status, text in operation.answers.items()},
            **{str(status): refusal(text, language) for status, text in sorted(refusals.items())},
        },
    }
    if operation.takes is not None:
        found["requestBody"] = {"required": True, "content": content_of(operation.takes)}
    if operation.is_open:
        found["security"] = []
    return found


def parameters(operation: ApiOperation, language: Language) -> list[Schema]:
    """What stands in the address of an operation, and behind it."""
    kinds = {"department": {"type": "string"}}
    found: list[Schema] = [
        {
            "name": name, "in": "path", "required": True, "description": text.localized(language),
            "schema": kinds.get(name, {"type": "integer", "minimum": 1}),
        }
        for name, text in operation.parameters.items()
    ]  # fmt: skip
    if operation.schema == "Import":
        schema = {"type": "integer", "minimum": 0, "default": 0}
        found.append({"name": "start", "in": "query", "description": START.localized(language), "schema": schema})
    return found


def content_of(name: str) -> dict[str, Any]:
    """What the body of a request may be."""
    if name != TAKES_EVIDENCE:
        return {"application/json": {"schema": ref(name), "example": {"seen": 3}}}
    form = {"type": "object", "properties": {"file": BLOB}, "required": ["file"]}
    return {
        "application/json": {"schema": ref(name), "example": EXAMPLE},
        SPREADSHEET: {"schema": BLOB},
        "multipart/form-data": {"schema": form},
    }


def good(operation: ApiOperation, text: Text, language: Language) -> dict[str, Any]:
    """A good answer."""
    return {"description": text.localized(language), "content": {"application/json": {"schema": ref(operation.schema)}}}


def refusal(text: Text, language: Language) -> dict[str, Any]:
    """An answer that turns a request down."""
    return {"description": text.localized(language), "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
