"""The words of the first page and of the README of an archive."""

from __future__ import annotations

from typing import Final

from assess.core.archives import names
from assess.core.text import Text

LANGUAGES: Final = {"zh": "中文", "en": "English"}
TITLE: Final = Text("{title}：年度档案", "{title}: archive of the year")
DEMONSTRATION: Final = Text("演示年度，不是真实考核结果", "Demonstration: these are not real results")
SEALED: Final = Text(
    "最终结果为第 {edition} 版，依据第 {run} 次计分，封存于 {at}（北京时间）。"
    "本页与所链接的文件都在档案内，不需要系统即可查看。",
    "The final result is edition {edition}, of run {run}, sealed {at} (Beijing time). This page and all it links to "
    "are in the archive: they are read without the service.",
)
REPLACES: Final = Text("本版替代第 {edition} 版，理由：{reason}", "It replaces edition {edition}, because: {reason}")
RESULTS: Final = Text("考核结果", "Results")
UNIT: Final = Text("单位", "Unit")
RANK: Final = Text("名次", "Rank")
OF: Final = Text("{rank}/{of}", "{rank} of {of}")
TOTAL: Final = Text("总分", "Total")
GRADE: Final = Text("等次", "Grade")
CONVERTED: Final = Text("折算分", "Converted")
CARD: Final = Text("考核结果单（PDF）", "Scorecard (PDF)")
MISSING: Final = Text("缺数据", "missing")
NOT_APPLICABLE: Final = Text("不适用", "not applicable")
BLOCKED: Final = Text("缺数据，暂无总分", "blocked")
NOT_SCORED: Final = Text("未计分", "not scored")
NO_GROUP: Final = Text("未分组", "no group")
DOCUMENTS: Final = Text("封存文件", "Sealed documents")
EDITIONS: Final = Text("各版封存结果", "Sealed editions")
EDITION: Final = Text("版次", "Edition")
NTH: Final = Text("第 {edition} 版", "Edition {edition}")
SEALED_AT: Final = Text("封存时间", "Sealed")
RUN: Final = Text("计分", "Run")
RUN_NO: Final = Text("第 {n} 次计分", "Run {n}")
REASON: Final = Text("更正理由", "Reason of the correction")
BOOK: Final = Text("考核结果汇编（PDF）", "Ranked results (PDF)")
CERTIFICATE: Final = Text("签章证书", "Certificate")
OLDER: Final = Text(
    "各版的全部考核结果单在 sealed 文件夹中，一版一个文件夹。",
    "All scorecards are in the folder sealed, a folder an edition.",
)
WORKBOOKS: Final = Text("Excel 表格", "Excel workbooks")
WORKBOOKS_SAID: Final = Text("可供查阅和筛选的表格", "To read and to filter")
WORKBOOK: Final = Text("表格", "Workbook")
BOOKS: Final = {
    "ranking": Text("排名、得分明细、主要失分和数据来源", "Ranking, lines, losses, and where figures came from"),
    "findings": Text("巡查问题台账及处理经过", "Ledger of findings with what was done about each"),
    "appeals": Text("申诉与裁定", "Appeals and rulings"),
}
DELIVERIES: Final = Text("移交", "Hand-overs")
DELIVERIES_SAID: Final = Text(
    "移交给绩效考核和领导班子考核的文件", "What was handed over for performance and for leadership teams"
)
DELIVERY: Final = Text("移交", "Hand-over")
DELIVERY_NO: Final = Text("第 {n} 次移交", "Hand-over {n}")
HANDED: Final = Text("移交时间", "Handed over")
SCORING: Final = Text("计分与评分表", "Scoring and rule sheet")
RULES: Final = Text("最终结果所用的评分表：", "The rule sheet of the final result:")
RUNS: Final = Text("公示或封存过的计分", "Runs that were released or sealed")
MADE_AT: Final = Text("计分时间", "Made")
INPUTS: Final = Text("冻结的输入", "Frozen inputs")
RESULT: Final = Text("结果", "Results")
INPUT_DIGEST: Final = Text("数据摘要", "Input digest")
SOURCES: Final = Text("数据来源文件", "Files that figures came from")
SOURCES_SAID: Final = Text("最终结果的数据来自以下上传文件", "Figures of the final result came from these uploads")
NO_SOURCES: Final = Text(
    "最终结果的数据都不是从上传文件中读取的。", "No figure of the final result was read from an uploaded file."
)
FILE: Final = Text("文件", "File")
LOG: Final = Text("操作日志", "Audit log")
LOG_SAID: Final = Text(
    "第 {first} 至 {last} 条，每条带有前一条的摘要，不能单独改动。末条摘要如下。",
    "Entries {first} to {last}; each bears the digest of the one before, so none can be changed alone. The last digest "
    "stands below.",
)
CHECKING: Final = Text("怎样核验", "How to check it")
CHECKING_SAID: Final = Text(
    "逐步说明见 README.txt：可用 sha256sum 逐个核对文件，也可用 assess verify 核验签章、重新计分并核对日志。",
    "README.txt says how, step by step: with sha256sum file by file, or with assess verify, which checks the seals, "
    "scores everything again and follows the log.",
)
MADE: Final = Text(
    "档案制作于 {at}（北京时间），系统版本 {engine}。", "Archive made {at} (Beijing time), version {engine}."
)

