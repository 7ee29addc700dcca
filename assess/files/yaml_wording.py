"""What can be wrong in a YAML file, in plain words, each with the usual cause and what to do."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

NOT_UTF8 = Text(
    "文件不是 UTF-8 编码{guess}：请另存为 UTF-8 编码后再试",
    "the text is not in UTF-8{guess}: save the file again in UTF-8",
)
MAYBE_GBK = Text("，可能是 GBK（GB18030）编码", ", perhaps in GBK (GB18030)")
MAYBE_UTF16 = Text("，可能是 UTF-16 编码", ", perhaps in UTF-16")
NO_GUESS = Text("", "")
NOT_TEXT = Text(
    "此处有不可显示的字符 {code}：请删除",
    "there is a character here that cannot be shown ({code}): delete it",
)

NO_VALUES = Text("文件中没有内容", "there is nothing in the file but blank lines and comments")
SEVERAL = Text("文件中有多份文档（---）：请只保留一份", "there are several documents (---) in the file: keep one")
ALIAS = Text("不能使用引用 & 和 *：请把内容直接写出", "references with & and * cannot be used: write it out")
TAG = Text("不能使用类型标记 !：请直接写值", "type tags with ! cannot be used: write the plain value")
TOO_DEEP = Text(
    "嵌套超过 {most} 层：请检查括号和缩进",
    "this is nested more than {most} levels deep: check brackets and indentation",
)
TOO_MANY_VALUES = Text(
    "文件中的值超过 {most} 个：请确认选对了文件",
    "there are more than {most} values in the file: check that it is the right one",
)
TWICE = Text(
    "键“{key}”重复出现，前一处在第 {line} 行：请只保留一处",
    "the key {key} stands twice, first in line {line}: keep one",
)
ODD_KEY = Text("此处的键不是一项文字：请检查括号和缩进", "the key here is not one text: check brackets and indentation")
NO_KEY = Text("冒号前没有键：请补上", "there is no key before the colon: add it")
NO_VALUE = Text(
    "“{key}”后面没有冒号和值：请补上，或给含逗号的文字加引号",
    "{key} has no colon and value: add them, or put a text with a comma in quotes",
)
UNQUOTED_COMMA = Text(
    "花括号内含逗号的表达式或文字要加引号：{quoted}",
    "an expression or text with a comma inside {{…}} must be in quotes: {quoted}",
)
TOO_MANY = Text("错误太多，其余未列出：请先改正以上各处", "there is more: put right what is listed first")

TAB = Text("此处用了制表符（Tab）：缩进只能用空格", "there is a tab here: indent with spaces only")
BAD_START = Text(
    "值不能以“{sign}”开头：请给整个值加引号", "a value cannot begin with {sign}: put the whole value in quotes"
)
COLON = Text(
    "此处不应有冒号：上一行缩进有误或缺引号，含“: ”的文字要加引号",
    "a colon is not expected here: check the indentation, and put a text that holds a colon and a blank in quotes",
)
OPEN_BRACKET = Text(
    "从第 {line} 行开始的括号没有正确结束：检查括号是否成对、各项之间有无逗号；含逗号、冒号或引号的文字要整体加引号",
    "the bracket opened in line {line} does not end well: check that brackets pair and commas stand between the parts; "
    "put a whole text with a comma, a colon or quotes inside it in quotes",
)
INDENT = Text(
    "此处缩进与上文不齐，或上一个值加引号后还有文字：同级的键和“-”要对齐",
    "this does not line up with what is above, or text follows a closed quote: "
    "keys and dashes of one level begin in the same column",
)
NO_COLON = Text(
    "此行缺少冒号：请写成“键: 值”（冒号用半角，后面空一格）",
    "a colon is missing: write `key: value`, with a plain colon and a blank after it",
)
OPEN_QUOTE = Text("从第 {line} 行开始的引号没有结束", "the quotation mark opened in line {line} is never closed")
NO_CONTENT = Text(
    "此处缺少值：检查是否多了逗号或括号", "a value is missing here: check for a comma or bracket too many"
)
DASH = Text("“- ”列表要另起一行", "a list with dashes begins on a new line")
BACKSLASH = Text(
    "双引号内的反斜杠“\\”有特殊含义：请改用单引号",
    "a backslash in double quotes has a special meaning: use single quotes",
)
WIDE_COLON = Text(
    "{what}；键后的冒号是全角“：”，请改为半角并空一格",
    "{what}; the colon after the key is a full-width one: use a plain colon and a blank",
)
UNREADABLE = Text(
    "此处不合 YAML 格式：检查缩进、括号、引号和冒号",
    "this cannot be read as YAML: check indentation, brackets, quotes and colons",
)

CAUSES: Final[tuple[tuple[str, Text], ...]] = (
    ("tab character", TAB),
    ("that cannot start any token", BAD_START),
    ("mapping values are not allowed", COLON),
    ("',' or '", OPEN_BRACKET),
    ("unexpected end of stream", OPEN_QUOTE),
    ("could not find expected ':'", NO_COLON),
    ("expected '-' indicator", INDENT),
    ("expected key", INDENT),
    ("<block end>", INDENT),
    ("<document start>", INDENT),
    ("node content", NO_CONTENT),
    ("sequence entries are not allowed", DASH),
    ("escape c", BACKSLASH),
)
"""A part of what the parser says, and what it means to an author."""
