"""Files that appear whole or not at all, all of one command together."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.core.flaws import ValidationError
from assess.files.outputs import NOT_WRITABLE, Outputs


def write_two(folder: Path, *, stopped_by: BaseException | None = None) -> None:
    """Write two files, one of which is there already, and perhaps stop before both are finished."""
    with Outputs() as outputs:
        outputs.stage(folder / "a.txt").write_text("new a")
        outputs.stage(folder / "b.txt").write_text("new b")
        assert (folder / "a.txt").read_text() == "old a"
        if stopped_by is not None:
            raise stopped_by


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder."""
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_all_files_appear_at_the_end(tmp_path: Path):
    (tmp_path / "a.txt").write_text("old a")
    write_two(tmp_path)

    assert contents(tmp_path) == {"a.txt": "new a", "b.txt": "new b"}


@pytest.mark.parametrize("stop", [KeyError("bug"), KeyboardInterrupt()])
def test_what_stops_the_writing_leaves_everything_as_it_was(tmp_path: Path, stop: BaseException):
    (tmp_path / "a.txt").write_text("old a")
    with pytest.raises(type(stop)):
        write_two(tmp_path, stopped_by=stop)

    assert contents(tmp_path) == {"a.txt": "old a"}


def test_what_the_disk_refuses_is_a_flaw_of_the_file_being_written(tmp_path: Path):
    (tmp_path / "a.txt").write_text("old a")
    with pytest.raises(ValidationError) as refused:
        write_two(tmp_path, stopped_by=OSError(28, "No space left on device"))

    assert [flaw.localized("en") for flaw in refused.value.flaws] == [
        f"{tmp_path / 'b.txt'}: {NOT_WRITABLE.localized('en', why='No space left on device')}"
    ]
    assert contents(tmp_path) == {"a.txt": "old a"}


def test_a_folder_that_appears_meanwhile_under_the_name_is_a_flaw(tmp_path: Path):
    def write_where_a_folder_appears() -> None:
        with Outputs() as outputs:
            outputs.stage(tmp_path / "a.txt").write_text("new a")
            (tmp_path / "a.txt").mkdir()

    with pytest.raises(ValidationError):
        write_where_a_folder_appears()

    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
