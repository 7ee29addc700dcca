"""Files that appear whole or not at all, all of one command together."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from assess.core.flaws import Flaw, Flawed
from assess.core.sources import Spot
from assess.core.text import Text

NO_FOLDER = Text("没有这个文件夹，请先建立", "there is no such folder: make it first")
IS_FOLDER = Text("这是文件夹，请给出文件名", "this is a folder: name a file in it")
NOT_WRITABLE = Text("无法写入：{why}", "cannot be written: {why}")
TWICE = Text("同一文件写了两次", "the same file is named twice")


class Outputs:
    """Files under temporary names beside their place; they are put in place together at the end, or removed.

    Raises:
        Flawed: a place that cannot be written to.
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
            raise Flawed([Flaw(Spot(str(path)), refusal)])
        try:
            handle, name = tempfile.mkstemp(dir=path.parent or None, prefix=f".{path.name}.", suffix=".part")
        except OSError as error:
            raise Flawed([Flaw(Spot(str(path)), NOT_WRITABLE, {"why": error.strerror})]) from error
        os.close(handle)
        self.staged[path] = Path(name)
        return self.staged[path]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            for path, part in self.staged.items():
                part.chmod(0o666 & ~current_umask())
                part.replace(path)
            return
        for part in self.staged.values():
            with suppress(FileNotFoundError):
                part.unlink()


def refused(path: Path) -> Text | None:
    """Why nothing can be written there, or None."""
    if path.is_dir():
        return IS_FOLDER
    return None if path.parent.is_dir() else NO_FOLDER


def current_umask() -> int:
    """The mask that new files of this process get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
