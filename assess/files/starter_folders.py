"""Folders to begin a rule sheet with: a sheet, units, figures and worked examples that pass the check and score."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.core.flaws import Flaw, ValidationError
from assess.core.schema import hint
from assess.core.sources import TextPosition
from assess.core.text import Text
from assess.files.outputs import IS_FILE, Outputs, unwritable

FOLDER: Final = Path(__file__).parents[2] / "rules" / "starters"
TEMPLATES: Final = {
    "hundred": Text("百分制：三类考核项、加分、一票否决和等次", "A hundred points: sections, bonus, veto, grades"),
    "deduction": Text("扣分制：从满分扣起，扣完为止", "Points taken off, down to nothing"),
    "monthly": Text("月考评：每月满分100分，全年取平均", "Months of 100 points each, the year their mean"),
    "sections": Text("断面：水质按断面计分，交界断面按比例分担", "River sections, some shared by two units"),
    "river-chiefs": Text("河长制：巡河、问题闭环、水质、保洁", "River chiefs: patrols, problems, water"),
    "places": Text("名次奖惩：逐月按名次奖励或扣缴资金", "Money by monthly places"),
    "index": Text("综合指数：指标标准化后加权合成", "Composite index of normalised indicators"),
    "hotline": Text("三率：接诉即办响应率、解决率、满意率", "Hotline: answered, resolved and satisfied"),
}  # fmt: skip
"""What each is about, by the name of its folder."""

NO_TEMPLATE: Final = Text("没有“{name}”这个模板。{hint}", "There is no template “{name}”. {hint}")
NOT_EMPTY: Final = Text("文件夹里已有文件，请另取名称。", "The folder is not empty. Enter another name.")


def write_starter_folder(name: str, folder: Path) -> list[str]:
    """Write the files of a template into a folder, which is made where there is none; the names of the files.

    Raises:
        ValidationError: there is no such template, the folder is not empty, or it cannot be written.
    """
    if name not in TEMPLATES:
        facts = {"name": name, "hint": hint(name, tuple(TEMPLATES))}
        raise ValidationError([Flaw(TextPosition("TEMPLATE"), NO_TEMPLATE, facts)])
    make_empty(folder)
    files = sorted((FOLDER / name).iterdir())
    with Outputs() as outputs:
        for file in files:
            outputs.stage(folder / file.name).write_bytes(file.read_bytes())
    return [file.name for file in files]


def make_empty(folder: Path) -> None:
    """Make a folder, unless there is an empty one."""
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise ValidationError([Flaw(TextPosition(str(folder)), NOT_EMPTY)])
        if folder.exists() and not folder.is_dir():
            raise ValidationError([Flaw(TextPosition(str(folder)), IS_FILE)])
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
