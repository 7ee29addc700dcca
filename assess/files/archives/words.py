"""The words of the first page and of the README of an archive."""

from __future__ import annotations

from typing import Final

from assess.core.archives import names
from assess.core.text import Text

LANGUAGES: Final = {"zh": "中文", "en": "English"}
TITLE: Final = Text("{title}：年度档案", "{title}: year archive")
DEMONSTRATION: Final = Text("演示年度，不是真实考核结果", "Demonstration: these are not real results")
SEALED: Final = Text(
    "最终结果为第{edition}版，依据第{run}次计分，封存于{at}（北京时间）。"
    "本页与所链接的文件都在档案内，不需要系统即可查看。",
    "The final result is edition {edition}, of run {run}, sealed {at} (Beijing time). This page and "
    "all linked files are in the archive and can be read without the service.",
)
REPLACES: Final = Text("本版取代第{edition}版，理由：{reason}", "It replaces edition {edition}. Reason: {reason}")
RESULTS: Final = Text("考核结果", "Results")
UNIT: Final = Text("单位", "Unit")
RANK: Final = Text("名次", "Rank")
OF: Final = Text("{rank}/{of}", "{rank} of {of}")
TOTAL: Final = Text("总分", "Total")
GRADE: Final = Text("等次", "Grade")
CONVERTED: Final = Text("折算分", "Converted")
CARD: Final = Text("考核结果单（PDF）", "Scorecard (PDF)")
MISSING: Final = Text("缺数据", "missing")
NOT_APPLICABLE: Final = Text("不涉及", "not applicable")
BLOCKED: Final = Text("缺数据，暂无总分", "no total: data missing")
NOT_SCORED: Final = Text("未计分", "not scored")
NO_GROUP: Final = Text("未分组", "no group")
DOCUMENTS: Final = Text("封存文件", "Sealed documents")
EDITIONS: Final = Text("各版封存结果", "Sealed editions")
EDITION: Final = Text("版次", "Edition")
NTH: Final = Text("第{edition}版", "Edition {edition}")
SEALED_AT: Final = Text("封存时间", "Sealed")
RUN: Final = Text("计分", "Run")
RUN_NO: Final = Text("第{n}次计分", "Run {n}")
REASON: Final = Text("更正理由", "Reason for correction")
BOOK: Final = Text("考核结果汇编（PDF）", "Ranked results (PDF)")
CERTIFICATE: Final = Text("签章证书", "Certificate")
OLDER: Final = Text(
    "各版的全部考核结果单在sealed文件夹中，一版一个文件夹。",
    "All scorecards are in the folder sealed, with one folder for each edition.",
)
WORKBOOKS: Final = Text("Excel表格", "Excel files")
WORKBOOKS_SAID: Final = Text("可供查阅和筛选的表格", "For reading and filtering")
WORKBOOK: Final = Text("表格", "File")
BOOKS: Final = {
    "ranking": Text("排名、得分明细、主要失分和数据来源", "Ranking, points by item, largest losses and data sources"),
    "findings": Text("巡查问题台账及处理经过", "Findings ledger with history"),
    "appeals": Text("申诉及处理决定", "Appeals and decisions"),
}
DELIVERIES: Final = Text("移交", "Handovers")
DELIVERIES_SAID: Final = Text(
    "移交绩效考核和领导班子考核的文件", "Files handed over for performance and leadership assessment"
)
DELIVERY: Final = Text("移交", "Handover")
DELIVERY_NO: Final = Text("第{n}次移交", "Handover {n}")
HANDED: Final = Text("移交时间", "Handed over")
SCORING: Final = Text("计分与评分表", "Scoring and rule sheet")
RULES: Final = Text("最终结果所用的评分表：", "The rule sheet of the final result:")
RUNS: Final = Text("公示或封存过的计分", "Runs released or sealed")
MADE_AT: Final = Text("计分时间", "Scored")
INPUTS: Final = Text("冻结的输入", "Frozen inputs")
RESULT: Final = Text("结果", "Results")
INPUT_DIGEST: Final = Text("数据摘要", "Input digest")
SOURCES: Final = Text("数据来源文件", "Source files of figures")
SOURCES_SAID: Final = Text(
    "最终结果的数据来自以下上传文件", "Figures of the final result came from these uploaded files"
)
NO_SOURCES: Final = Text(
    "最终结果的数据都不是从上传文件中读取的。", "No figures of the final result came from uploaded files."
)
FILE: Final = Text("文件", "File")
LOG: Final = Text("操作日志", "Audit log")
LOG_SAID: Final = Text(
    "第{first}至{last}条，每条带有前一条的摘要，不能单独改动。末条摘要如下。",
    "Entries {first} to {last}. Each includes the digest (a fingerprint) of the entry before, so "
    "none can be changed alone. The last digest is:",
)
CHECKING: Final = Text("核验方法", "How to verify")
CHECKING_SAID: Final = Text(
    "逐步说明见README.txt：可用sha256sum逐个核对文件，也可用assess verify核验签章、重新计分并核对日志。",
    "README.txt explains each step: use sha256sum to check file by file, or assess verify to check "
    "the seals, score everything again and check the log.",
)
MADE: Final = Text(
    "档案生成于{at}（北京时间），系统版本{engine}。", "Archive created {at} (Beijing time), version {engine}."
)

README: Final = f"""年度档案 / Year archive
=======================

打开 {names.INDEX["zh"]} 查看全部内容，不需要系统、网络或任何脚本。
Open {names.INDEX["en"]} to read it. You need neither the service nor a network nor scripts.

核验方法（解压后在本文件夹中执行） / How to verify it (unpacked, in this folder)

1. 各文件与生成时是否相同 / Every file is as it was created:
     sha256sum --check {names.HASHES}
   清单的 SHA-256 记在 {names.MANIFEST}（hashes）中。
   The SHA-256 of the list itself is in {names.MANIFEST} (hashes).

2. 整个档案的签章 / The seal of the whole: {names.SEAL}
   “covers”为所覆盖的字节数 N，“sha256”为这些字节的摘要，“signature”为签名：
   "covers" is the number of bytes N covered, "sha256" is their digest, "signature" is its signature:
     head -c N ARCHIVE.zip > part
     sha256sum part
     openssl x509 -in {names.CERTIFICATE} -pubkey -noout > key.pem
     (signature 用 base64 -d 解码后存为 part.sig / decode the signature with base64 -d into part.sig)
     openssl dgst -sha256 -verify key.pem -signature part.sig part

3. 封存的 PDF：任何 PDF 阅读器都会显示签章是否有效。
   Sealed PDF documents: any PDF reader shows whether the seal is valid.

4. 全部核验并重新计分（本系统的命令行，不需要数据库） / Verify and score again (command line, no database):
     python -m assess verify ARCHIVE.zip --certificate CERTIFICATE.pem

证书应与另行保存的核对，因为档案被整体替换时，其中的证书也会被替换。
Compare the certificate with one recorded elsewhere. Whoever replaces the archive can also replace its certificate.

文件夹 / Folders
  sealed/        封存的考核结果单和结果汇编 / sealed scorecards and ranked results
  excel/         Excel 表格 / Excel files
  rules/         评分表 / the rule sheet
  handover/      移交的文件 / files handed over
  runs/          冻结的输入和计分结果 / frozen inputs and results
  evidence/      数据来源文件，名称见 list.csv / source files of figures, named in list.csv
  audit/         操作日志 / the audit log
  certificates/  签章证书 / certificates of the seals

填报表附件和巡查照片不在档案内，在系统备份（assess backup）中。
Form attachments and photos of findings are not in the archive but in backups of the service (assess backup).
"""
