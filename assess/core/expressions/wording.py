"""What can be wrong with an expression, in words; every sentence says what to do."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

MAX_EXPRESSION_LENGTH: Final = 2000
DEEPEST: Final = 50
LEAST_DIGITS: Final = -6
MAX_DIGITS: Final = 12
MAX_SHOWN_LENGTH: Final = 24

EMPTY = Text("表达式为空，请写一个条件或算式。", "The expression is empty. Write a condition or a calculation.")
TOO_LONG = Text(
    f"表达式有{{length}}个字符，最多{MAX_EXPRESSION_LENGTH}个，请拆成几个公式数据项。",
    f"The expression has {{length}} characters. At most {MAX_EXPRESSION_LENGTH} are allowed. "
    "Split it into several formula figures.",
)
TOO_DEEP = Text(
    f"括号、not与负号嵌套超过{DEEPEST}层，请拆成几个公式数据项。",
    f"Brackets, `not` and minus signs are nested more than {DEEPEST} deep. Split it into several formula figures.",
)
FULL_WIDTH = Text(
    "“{wrong}”是全角符号，请改为半角“{right}”。", "“{wrong}” is a full-width sign. Use the half-width “{right}”."
)
WRITTEN_OTHERWISE = Text("不能写“{wrong}”，请改为“{right}”。", "“{wrong}” is not understood. Use “{right}”.")
SINGLE_EQUALS = Text("判断相等要写两个等号，请把“=”改为“==”。", "A single = does not compare. Use ==.")
POWER = Text("不能使用乘方“{wrong}”，请写成连乘。", "Powers (“{wrong}”) cannot be used. Write the multiplication out.")
WHOLE_DIVISION = Text("不能使用“//”，请写floor(a / b)。", "// is not understood. Use floor(a / b).")
PERCENT = Text("百分号只能紧跟在数字后面，请写成30%这样。", "A percent sign must directly follow a number, as in 30%.")
BRACKET = Text("不能使用“{wrong}”，只能用圆括号()。", "“{wrong}” cannot be used here. Use round brackets ( ) only.")
DOT = Text(
    "名称里不能有点号，请写数据项的编号。只有score()和rate()里的编号可以有点号。",
    "A name cannot contain a dot. Use the ID of a figure. Only IDs in score() and rate() may contain dots.",
)
UNKNOWN_SIGN = Text("不认识“{wrong}”，请删去。", "“{wrong}” has no meaning here. Delete it.")
OPEN_QUOTE = Text("引号不成对，请补上另一个{quote}。", "The quotation mark is not closed. Add another {quote}.")
LONG_NUMBER = Text("数字超过{most}位，请缩短。", "The number has more than {most} digits. Shorten it.")
RUN_TOGETHER = Text(
    "数字“{number}”后面不能直接写“{rest}”。乘法请加*，数字不能带指数或单位。",
    "The number “{number}” runs into “{rest}”. Use * to multiply. A number has no exponent and no unit.",
)
ENDS_EARLY = Text(
    "表达式没有写完，请在末尾补上数字、名称或括号。",
    "The expression ends too early. Add a number, a name or a bracket.",
)
NO_OPERAND = Text(
    "“{found}”前面缺少数字、名称或括号，请补上，或删去多余的符号。",
    "A number, a name or a bracket is missing before “{found}”. Add it, or delete the extra sign.",
)
NO_OPERATOR = Text(
    "“{found}”前面缺少运算符，请补上+ - * /、比较符号、and或or。",
    "An operator is missing before “{found}”. Add + - * /, a comparison, `and` or `or`.",
)
LEADING_PLUS = Text("数字前面不写正号，请删去“+”。", "A number needs no plus sign before it. Delete the +.")
NOT_IN_BRACKETS = Text("此处的not要放在括号里，请写(not …)。", "“not” needs brackets here. Write (not …).")
CHAINED = Text(
    "比较不能连写，请用and分开，如1 < x and x < 2。", "Comparisons cannot be chained. Use `and`, as in 1 < x and x < 2."
)
STRAY_COMMA = Text(
    "逗号只用来分隔函数括号里的参数，请删去。数字不用千位逗号。",
    "A comma only separates values inside a function. Delete it. Numbers have no thousands comma.",
)
STRAY_CLOSE = Text(
    "多出一个右括号，请删去，或补上左括号。", "This bracket closes nothing. Delete it, or add the opening bracket."
)
NEVER_CLOSED = Text("这个左括号没有右括号，请补上“)”。", "This bracket is not closed. Add the closing bracket.")
SMALL_LETTERS = Text("“{wrong}”要用小写，请改为“{right}”。", "“{wrong}” must be in lower case. Write “{right}”.")
NO_SUCH_CALL = Text("没有函数“{name}”，可用的函数有{known}。", "There is no function “{name}”. Use one of {known}.")
ARGUMENTS = Text(
    "{name}的参数个数不对（此处{count}个），请写成{shape}。",
    "{name} cannot take {count} values. Write {shape}.",
)
DIGITS = Text(
    f"round的位数要直接写成{LEAST_DIGITS}到{MAX_DIGITS}的整数，如round(x, 2)。",
    f"The digits of “round” must be a whole number from {LEAST_DIGITS} to {MAX_DIGITS}, as in round(x, 2).",
)
PREVIOUS = Text(
    "previous的括号里写一个名称，需要时再写往前几年，如previous(pm25)、previous(pm25, 2)。",
    "“previous” takes one name, and perhaps a number of years, as in previous(pm25) or previous(pm25, 2).",
)
YEARS_BACK = Text(
    "previous的年数要直接写成1到9的整数，如previous(pm25, 2)。",
    "The years of “previous” must be a whole number from 1 to 9, as in previous(pm25, 2).",
)
BEFORE = Text("before的括号里只写一个名称，如before(pm25)。", "“before” takes one name, as in before(pm25).")
AT = Text(
    'at的写法是at(pm25, "03")，期间写01到12、Q1到Q4、H1或H2，并加引号。',
    'Write “at” as in at(pm25, "03"), the period in quotes: 01 to 12, Q1 to Q4, H1 or H2.',
)
OVER_PARTS = Text(
    "{name}的写法是{name}(month, x)：先写month、quarter、half或一种对象，再写算式或条件。",
    "Write {name} as in {name}(month, x): month, quarter, half or a kind of object, then what is computed.",
)
OVER_UNITS = Text(
    "{name}的括号没有写完，写法是{name}(x)、{name}(x, all)或{name}(x, all, 条件)。",
    "{name} is not complete. Write {name}(x), {name}(x, all) or {name}(x, all, condition).",
)
ONE_CONDITION = Text(
    "{name}只能带一个条件，请用and或or合并。", "{name} takes one condition. Join several with `and` or `or`."
)
WORDS_OF_CALL = Text(
    "{name}的括号里可用的词是{known}，各写一次，并列办法只选一种。",
    "The words of {name} are {known}. Write each once, and only one way of counting ties.",
)
ONE_ID = Text(
    "{name}的括号里只写一个考核项或类别的编号，如{name}(air.pm25)。",
    "{name} takes the ID of one item or section, as in {name}(air.pm25).",
)

JOINED_TEXT = Text(
    "文字不能相加，请改用数字，或只比较是否相等。", "Texts cannot be added. Use numbers, or compare with ==."
)
TEXT_IN_SUM = Text("文字不能参加计算“{name}”，请改用数字。", "Text cannot be used with “{name}”. Use a number.")
TEXT_ORDERED = Text("文字不能比较大小，请用==或!=。", "Texts have no order. Compare them with == or !=.")
TEXT_WITH_NUMBER = Text(
    "文字与数字不能比较，请两边都用文字，或都用数字。",
    "A text cannot be compared with a number. Use text on both sides, or numbers on both.",
)
TEXT_AS_CONDITION = Text(
    "文字不能作为条件，请与某个文字比较，如kind == 'street'。",
    "A text is not a condition. Compare it with a text, as in kind == 'street'.",
)
UNLIKE_BRANCHES = Text(
    "if的两个结果一个是文字、一个是数字，请统一。",
    "One result of this `if` is text, the other a number. Make both the same type.",
)
CONDITION_WANTED = Text(
    "此处要的是条件，不是文字，请写一个比较。", "A condition is needed here, not text. Write a comparison."
)
NUMBER_WANTED = Text(
    "此处要的是数字，不是文字，请写一个算式。", "A number is needed here, not text. Write a calculation."
)
TEXT_WANTED = Text("此处要的是文字，不是数字，请写一个文字。", "Text is needed here, not a number. Write a text.")
PERCENT_FIGURE = Text(
    "{name}以百分数计，请把“{wrong}”改为“{right}”。",
    "{name} is counted in percent. Write “{right}” instead of “{wrong}”.",
)
NO_SUCH_CHOICE = Text(
    "{name}没有“{wrong}”这一选项，可选的有{known}。",
    "{name} has no choice “{wrong}”. Use one of {known}.",
)

MISSING = Text("缺少“{title}”", "{title} is missing")
MISSING_PREVIOUS = Text("缺少上年度“{title}”", "last year's {title} is missing")
MISSING_YEARS_BACK = Text("缺少{years}年前的“{title}”", "{title} of {years} years ago is missing")
MISSING_BEFORE = Text("缺少上一期“{title}”", "the previous period's {title} is missing")
NO_PART_HAS_VALUE = Text("各期（各对象）都缺少数据", "no part has a value")
OWN_DOES_NOT_COUNT = Text("本单位不参加比较，没有名次", "the unit itself takes no part in the comparison")
NO_UNIT_COUNTS = Text("没有可参加比较的单位", "no unit takes part in the comparison")
NO_SCORE = Text("{title}没有得分", "{title} has no score")
TOO_LARGE = Text("计算结果超过{most}位", "the result has more than {most} digits")
DIVISION_BY_ZERO = Text("除数为零", "division by zero")
ROOT_OF_NEGATIVE = Text("负数没有平方根", "a negative number has no square root")
NO_LOGARITHM = Text("零和负数没有对数", "there is no logarithm of 0 or of a negative number")
POWER_TOO_LARGE = Text("exp的数超出±700", "exp of a number beyond ±700")


def shown(text: str) -> str:
    """A piece of an expression as a message shows it: short, on one line, invisible characters by their code."""
    start, rest = text[:MAX_SHOWN_LENGTH], text[MAX_SHOWN_LENGTH:]
    visible = "".join(letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in start)
    return f"{visible}…" if rest else visible
