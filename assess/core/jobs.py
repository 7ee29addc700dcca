"""Jobs: their states, and what the kinds of them are called."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text
from assess.core.workflow import LabeledEnum


class JobState(LabeledEnum):
    """How a job stands."""

    WAITING = "waiting", "等待执行", "waiting"
    RUNNING = "running", "正在执行", "running"
    DONE = "done", "已完成", "done"
    FAILED = "failed", "失败", "failed"


KINDS: Final = {
    "mail": Text("发送邮件", "Send an email"),
    "notification": Text("发送通知", "Send a notification"),
    "webhook": Text("通知其他系统", "Notify another system"),
    "check-import": Text("检查上传的部门数据", "Check a department data file"),
    "accept-import": Text("接收上传的部门数据", "Accept a department data file"),
    "check-findings": Text("检查上传的问题清单", "Check a findings file"),
    "accept-findings": Text("登记上传的问题", "Import findings"),
    "check-audit": Text("校验操作日志", "Check the audit log"),
    "archive": Text("生成年度档案", "Create the archive of a year"),
    "download": Text("生成下载文件", "Create a file to download"),
    "seal": Text("封存结果", "Seal the results"),
    "score": Text("计分", "Score the units"),
    "forget-uploads": Text("清理未使用的上传文件", "Remove unused uploads"),
}
"""What each kind of job is called."""


def kind_called(kind: str) -> Text:
    """What a kind of job is called; one of a later version by its name."""
    return KINDS.get(kind, Text.same(kind))
