"""The fixed words of the ranked book."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

BOOK: Final = Text("考核结果汇编", "Ranked results")
SUBJECT: Final = Text("{year}年度考核排名和各单位考核结果单", "Rankings and scorecards of {year}")
AUTHOR: Final = Text("街乡生态环境保护考核系统{engine}", "Environmental assessment service {engine}")
COVER: Final = Text("封面", "Cover")
YEAR: Final = Text("{year}年度", "{year}")
CONTENTS: Final = Text("目录", "Contents")
RANKINGS: Final = Text("排名和汇总", "Rankings and overviews")
CARDS: Final = Text("{group}考核结果单", "{group}: scorecards")

WARNINGS: Final = Text("提示", "Warnings")
WARNING: Final = Text("内容", "Warning")
ALL_UNITS: Final = Text("全部单位", "All units")

GROUP: Final = Text("分组", "Group")
UNITS: Final = Text("单位数", "Units")
RANKED: Final = Text("参加排名", "Ranked")
MEAN: Final = Text("平均", "Average")
HIGHEST: Final = Text("最高", "Highest")
LOWEST: Final = Text("最低", "Lowest")

RANK: Final = Text("名次", "Rank")
UNIT: Final = Text("单位", "Unit")
TOTAL: Final = Text("总分", "Total")
PAGE: Final = Text("页", "Page")
BOOK_PAGE: Final = Text("全册第{n}/{of}页", "Page {n} of {of} of the book")
NO_NUMBER: Final = "—"
