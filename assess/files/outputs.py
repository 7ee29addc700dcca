"""Files that appear whole or not at all, all of one command together."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import TextPosition
from assess.core.text import Text

NO_FOLDER = Text("没有这个文件夹，请先建立。", "The folder does not exist. Create it first.")
IS_FOLDER = Text("这是文件夹，请指定文件名。", "This is a folder. Name a file in it.")
IS_FILE = Text("这是文件，请指定文件夹。", "This is a file. Name a folder.")
NOT_WRITABLE = Text(
    "无法写入，请检查磁盘空间、权限和文件名（{why}）。",
    "The file cannot be written. Check the disk space, permissions and the file name ({why}).",
)
TWICE = Text("同一文件指定了两次，请改其中一个。", "The same file is named twice. Change one of them.")
OWNER_ONLY = 0o600


class Outputs:
    """Files under temporary names beside their place; they are put in place together at the end, or removed.

    Raises:
        ValidationError: a place that cannot be written to, at any time until the files are in place.
    """

    def __init__(self) -> None:
        self.staged: dict[Path, Path] = {}

    def __enter__(self) -> Outputs:
        return self

    def stage(self, path: Path) -> Path:
        """A new empty file beside `path`, to be written now."""
        refusal = refused(path)
        if path in self.staged:
            refusal = TWICE
        if refusal is not None:
            raise ValidationError([Flaw(TextPosition(str(path)), refusal)])
        part = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
        self.staged[path] = part  # before it is there: whoever is interrupted between the two leaves nothing
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
        except OSError as error:
            del self.staged[path]
            raise unwritable(path, error) from error
        return part

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.put_in_place()
        finally:
            for part in self.staged.values():
                with suppress(FileNotFoundError):
                    part.unlink()
        if isinstance(error, OSError) and self.staged:
            raise unwritable(list(self.staged)[-1], error) from error

    def put_in_place(self) -> None:
        """Give every file its name."""
        mode = 0o666 & ~current_umask()
        for path, part in self.staged.items():
            try:
                part.chmod(mode)
                part.replace(path)
            except OSError as error:
                raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> ValidationError:
    """What stops a file from being written."""
    return ValidationError(
        [Flaw(TextPosition(str(path)), NOT_WRITABLE, {"why": error.strerror or type(error).__name__})]
    )


def refused(path: Path) -> Text | None:
    """Why nothing can be written there, or None."""
    try:
        if path.is_dir():
            return IS_FOLDER
        return None if path.parent.is_dir() else NO_FOLDER
    except OSError as error:
        return NOT_WRITABLE.format(why=error.strerror or type(error).__name__)


def current_umask() -> int:
    """The mask that new files of this process get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
