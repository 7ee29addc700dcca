"""A year small enough to be gone through by hand: three units, one section of two items, one task."""

from __future__ import annotations

from typing import Final

from tests.years import RULES

UNITS: Final = "\n".join((RULES / "units.csv").read_text(encoding="utf-8").splitlines()[:4]) + "\n"
SHEET: Final = """\
id: small-2026
title: {zh: 小示例, en: A small example}
year: 2026
basis: {zh: 为测试编写, en: Written for a test}
standing: demonstration
rounding: {mode: half-up, item: 2, section: 2, total: 2}
departments:
  ecology-bureau: {title: {zh: 区生态环境局, en: Ecology Bureau}}
figures:
  pm25: {title: {zh: 细颗粒物, en: PM2.5}, unit: µg/m³, kind: number, decimals: 1, min: 0, max: 500,
    from: ecology-bureau}
  green: {title: {zh: 绿化覆盖率, en: Green cover}, unit: "%", kind: percent, decimals: 2, from: unit,
    certified_by: ecology-bureau}
missing: zero
items:
  - id: air
    title: {zh: 空气与绿化, en: Air and green}
    points: 100
    items:
      - {id: air.pm25, title: {zh: 细颗粒物浓度, en: Fine particles}, points: 60, method: interpolate, figure: pm25,
         full_at: 30, zero_at: 50, clause: 第一条}
      - {id: air.green, title: {zh: 绿化, en: Greening}, points: 40, method: ratio, figure: green, target: 40,
         better: higher,
         clause: 第二条}
grades: [{id: good, title: {zh: 良好, en: Good}, from: 60}, {id: fair, title: {zh: 一般, en: Fair}}]
"""
TASKS: Final = """\
id: small-2026-tasks
title: {zh: 任务清单（示例）, en: List of tasks (example)}
cycle: small-2026
standing: demonstration
tasks:
  - no: 1
    domain: air
    title: {zh: 植树, en: Plant trees}
    measure: {zh: 完成年度植树任务。, en: Plant the trees of the year.}
    deadline: "2026-12-31"
    lead: ecology-bureau
    main: {zh: 各街道, en: each street}
    applies_to: all
    items: [air.green]
"""
