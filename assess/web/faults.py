"""What readers and systems are told of a fault: what it is, what became of what they sent, and what to do."""

from __future__ import annotations

from typing import Final

from assess.core.faults import Fault
from assess.core.text import Text

FAULT_MESSAGES: Final = {
    Fault.FULL: Text("服务器存储空间不足", "The server has no storage available"),
    Fault.BUSY: Text("系统正忙", "The service is busy"),
    Fault.AWAY: Text("系统暂时无法读取数据", "The service cannot reach its data"),
    Fault.READ_ONLY: Text("系统暂时只能查看，不能保存", "The service can show its data but not save anything"),
    Fault.DAMAGED: Text("系统数据暂时无法读取", "The service cannot read its data"),
}
"""A fault as readers are told it, who know of no databases and folders."""
UNREADABLE: Final = Text("系统暂时无法使用", "The service is not available right now")
NOT_READ: Final = Text(
    "{what}，页面暂时无法显示。已保存的内容不受影响，登录状态保留。请稍后刷新本页；仍不能打开的，请将下面的编号告知考核办。",
    "{what}, so this page cannot be shown. Everything saved earlier is safe, and you stay signed in. "
    "Reload this page later. If it happens again, tell the assessment office the number below.",
)
NOT_SAVED: Final = Text(
    "{what}，本次提交的内容没有保存，此前保存的内容不受影响。请稍后刷新本页重新提交，所填内容由浏览器再次发送；"
    "仍不能保存的，请将下面的编号告知考核办。",
    "{what}, so what you sent was not saved. Everything saved earlier is safe. Reload this page later, "
    "and your browser will send it again. If it happens again, tell the assessment office the number "
    "below.",
)
UNCERTAIN_TITLE: Final = Text("无法确认是否已保存", "Your work may not have been saved")
UNCERTAIN: Final = Text(
    "保存时数据库连接中断，本次提交的内容可能已保存，也可能没有保存。请稍后返回上一页刷新核对，未保存的再提交一次；"
    "仍有问题的，请将下面的编号告知考核办。",
    "The connection to the database broke while your work was being saved. It may or may not be saved. "
    "Go back later, reload the page and check. Submit it again if it is missing. If it happens again, "
    "tell the assessment office the number below.",
)
RETRY_AFTER: Final = [("Retry-After", "30")]
