"""The shapes of what systems send and are told, as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assess.core.evidence.records import MAX_VALUES
from assess.core.evidence.verdicts import CheckList
from assess.core.handover.described import handover_schema
from assess.core.rules.figure import FigureKind
from assess.core.text import Language, Text
from assess.core.workflow import Imported
from assess.web.api.answers import COUNTED, LISTED

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "integer", "minimum": 0}
TRUTH: Final[Schema] = {"type": "boolean"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
ADDRESS: Final[Schema] = {"type": "string", "format": "uri-reference"}
PLACE: Final = Text("位置：JSON Pointer、单元格，或行和列", "The place: a JSON Pointer, a cell, or line and column")
WORDS: Final[Mapping[str, Text]] = {
    "unit": Text("单位的名称、别名或代码", "The name, an alias or the code of a unit"),
    "figure": Text("数据项的编号或名称", "The ID or the title of a figure of the department"),
    "period": Text(
        "填报期：2026-03、2026-Q1或2026-H1；按年填报的不写",
        "The reporting period: 2026-03, 2026-Q1 or 2026-H1; none for yearly figures",
    ),
    "value": Text(
        "数据：带小数的写成文本；整数可直接写；是否项用true或false；选择项写选项原文",
        "The value: decimals as text; whole numbers as text or numbers; true or false for yes and no; the "
        "word of a choice",
    ),
    "remark": Text("备注，最多500字", "A remark of at most 500 characters"),
    "occurrences": Text(
        "按起数计的数据项的明细，每起一条，条数与数据一致", "The cases behind a count, as many as the count"
    ),
    "date": Text("日期，如2026-03-15", "The date, such as 2026-03-15"),
    "place": Text("地点", "The place"),
    "what": Text("情况", "What happened"),
    "photo": Text("照片编号", "The number of the photo"),
}


def schemas_in(language: Language) -> dict[str, Schema]:
    """Every shape by its name, its parts described in a language."""
    said = {name: text.localized(language) for name, text in WORDS.items()}
    line = record({"where": {**TEXT, "description": PLACE.localized(language)}, "what": TEXT})
    return {
        "Evidence": record({"values": listed("Value", minItems=1, maxItems=MAX_VALUES)}),
        "Value": record(
            {
                "unit": {**TEXT, "description": said["unit"]},
                "figure": {**TEXT, "description": said["figure"]},
                "value": {"type": ["string", "integer", "boolean"], "description": said["value"]},
            },
            {
                "period": {"type": ["string", "integer", "null"], "description": said["period"]},
                "remark": {"type": ["string", "null"], "maxLength": 500, "description": said["remark"]},
                "occurrences": {
                    "type": ["array", "null"],
                    "items": ref("Occurrence"),
                    "description": said["occurrences"],
                },
            },
        ),
        "Occurrence": record(
            {name: {**TEXT, "description": said[name]} for name in ("date", "place", "what")},
            {"photo": {"type": ["string", "integer", "null"], "description": said["photo"]}},
        ),
        "Seen": record({"seen": NUMBER}),
        "Asked": asked_schema(),
        "Import": import_schema(),
        "Line": line,
        "Suspicious": record({**line["properties"], "explanation": TEXT}),
        "Problem": record(
            {"type": ADDRESS, "title": TEXT, "status": NUMBER, "detail": TEXT, "request_id": TEXT},
            {"flaws": listed("Line")},
        ),
        "Handover": dict(handover_schema(language)),
        "Handovers": handovers_schema(),
        "Document": {"type": "object"},
    }


def handovers_schema() -> Schema:
    """The shape of the list of hand-overs."""
    sha256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    known = {"number": NUMBER, "edition": NUMBER, "handed_over_at": MOMENT, "sha256": sha256, "address": ADDRESS}
    return record({"year": NUMBER, "handovers": {"type": "array", "items": record(known)}})


def asked_schema() -> Schema:
    """The shape of what a department is asked for."""
    maybe: Schema = {"type": ["string", "null"]}
    texts: Schema = {"type": "array", "items": TEXT}
    figure = record(
        {
            "id": TEXT,
            "title": TEXT,
            "kind": {"type": "string", "enum": [kind.value for kind in FigureKind]},
            "unit": maybe,
            "periods": texts,
            "decimals": {"type": ["integer", "null"]},
            "least": maybe,
            "most": maybe,
            "choices": texts,
        }
    )
    return record(
        {
            "year": NUMBER,
            "department": TEXT,
            "title": TEXT,
            "last_day": {"type": ["string", "null"], "format": "date"},
            "closed": maybe,
            "figures": {"type": "array", "items": figure},
            "units": {"type": "array", "items": record({"code": TEXT, "name": TEXT})},
        }
    )


def import_schema() -> Schema:
    """The shape of what a system is told of a file."""
    lists = {name: listed("Suspicious" if shown is CheckList.DOUBTFUL else "Line") for shown, name in LISTED.items()}
    counts = ("values", *(shown.value for shown in COUNTED), "unexplained")
    return record(
        {
            "id": NUMBER,
            "year": NUMBER,
            "department": TEXT,
            "state": {"type": "string", "enum": [state.value for state in Imported]},
            "state_called": TEXT,
            "is_worked_on": TRUTH,
            "version": NUMBER,
            "address": ADDRESS,
            "page": ADDRESS,
            "file": record({"name": TEXT, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}),
            "sent_at": MOMENT,
            "accepted_at": {"type": ["string", "null"], "format": "date-time"},
            "may_accept": TRUTH,
            "counts": record(dict.fromkeys(counts, NUMBER)),
            "notes": {"type": "array", "items": TEXT},
            **lists,
            "next": {"type": ["string", "null"], "format": "uri-reference"},
        }
    )


def record(needed: Mapping[str, Schema], others: Mapping[str, Schema] | None = None) -> Schema:
    """An object with these parts and no others."""
    return {
        "type": "object",
        "properties": {**needed, **(others or {})},
        "required": list(needed),
        "additionalProperties": False,
    }


def listed(name: str, **limits: int) -> Schema:
    """A list of things of one shape."""
    return {"type": "array", "items": ref(name), **limits}


def ref(name: str) -> Schema:
    """A shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}
