"""What can be wrong in a YAML file, in plain words, each with the usual cause and what to do."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

NOT_UTF8 = Text(
    "文件编码不是UTF-8{guess}，请另存为UTF-8编码后再试。",
    "The text is not in UTF-8{guess}. Save the file again in UTF-8.",
)
MAYBE_GBK = Text("（可能是GBK或GB18030）", " (it may be GBK or GB18030)")
MAYBE_UTF16 = Text("（可能是UTF-16）", " (it may be UTF-16)")
NO_GUESS = Text("", "")
NOT_TEXT = Text(
    "此处有不可显示的字符{code}，请删除。",
    "There is a character here that cannot be shown ({code}). Delete it.",
)

NO_VALUES = Text(
    "文件中没有内容，请选择正确的文件。", "The file has only blank lines and comments. Select the right file."
)
SEVERAL = Text("文件中有多份文档（---），请只保留一份。", "The file contains several documents (---). Keep one.")
ALIAS = Text("不能使用引用&和*，请把内容直接写出。", "References with & and * cannot be used. Write the contents out.")
TAG = Text("不能使用类型标记!，请直接写值。", "Type tags with ! cannot be used. Write the plain value.")
TOO_DEEP = Text(
    "嵌套超过{most}层，请检查括号和缩进。",
    "There are more than {most} nested levels. Check brackets and indentation.",
)
TOO_MANY_VALUES = Text(
    "文件中的值超过{most}个，请确认选对了文件。",
    "The file contains more than {most} values. Check that it is the right one.",
)
TWICE = Text(
    "键“{key}”重复出现，前一处在第{line}行，请只保留一处。",
    "The key {key} appears twice, first in line {line}. Keep one.",
)
ODD_KEY = Text("此处的键不是一项文字，请检查括号和缩进。", "The key here is not text. Check brackets and indentation.")
NO_KEY = Text("冒号前没有键，请补上。", "There is no key before the colon. Add it.")
NO_VALUE = Text(
    "“{key}”后面没有冒号和值，请补上，或给含逗号的文字加引号。",
    "{key} has no colon and value. Add them, or put a text with a comma in quotes.",
)
UNQUOTED_COMMA = Text(
    "花括号内含逗号的表达式或文字要加引号：{quoted}",
    "An expression or text with a comma inside {{…}} must be in quotes: {quoted}",
)
TOO_MANY = Text("错误太多，其余未列出，请先修改以上各处。", "There are more errors. Correct those listed first.")

TAB = Text("此处用了制表符（Tab），缩进只能用空格。", "There is a tab here. Indent with spaces only.")
BAD_START = Text(
    "值不能以“{sign}”开头，请给整个值加引号。", "A value cannot begin with {sign}. Put the whole value in quotes."
)
COLON = Text(
    "此处不应有冒号。请检查上一行的缩进和引号，含“: ”的文字要加引号。",
    "A colon is not expected here. Check the indentation, and put text with a colon and a space in quotes.",
)
OPEN_BRACKET = Text(
    "从第{line}行开始的括号没有正确结束。请检查括号是否成对、各项之间有无逗号；含逗号、冒号或引号的文字要整体加引号。",
    "The bracket opened in line {line} is not closed correctly. Check that brackets pair and that "
    "commas separate the parts. Put text with a comma, a colon or quotes in quotes.",
)
INDENT = Text(
    "此处缩进与上文不齐，或上一个值加引号后还有文字。同级的键和“-”要对齐。",
    "This does not line up with the lines above, or text follows a closed quote. Keys and dashes of "
    "one level begin in the same column.",
)
NO_COLON = Text(
    "此行缺少冒号，请写成“键: 值”（冒号用半角，后面空一格）。",
    "A colon is missing. Write `key: value`, with a plain colon and a space after it.",
)
OPEN_QUOTE = Text(
    "从第{line}行开始的引号没有结束，请补上。", "The quotation mark opened in line {line} is not closed. Close it."
)
NO_CONTENT = Text(
    "此处缺少值，请检查是否多了逗号或括号。", "A value is missing here. Check for an extra comma or bracket."
)
DASH = Text("“- ”列表要另起一行。", "A list with dashes must begin on a new line.")
BACKSLASH = Text(
    "双引号内的反斜杠“\\”有特殊含义，请改用单引号。",
    "A backslash has a special meaning in double quotes. Use single quotes.",
)
WIDE_COLON = Text(
    "{what}键后的冒号是全角“：”，请改为半角并空一格。",
    "{what} The colon after the key is full-width. Use a plain colon and a space.",
)
UNREADABLE = Text(
    "此处不合YAML格式，请检查缩进、括号、引号和冒号。",
    "This cannot be read as YAML. Check indentation, brackets, quotes and colons.",
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
