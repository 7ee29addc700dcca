"""A whole file into memory, or one plain flaw."""

from __future__ import annotations

from pathlib import Path

from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import TextPosition
from assess.core.text import Text

MISSING = Text("文件不存在，请核对路径和文件名。", "The file does not exist. Check the path and the file name.")
A_FOLDER = Text("这是文件夹，不是文件，请指定其中的文件。", "This is a folder, not a file. Name a file in it.")
NOT_A_FILE = Text("这不是普通文件，请指定磁盘上的文件。", "This is not an ordinary file. Name a file on disk.")
UNREADABLE = Text("文件无法读取，请检查权限和磁盘。", "The file cannot be read. Check its permissions and the disk.")
TOO_LARGE = Text(
    "文件超过{most} MB，请删去无关内容或拆分。",
    "The file is larger than {most} MB. Remove what is not needed, or split it.",
)
EMPTY = Text("文件没有内容，请重新选择。", "The file is empty. Select another file.")

MEGABYTE = 1024 * 1024


def refusal(path: Path, what: Text, **facts: object) -> ValidationError:
    """The one flaw of a file that cannot be used at all."""
    return ValidationError([Flaw(TextPosition(str(path)), what, facts)])


def whole_file(path: Path, megabytes: int) -> bytes:
    """The bytes of a file that has at most so many megabytes.

    Raises:
        ValidationError: there is no such file, it is a folder, empty, too large or cannot be read.
    """
    try:
        if not path.exists():
            raise refusal(path, MISSING)
        if not path.is_file():
            raise refusal(path, A_FOLDER if path.is_dir() else NOT_A_FILE)
        if path.stat().st_size > megabytes * MEGABYTE:
            raise refusal(path, TOO_LARGE, most=megabytes)
        data = path.read_bytes()
    except (OSError, ValueError):
        raise refusal(path, UNREADABLE) from None
    if not data:
        raise refusal(path, EMPTY)
    return data
