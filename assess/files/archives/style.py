"""How the first page of an archive looks: within itself, on a phone, on a screen and on paper."""

from __future__ import annotations

from typing import Final

STYLE: Final = """body { margin: 0; color: #1d2a33; background: #fff; font: 1rem/1.6 "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", "Segoe UI", Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: .3em 0 .6em; }
h2 { font-size: 1.25rem; margin: 2em 0 .4em; padding-top: .6em; border-top: 3px solid #1b5e83; }
a { color: #14507a; text-underline-offset: .15em; }
a:focus { outline: 3px solid #ffbf47; }
.language { text-align: right; margin: 0; }
.warning { border-left: 6px solid #a8201a; padding: .4em .8em; background: #fbeeed; font-weight: bold; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; }
caption { text-align: left; font-weight: bold; padding: .3em 0; }
th, td { text-align: left; vertical-align: top; padding: .35em .9em .35em 0; border-bottom: 1px solid #c6d0d6; }
thead th { border-bottom: 2px solid #5f7480; white-space: nowrap; }
tbody th { font-weight: normal; min-width: 7em; }
td { font-variant-numeric: tabular-nums; }
.digest { font-family: Consolas, "DejaVu Sans Mono", monospace; font-size: .8rem; overflow-wrap: anywhere;
  display: inline-block; min-width: 12em; }
.quiet { color: #4b5d68; }
li { overflow-wrap: anywhere; }
@media (max-width: 42rem) { table, caption, tbody, tr, tbody th, td { display: block; } thead { display: none; }
  tbody tr { border-bottom: 1px solid #8fa1ac; padding: .5em 0; } th, td { border: 0; padding: .1em 0; }
  tbody th { font-weight: bold; } td { display: flex; gap: .8em; } td::before { content: attr(data-label);
  flex: 0 0 8em; color: #4b5d68; } }
@media print { main { max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; }
  .language { display: none; } }
"""
