"""What the facts of entries are called, and how their values read: by the names under which services note them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from assess.core.actors import Role
from assess.core.appeals.rulings import Exempting
from assess.core.appeals.states import AppealState
from assess.core.audit.chain import ChainFault
from assess.core.findings.catalogue import COMMON, Domain, FindingSource
from assess.core.findings.patrols import PatrolKind
from assess.core.findings.photos import PhotoSubject
from assess.core.findings.states import FindingState, Relief
from assess.core.jobs import KINDS
from assess.core.obligations.standing import Status
from assess.core.runs.kinds import RunKind
from assess.core.runs.kinds import RunStanding as RunStanding
from assess.core.text import Text
from assess.core.workflow import Act, Imported, LabeledEnum, Request, Stage, SubmissionState

FACTS: Final[Mapping[str, Text]] = {
    "accepted": Text("视为接受", "counts as accepted"),
    "accepted_before": Text("以前接收过", "accepted before"),
    "account": Text("账号编号", "account no."),
    "added": Text("新增", "added"),
    "address": Text("网络地址", "network address"),
    "aliases": Text("别名", "aliases"),
    "alike": Text("与已登记的相似", "similar to recorded ones"),
    "also_used": Text("另用于", "used elsewhere"),
    "answer": Text("事项", "subject"),
    "answers": Text("负责人账号编号", "responsible account no."),
    "approver": Text("批准人", "approved by"),
    "asked": Text("申请延至", "extension requested until"),
    "asker": Text("申请人", "requested by"),
    "attempts": Text("执行次数", "attempts"),
    "back": Text("恢复的数值", "values restored"),
    "batch": Text("批次", "batch"),
    "broken": Text("断裂处", "first broken link"),
    "browsers": Text("浏览器数", "browsers"),
    "changed": Text("改动", "changes"),
    "changes": Text("改动数", "changes"),
    "cell": Text("有异议的数据", "disputed figure"),
    "chief": Text("责任人", "chief"),
    "closed_at": Text("结束时间", "closed at"),
    "day": Text("日期", "day"),
    "deadline": Text("整改期限", "deadline"),
    "demonstration": Text("演示年度", "demonstration"),
    "differences": Text("与上一版本的差异", "differences from the previous version"),
    "digest": Text("摘要", "digest"),
    "domain": Text("领域", "domain"),
    "done_on": Text("完成日期", "done on"),
    "doubtful": Text("存疑数据", "unusual values"),
    "dropped": Text("作废的评分", "points no longer counted"),
    "duties": Text("角色与职责", "roles and duties"),
    "edition": Text("封存版次", "sealed edition"),
    "email": Text("邮箱", "email address"),
    "cut_short": Text("未到的截止日期", "last day, not yet reached"),
    "ends": Text("有效至", "ends"),
    "entries": Text("条数", "entries"),
    "exempt": Text("是否涉及", "whether it applies"),
    "expires": Text("链接有效至", "link valid until"),
    "figure": Text("数据项", "figure"),
    "figures": Text("数据项", "figures"),
    "file": Text("文件", "file"),
    "files": Text("文件数", "files"),
    "filters": Text("筛选条件", "filters"),
    "first": Text("第一个编号", "first number"),
    "fixed_on": Text("整改完成日期", "corrected on"),
    "flaws": Text("错误", "errors"),
    "format": Text("格式", "format"),
    "found_on": Text("发现日期", "found on"),
    "from": Text("起", "from"),
    "given": Text("原评分的处理", "points already given"),
    "gone": Text("不再有效的数值", "values no longer in force"),
    "head": Text("最后一条的摘要", "digest of the last entry"),
    "inputs": Text("数据摘要", "input digest"),
    "item": Text("考核项", "item"),
    "jobs": Text("任务数", "jobs"),
    "kept_at": Text("上传时间", "uploaded at"),
    "kind": Text("类型", "type"),
    "language": Text("语言", "language"),
    "known": Text("已登记过的行", "rows already recorded"),
    "last": Text("最后一个编号", "last number"),
    "last_day": Text("截止日期", "due date"),
    "latitude": Text("纬度（百万分之一度）", "latitude (millionths of a degree)"),
    "leader": Text("主要负责人", "responsible leader"),
    "left_out": Text("未导入", "not imported"),
    "longitude": Text("经度（百万分之一度）", "longitude (millionths of a degree)"),
    "altered": Text("内容已改变的文件", "changed files"),
    "lost": Text("磁盘上缺少的文件", "files missing on disk"),
    "made_at": Text("备份时间", "backed up at"),
    "means": Text("平均分", "averages"),
    "members": Text("成员", "members"),
    "metres": Text("里程（米）", "metres"),
    "minutes": Text("时长（分钟）", "minutes"),
    "missing": Text("未填项数", "blank"),
    "name": Text("名称", "name"),
    "name_en": Text("英文名称", "English name"),
    "name_zh": Text("中文名称", "Chinese name"),
    "new": Text("新增", "new"),
    "note": Text("备注", "note"),
    "noted": Text("仅备注或明细有变化", "only remarks or details changed"),
    "number": Text("编号", "number"),
    "obligations": Text("任务分解数", "obligations"),
    "occurrences": Text("明细行数", "rows of details"),
    "outcome": Text("结论", "outcome"),
    "overtaken": Text("其间已被他人修改", "changed meanwhile"),
    "passed": Text("移交的职责", "duties handed over"),
    "patrol_id": Text("巡查记录", "patrol"),
    "period": Text("填报期", "reporting period"),
    "place": Text("地点", "place"),
    "points": Text("分数", "points"),
    "post": Text("职务", "post"),
    "progress": Text("进度", "progress"),
    "reason": Text("理由", "reason"),
    "reasons": Text("说明", "explanation"),
    "receipt": Text("回执号", "receipt"),
    "relief": Text("申请事项", "request"),
    "removed": Text("删除", "removed"),
    "renamed": Text("更名", "renamed"),
    "repeat_of": Text("重复于问题", "repeat of finding"),
    "route": Text("路线", "route"),
    "rows": Text("行数", "rows"),
    "run": Text("计分", "run"),
    "rules": Text("评分表版本", "version of the rule sheet"),
    "ruling": Text("审批意见", "decision"),
    "sha256": Text("文件的SHA-256", "SHA-256 of the file"),
    "sheet": Text("评分表", "rule sheet"),
    "side": Text("照片", "photo"),
    "size": Text("大小（字节）", "size in bytes"),
    "source": Text("来源", "source"),
    "stage": Text("阶段", "stage"),
    "standing": Text("效力", "standing"),
    "started_at": Text("开始时间", "started at"),
    "state": Text("状态", "state"),
    "status": Text("状态", "status"),
    "subject": Text("主题", "subject"),
    "successor": Text("接手人", "successor"),
    "superseded": Text("被取代的数据", "values replaced"),
    "tasks": Text("任务数", "tasks"),
    "template": Text("使用模板", "made from the template"),
    "title": Text("标题", "title"),
    "to": Text("止", "to"),
    "unchanged": Text("未变", "unchanged"),
    "unissued": Text("评分表未正式印发仍封存的理由", "why sealed although the rule sheet is not issued"),
    "unit": Text("单位", "unit"),
    "units": Text("单位", "units"),
    "until": Text("截止", "until"),
    "upload": Text("文件的SHA-256", "SHA-256 of the file"),
    "value": Text("数值", "value"),
    "values": Text("数值", "values"),
    "warnings": Text("提示", "warnings"),
    "what": Text("问题描述", "finding"),
    "why": Text("原因", "reason"),
    "words": Text("内容", "text"),
    "withdrew": Text("申诉后撤回", "appealed, then withdrew the appeal"),
    "wrong": Text("问题", "problem"),
    "year": Text("年度", "year"),
    "appeal.asked": Text("单位认为正确的数据", "correct value according to the unit"),
    "appeal.what": Text("申诉理由", "reason for the appeal"),
    "account.name": Text("姓名", "name"),
    "member.name": Text("姓名", "name"),
    "cycle.from": Text("复制自", "copied from"),
    "cycle.sheet": Text("沿用评分表版本", "rule sheet carried over"),
    "exemption.reason": Text("申请理由", "reason"),
}
"""What a fact is called, by its name; under `kind.name` where a kind of subject means something else by it."""

YES, NO, NOTHING = Text("是", "yes"), Text("否", "no"), Text("（空）", "(nothing)")
LANGUAGES: Final = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}


def words_of(*several: Iterable[LabeledEnum]) -> dict[str, Text]:
    """Words of the database with what they are called."""
    return {word.value: word.label for words in several for word in words}


VALUES: Final[Mapping[str, Mapping[str, Text]]] = {
    "answer": words_of(Act),
    "appeal.state": words_of(AppealState),
    "domain": words_of(Domain),
    "duties": words_of(Role),
    "exempt": words_of(Exempting),
    "finding.kind": {each.id: each.label for each in COMMON},
    "finding.state": words_of(FindingState),
    "import.state": words_of(Imported),
    "job.kind": KINDS,
    "language": LANGUAGES,
    "outcome": words_of(AppealState),
    "passed": words_of(Role),
    "patrol.kind": words_of(PatrolKind),
    "run.kind": words_of(RunKind),
    "runs.kind": words_of(RunKind),
    "relief": words_of(Relief),
    "side": words_of(PhotoSubject),
    "source": words_of(FindingSource),
    "stage": words_of(Stage),
    "state": words_of(SubmissionState, Request),
    "standing": words_of(RunStanding),
    "status": words_of(Status),
    "wrong": words_of(ChainFault),
}
"""What the values of a fact are called, where they are words of the database; named as in `FACTS`."""
STAGES: Final = words_of(Stage)


def fact_called(kind: str, name: str) -> Text:
    """What a fact of an entry is called; stages by their names, anything else as it is noted."""
    return FACTS.get(f"{kind}.{name}") or FACTS.get(name) or STAGES.get(name) or Text.same(name)


def value_words(kind: str, name: str) -> Mapping[str, Text]:
    """What the values of a fact are called."""
    return VALUES.get(f"{kind}.{name}") or VALUES.get(name) or {}
