"""A piece of evidence as it may be kept: known by its content, and harmless to whoever opens it.

Beyond what its kind refuses, a PDF runs nothing, starts nothing and brings no files along, and a picture has no more
pixels than a browser shows. Nothing is taken out: a signed document would no longer be what was signed.
"""

from __future__ import annotations

from typing import Final

from assess.core.naming import quoted
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.files.kinds import LOCKED, EvidenceKind, kind_of
from assess.files.pdf_dangers import MAX_OBJECTS, Danger, danger_in
from assess.files.picture_sizes import READERS, size_of

MAX_PIXELS: Final = 250_000_000
"""A plan of A0 scanned at 300 dots an inch has 140 million, the largest camera of a phone 200."""
MAX_SIDE: Final = 32_000
TOO_MANY_PIXELS: Final = Text(
    "“{name}”有{width} × {height}像素，超过限度，尚未保存，请缩小后重新上传。",
    "{name} has {width} × {height} pixels, which is too many. It was not saved. Make it smaller and upload it again.",
)
PRINT: Final = Text("请用“打印为PDF”另存后重新上传。", "Print it to a new PDF and upload that.")
DANGERS: Final = {
    Danger.SCRIPT: Text(
        "“{name}”含有会自动运行的脚本，尚未保存。{print}", "{name} contains scripts and was not saved. {print}"
    ),
    Danger.PROGRAM: Text(
        "“{name}”打开时会启动其他程序或文件，尚未保存。{print}",
        "{name} starts other programs or files when opened and was not saved. {print}",
    ),
    Danger.FILES: Text(
        "“{name}”内嵌有其他文件，尚未保存，请把这些文件单独上传，PDF用“打印为PDF”另存后上传。",
        "{name} contains other files and was not saved. Upload those separately, and print the PDF to a new one.",
    ),
    Danger.PASSWORD: LOCKED,
    Danger.TOO_MANY_OBJECTS: Text(
        "“{name}”内部对象超过{most}个，尚未保存，请拆分后重新上传。",
        "{name} contains more than {most} objects and was not saved. Split it and upload the parts.",
    ),
}


def evidence_kind(data: bytes, name: str) -> EvidenceKind | ParseError:
    """The kind of a file that may be kept, or why it may not; the name is only told."""
    kind = kind_of(data, name)
    told = quoted(name).strip() or "?"
    if kind is EvidenceKind.PDF and (danger := danger_in(data)):
        return ParseError(DANGERS[danger].format(name=told, print=PRINT, most=MAX_OBJECTS))
    if kind in READERS and isinstance(kind, EvidenceKind):
        return too_large(data, kind, told) or kind
    return kind


def too_large(data: bytes, kind: EvidenceKind, name: str) -> ParseError | None:
    """What is wrong with the size of a picture; one whose header states none, nothing shows."""
    width, height = size = size_of(data, kind) or (0, 0)
    if width * height > MAX_PIXELS or max(size) > MAX_SIDE:
        return ParseError(TOO_MANY_PIXELS.format(name=name, width=width, height=height))
    return None
