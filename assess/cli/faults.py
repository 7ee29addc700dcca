"""What the command line says of what was declined and of faults of the machine: what is wrong, and what to do."""

from __future__ import annotations

from typing import Final

from assess.cli.messages import one_line
from assess.core.errors import Declined
from assess.core.faults import Fault
from assess.core.text import Text

TOLD: Final = Text(
    "{what}（{detail}）。此前保存的内容不受影响。{remedy}",
    "{what} ({detail}). Everything saved earlier is unchanged. {remedy}",
)
REMEDIES: Final = {
    Fault.FULL: Text("请清理磁盘空间后重新运行。", "Free some disk space, then run the command again."),
    Fault.BUSY: Text(
        "其他程序正在写入，请稍后重新运行。仍不成功的，请检查是否有未结束的进程。",
        "Another program is writing. Run the command again later. If this continues, look for a process "
        "that has not ended.",
    ),
    Fault.AWAY: Text(
        "请核对 ASSESS_INSTANCE 和 ASSESS_DATABASE_URL，确认磁盘已挂载、数据库服务已启动，再重新运行。",
        "Check ASSESS_INSTANCE and ASSESS_DATABASE_URL. Make sure the disk is mounted and the database "
        "server is running, then run the command again.",
    ),
    Fault.READ_ONLY: Text(
        "请确认运行本系统的用户可以写入实例文件夹和数据库，磁盘没有挂载为只读，再重新运行。",
        "Make sure the user of the service can write to the instance folder and the database, and the "
        "disk is not read-only. Then run the command again.",
    ),
    Fault.DAMAGED: Text(
        "请保留现有文件，将最近一次备份恢复到空的实例（assess restore）。",
        "Keep the existing files and restore the latest backup into an empty instance (assess restore).",
    ),
}


def told_of(error: Exception) -> str | None:
    """One line in both languages; None for a programming error."""
    if isinstance(error, Declined):
        return one_line(f"{error.what.zh} / {error.what.en}")
    # slow library
    from assess.store.session import cause_of, fault_of

    fault = fault_of(error)
    if fault is None:
        return None
    what = TOLD.format(what=fault.label, detail=cause_of(error), remedy=REMEDIES[fault])
    return one_line(f"{what.zh} / {what.en}")
