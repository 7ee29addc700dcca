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
    FAILED = "failed", "未成功", "failed"


KINDS: Final = {
    "mail": Text("发送邮件", "Send a mail"),
    "check-import": Text("检查上传的部门数据", "Check an uploaded file of figures"),
    "accept-import": Text("接收上传的部门数据", "Accept an uploaded file of figures"),
    "check-findings": Text("检查上传的问题清单", "Check an uploaded file of findings"),
    "accept-findings": Text("登记上传的问题", "Record the findings of an uploaded file"),
    "check-audit": Text("核对操作日志", "Check the chain of the log"),
    "archive": Text("制作年度档案", "Make the archive of a year"),
    "download": Text("制作下载文件", "Make a file to download"),
    "seal": Text("封存结果", "Seal the results"),
    "score": Text("计分", "Make a run"),
    "forget-uploads": Text("清理上传后未附上的文件", "Remove uploads that were never attached"),
}
"""What each kind of job is called."""


def kind_called(kind: str) -> Text:
    """What a kind of job is called; one of a later version by its name."""
    return KINDS.get(kind, Text.same(kind))
