"""Last year's results from the JSON that `assess score` wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from assess.core.flaws import Flaw, ValidationError
from assess.core.previous import PreviousResults, read_previous_results
from assess.core.schema import Tree
from assess.core.sources import TextPosition
from assess.core.text import Text
from assess.core.units.unit_list import Units
from assess.files.opening import refusal, whole_file

NOT_JSON = Text(
    "这不是JSON文件，请指定assess score输出的上年度结果。",
    "This is not a JSON file. Name the results of last year created by assess score.",
)
NOT_UTF_8 = Text(
    "文件编码不是UTF-8，请指定assess score输出的上年度结果。",
    "The file is not in UTF-8. Name the results of last year created by assess score.",
)

MAX_MEGABYTES: Final = 500


def read_previous_results_file(path: Path, units: Units) -> tuple[PreviousResults, list[Flaw]]:
    """Last year's results of these units, and what is wrong with them.

    Raises:
        ValidationError: the file cannot be read as JSON at all.
    """
    return read_previous_results(json_tree(whole_file(path, MAX_MEGABYTES), path), units, TextPosition(str(path)))


def json_tree(data: bytes, path: Path) -> Tree:
    """The plain tree of a JSON document, its numbers as text."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except UnicodeDecodeError:
        raise refusal(path, NOT_UTF_8) from None
    except json.JSONDecodeError as error:
        raise ValidationError([Flaw(TextPosition(str(path), error.lineno, error.colno), NOT_JSON)]) from None
    except RecursionError:
        raise refusal(path, NOT_JSON) from None
