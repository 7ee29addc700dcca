"""What the subjects and the acts of the log are called: the one catalogue that every entry is told from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from assess.core.text import Text


class Subject(NamedTuple):
    """A kind of subject: what it is called, and what is done to it."""

    label: Text
    acts: Mapping[str, Text]


REQUESTED: Final = {
    "asked": Text("提出申请", "requested"),
    "approved": Text("批准", "approved"),
    "refused": Text("不予批准", "rejected"),
    "withdrawn": Text("撤回申请", "withdrawn"),
}
"""What becomes of what somebody else must approve."""

SUBJECTS: Final[Mapping[str, Subject]] = {
    "account": Subject(
        Text("账号", "Account"),
        {
            "added": Text("建立账号", "added"),
            "changed": Text("修改账号", "changed"),
            "closed": Text("停用账号", "closed"),
            "reopened": Text("重新启用账号", "reopened"),
            "link made": Text("生成设置密码的链接", "link to set the password issued"),
            "password set by link": Text("通过链接设置密码", "password set by the link"),
            "password changed": Text("修改密码", "password changed"),
            "signed in": Text("登录", "signed in"),
            "signed out": Text("退出登录", "signed out"),
            "signed out elsewhere": Text("退出其他浏览器的登录", "signed out of other browsers"),
        },
    ),
    "appeal": Subject(
        Text("申诉", "Appeal"),
        {
            "lodged": Text("提出申诉", "submitted"),
            "ruling proposed": Text("拟定处理意见", "decision proposed"),
            "ruled on": Text("作出处理决定", "decided"),
            "withdrawn": Text("撤回申诉", "withdrawn"),
        },
    ),
    "archive": Subject(
        Text("年度档案", "Archive of a year"),
        {
            "asked": Text("申请生成年度档案", "requested"),
            "made": Text("生成年度档案", "created"),
        },
    ),
    "audit-log": Subject(
        Text("操作日志", "Audit log"),
        {
            "asked to check": Text("发起完整性校验", "integrity check requested"),
            "checked": Text("完整性校验通过", "integrity check passed"),
            "found broken": Text("完整性校验未通过", "integrity check failed"),
            "exported": Text("导出", "exported"),
        },
    ),
    "correction": Subject(Text("依职权更正", "Correction by the assessment office"), REQUESTED),
    "cycle": Subject(
        Text("考核年度", "Assessment year"),
        {
            "created": Text("建立年度", "created"),
            "copied": Text("由上一年度复制建立", "copied from the previous year"),
            "deleted": Text("删除空白年度", "deleted while empty"),
            "moved": Text("转换阶段", "moved to another stage"),
            "reminded": Text("催报", "units reminded"),
            "notified": Text("发送通知", "people notified"),
            "system notified": Text("通知其他系统", "another system notified"),
            "deadline near": Text("阶段即将结束，发送通知", "units notified that the stage ends soon"),
        },
    ),
    "dates": Subject(Text("阶段日期", "Dates of the stages"), {"set": Text("调整日期", "set")}),
    "download": Subject(
        Text("结果下载", "Result file"),
        {
            "asked": Text("申请生成下载文件", "requested"),
            "made": Text("生成下载文件", "created"),
        },
    ),
    "evidence": Subject(
        Text("佐证材料", "Evidence"),
        {
            "evidence attached": Text("上传佐证材料", "file uploaded"),
            "evidence withdrawn": Text("撤回佐证材料", "file withdrawn"),
        },
    ),
    "exclusion": Subject(Text("数据剔除", "Excluded data"), REQUESTED),
    "exemption": Subject(Text("不涉及", "Exemption"), REQUESTED),
    "finding": Subject(
        Text("巡查问题", "Finding"),
        {
            "recorded": Text("登记问题", "recorded"),
            "assigned": Text("交办", "assigned"),
            "started": Text("开始整改", "started on"),
            "reported": Text("报送整改", "reported as corrected"),
            "passed": Text("复核通过", "review passed"),
            "returned": Text("复核退回", "returned at review"),
            "closed": Text("销账备案", "closed and filed"),
            "looked back": Text("回头看通过", "look-back passed"),
            "reopened": Text("重新整改", "reopened"),
            "resumed": Text("恢复整改", "resumed"),
            "asked": Text("提出延期、中止或作废申请", "request made"),
            "approved": Text("批准申请", "request approved"),
            "refused": Text("不予批准", "request rejected"),
            "withdrawn": Text("撤回申请", "request withdrawn"),
            "photo added": Text("添加照片", "photo added"),
            "photo withdrawn": Text("撤回照片", "photo withdrawn"),
            "linked": Text("认定为重复问题", "marked as a repeat"),
            "unlinked": Text("取消重复认定", "no longer marked as a repeat"),
        },
    ),
    "finding-import": Subject(
        Text("问题清单文件", "File of findings"),
        {
            "uploaded": Text("上传", "uploaded"),
            "checked": Text("检查完毕", "checked"),
            "asked to accept": Text("发起登记", "recording requested"),
            "accepted": Text("登记清单中的问题", "findings recorded"),
            "put back": Text("未能登记，退回待定", "not recorded; returned to preview"),
            "discarded": Text("放弃", "discarded"),
            "withdrawal asked": Text("申请撤回", "withdrawal requested"),
            "withdrawal approved": Text("批准撤回", "withdrawal approved"),
            "withdrawal refused": Text("不予批准撤回", "withdrawal rejected"),
            "withdrawal taken back": Text("取消撤回申请", "withdrawal request cancelled"),
        },
    ),
    "form": Subject(
        Text("自评填报表草稿", "Self-assessment draft"),
        {
            "saved": Text("保存填报内容", "saved"),
            "workbook accepted": Text("导入填好的Excel表格", "Excel file imported"),
        },
    ),
    "handover": Subject(
        Text("结果移交", "Handover"),
        {"handed over": Text("移交结果", "handed over"), "acknowledged": Text("确认收到", "acknowledged")},
    ),
    "headings": Subject(
        Text("已记住的表头", "Remembered headings"), {"forgotten": Text("删除表头对应关系", "meaning deleted")}
    ),
    "import": Subject(
        Text("部门数据文件", "Department data file"),
        {
            "uploaded": Text("上传", "uploaded"),
            "checked": Text("检查完毕", "checked"),
            "explained": Text("说明存疑数据", "unusual values explained"),
            "asked to accept": Text("发起接收", "acceptance requested"),
            "accepted": Text("接收数据", "accepted"),
            "put back": Text("未能接收，退回待定", "not accepted; returned to preview"),
            "discarded": Text("放弃", "discarded"),
            "undone": Text("撤销接收", "undone"),
            "headings remembered": Text("记住表头对应的数据项", "meanings of headings remembered"),
        },
    ),
    "instance": Subject(
        Text("整个系统", "The whole system"),
        {"backed up": Text("备份", "backed up"), "restored": Text("从备份恢复", "restored from a backup")},
    ),
    "job": Subject(
        Text("后台任务", "Job"),
        {"failed": Text("执行失败", "failed"), "asked again": Text("重新执行", "run again")},
    ),
    "jobs": Subject(
        Text("后台任务列表", "List of jobs"), {"forgotten": Text("清理早已结束的任务", "old jobs removed")}
    ),
    "mail": Subject(Text("邮件", "Email"), {"sent": Text("发送", "sent")}),
    "member": Subject(
        Text("领导班子成员", "Member of a leadership team"),
        {"added": Text("登记", "added"), "changed": Text("修改", "changed"), "removed": Text("删除", "removed")},
    ),
    "move": Subject(
        Text("转阶段申请", "Stage change request"),
        {**REQUESTED, "overtaken": Text("年度已转阶段，申请撤回", "withdrawn because the year moved to another stage")},
    ),
    "object-list": Subject(Text("对象名单", "List of objects"), {"accepted": Text("导入", "imported")}),
    "panel": Subject(
        Text("评审组", "Panel"),
        {
            "named": Text("指定评审人员", "members named"),
            "removed": Text("撤下评审人员", "member removed"),
            "judged": Text("评分", "points given"),
            "counted": Text("平均分计入", "averages confirmed"),
            "closed": Text("结束评审，平均分计入", "closed, averages confirmed"),
        },
    ),
    "patrol": Subject(
        Text("巡查记录", "Patrol"),
        {"recorded": Text("登记", "recorded"), "withdrawn": Text("撤销", "withdrawn")},
    ),
    "previous-figures": Subject(
        Text("上年数据", "Last year's figures"),
        {"accepted": Text("导入", "imported"), "stated none": Text("登记无上年数据", "recorded as none")},
    ),
    "previous-results": Subject(
        Text("上年结果", "Last year's results"),
        {"accepted": Text("导入", "imported"), "stated none": Text("登记无上年结果", "recorded as none")},
    ),
    "reopening": Subject(
        Text("重新开放填报", "Submission reopened"),
        {"reopened": Text("重新开放", "reopened"), "ended": Text("提前结束", "ended early")},
    ),
    "rules": Subject(
        Text("评分表", "Rule sheet"),
        {"loaded": Text("导入新版本", "new version imported"), "published": Text("发布", "published")},
    ),
    "run": Subject(
        Text("计分", "Scoring run"),
        {
            "scored": Text("完成计分", "scored"),
            "released": Text("发布结果", "released"),
        },
    ),
    "runs": Subject(
        Text("年度计分", "Scoring runs of a year"),
        {
            "asked": Text("发起计分", "scoring requested"),
            "month day set": Text("设置每月阶段排名日期", "day of the monthly ranking set"),
        },
    ),
    "seal": Subject(
        Text("封存结果", "Sealed results"),
        {"asked": Text("申请封存结果", "requested"), "sealed": Text("封存结果", "sealed")},
    ),
    "submission": Subject(
        Text("自评填报表", "Self-assessment form"),
        {
            "submitted": Text("报送", "submitted"),
            "withdrawn": Text("撤回", "withdrawn by the unit"),
            "returned": Text("退回", "returned"),
            "certified": Text("全部核定", "all certified"),
        },
    ),
    "task": Subject(Text("年度任务", "Annual task"), {"reported": Text("报送进展", "progress submitted")}),
    "task-list": Subject(Text("任务清单", "Annual task list"), {"accepted": Text("导入", "imported")}),
    "teams": Subject(Text("领导班子名单", "Leadership teams"), {"accepted": Text("导入", "imported")}),
    "token": Subject(
        Text("系统令牌", "Token"), {"given": Text("发放", "issued"), "withdrawn": Text("收回", "revoked")}
    ),
    "unit": Subject(Text("单位", "Unit"), {"renamed": Text("更名", "renamed")}),
    "units": Subject(Text("考核对象名单", "List of units"), {"accepted": Text("导入", "imported")}),
    "upload": Subject(
        Text("上传的文件", "Uploaded file"), {"forgotten": Text("清理未使用的文件", "removed, never used")}
    ),
    "value": Subject(
        Text("数值", "Value"),
        {
            "corrected": Text("更正", "corrected"),
            "put right": Text("按申诉处理决定更正或依职权更正", "corrected by a decision"),
        },
    ),
    "values": Subject(Text("报送数据", "Submitted values"), {"certified": Text("核定", "certified")}),
}
"""Every kind of subject with its acts, by the words of the log."""


def kind_of(subject: str) -> str:
    """The kind of a subject: what stands before the colon."""
    return subject.partition(":")[0]


def subject_called(kind: str) -> Text:
    """What a kind of subject is called; one of a later version by its own word."""
    return SUBJECTS[kind].label if kind in SUBJECTS else Text.same(kind)


def act_called(kind: str, action: str) -> Text:
    """What was done to a subject; an act of a later version by its own words."""
    acts = SUBJECTS[kind].acts if kind in SUBJECTS else {}
    return acts.get(action) or Text.same(action)
