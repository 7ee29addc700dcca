"""Words of rankings and grades in the book of a rule sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.core.text import Text

TIE_WORDS: Final[Mapping[str, Text]] = {
    "competition": Text("名次并列，其后名次跳号", "the same rank, the next ranks left out"),
    "minimum": Text("名次并列，其后名次跳号", "the same rank, the next ranks left out"),
    "dense": Text("名次并列，其后名次不跳号", "the same rank, no rank left out"),
    "average": Text("取平均名次", "the mean of the ranks"),
    "maximum": Text("取最后的名次", "the last of the ranks"),
}
GRADE, REST = Text("等次", "Grade"), Text("其余", "the others")
FROM, UP_TO = Text("{bound}及以上", "from {bound}"), Text("{bound}及以下", "up to {bound}")