README: Final = f"""年度档案 / Archive of a year
===========================

打开 {names.INDEX["zh"]} 查看全部内容，不需要系统、网络或任何脚本。
Open {names.INDEX["en"]} to read it; neither the service, nor a network, nor any script is needed.

怎样核验（解压后在本文件夹中执行） / How to check it (unpacked, in this folder)

1. 每个文件是否与制作时相同 / Every file is as it was made:
     sha256sum --check {names.HASHES}
   清单的 SHA-256 记在 {names.MANIFEST}（hashes）中。
   The SHA-256 of the list itself stands in {names.MANIFEST} (hashes).

2. 整个档案的签章 / The seal of the whole: {names.SEAL}
   “covers”为所覆盖的字节数 N，“sha256”为这些字节的摘要，“signature”为签名：
   "covers" is how many bytes N of the zip it covers, "sha256" is their digest, "signature" signs it:
     head -c N ARCHIVE.zip > part
     sha256sum part
     openssl x509 -in {names.CERTIFICATE} -pubkey -noout > key.pem
     (signature 用 base64 -d 解码后存为 part.sig / decode the signature with base64 -d into part.sig)
     openssl dgst -sha256 -verify key.pem -signature part.sig part

3. 封存的 PDF：任何 PDF 阅读器都会显示签章是否有效。
   Sealed PDF documents: every reader of PDF shows whether the seal holds.

4. 全部核验并重新计分（本系统的命令行，不需要数据库） / All of it, scored again (command line, no database):
     python -m assess verify ARCHIVE.zip --certificate CERTIFICATE.pem

证书应与另行保存的核对：谁能换掉档案，也能换掉其中的证书。
Compare the certificate with one kept elsewhere: whoever can replace the archive can replace the certificate in it.

文件夹 / Folders
  sealed/        封存的结果单和汇编 / sealed scorecards and ranked results
  excel/         Excel 表格 / workbooks
  rules/         评分表 / the rule sheet
  handover/      移交的文件 / what was handed over
  runs/          冻结的输入和计分结果 / frozen inputs and results
  evidence/      数据来源文件，名称见 list.csv / files that figures came from, named in list.csv
  audit/         操作日志 / the audit log
  certificates/  签章证书 / certificates of the seals

表单附件、巡查照片不在档案内：它们在系统备份（assess backup）中。
Attachments of forms and photos of findings are not in the archive: they are in backups of the service (assess backup).
"""
