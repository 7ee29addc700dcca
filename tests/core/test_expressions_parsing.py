"""What an expression may say, and what is said of one that is wrong."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.expressions import Expression, NameNode, NameRole, WrongExpression, parse
from assess.core.expressions.nodes import Node, NumberLiteral, OperationNode, Quoted, TruthLiteral
from assess.core.expressions.parsing import CALLS, ELSEWHERE
from tests.rounds import examples


def spoken(node: Node) -> str:
    """A tree with every operation in brackets, so that what binds to what can be seen."""
    match node:
        case OperationNode("round", (operand,), _, digits):
            return f"round({spoken(operand)}, {digits})"
        case OperationNode(name, (operand,)) if name in ("negative", "not"):
            return f"({name} {spoken(operand)})"
        case OperationNode(name, operands) if name.isalpha() and name not in ("and", "or"):
            return f"{name}({', '.join(map(spoken, operands))})"
        case OperationNode(name, (left, right)):
            return f"({spoken(left)} {name} {spoken(right)})"
        case Quoted(text):
            return f"'{text}'"
        case TruthLiteral(value):
            return str(value)
        case NumberLiteral(value):
            return str(value)
        case NameNode(NameRole.VALUE, name):
            return name
        case NameNode(role, name):
            return f"{role}({name})"
    raise AssertionError(node)


def flaw_in(text: str) -> tuple[int, str]:
    """The column and the English words of what is wrong."""
    with pytest.raises(WrongExpression) as wrong:
        parse(text)
    return wrong.value.column, wrong.value.what.en


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("8 - 3 - 2", "((8 - 3) - 2)"),
        ("8 / 4 / 2 * 3", "(((8 / 4) / 2) * 3)"),
        ("(1 + 2) * 3", "((1 + 2) * 3)"),
        ("-a * b", "((negative a) * b)"),
        ("a - -b", "(a - (negative b))"),
        ("a + 1 < b * 2", "((a + 1) < (b * 2))"),
        ("not a == b", "(not (a == b))"),
        ("not a and b or c", "(((not a) and b) or c)"),
        ("a or b and not not c", "(a or (b and (not (not c))))"),
        ("(a < b) == c", "((a < b) == c)"),
        ("a < b and b < c", "((a < b) and (b < c))"),
        ("yes == true", "(True == True)"),
        ("no or false", "(False or False)"),
        ("min(a, b + 1, 3)", "min(a, (b + 1), 3)"),
        ("if(a > 1, 'x', \"y's\")", "if((a > 1), 'x', 'y's')"),
        ("round(a, -2) + round(b, 0)", "(round(a, -2) + round(b, 0))"),
        ("a+.5*5.", "(a + (1/2 * 5))"),
    ],
)
def test_operators_bind_as_in_school(text, meaning):
    assert spoken(parse(text).root) == meaning


def test_a_percent_sign_after_a_number_makes_it_a_share():
    assert parse("30%").root == NumberLiteral(Fraction(3, 10), True, 1)


def test_column_headings_in_chinese_are_names():
    expression = parse("有河道 and previous(水质) > 3")

    assert expression.references == (NameNode(NameRole.VALUE, "有河道", 1), NameNode(NameRole.PREVIOUS, "水质", 18))
    assert (expression.names, expression.previous_names) == ({"有河道"}, {"水质"})


def test_ids_of_items_may_hold_dots_and_hyphens():
    expression = parse("score( air.pm25 ) - rate(river-chief) >= total")

    assert expression.references == (
        NameNode(NameRole.SCORE, "air.pm25", 1),
        NameNode(NameRole.RATE, "river-chief", 21),
        NameNode(NameRole.VALUE, "total", 42),
    )
    assert expression.nodes == {"air.pm25", "river-chief"}


def test_a_name_used_twice_is_reported_at_both_places():
    assert [each.column for each in parse("dust + dust / 2").references] == [1, 8]


def test_a_figure_may_be_called_like_a_calculation():
    assert spoken(parse("mean(score, rate, min)").root) == "mean(score, rate, min)"


def test_equal_texts_are_equal_expressions():
    assert parse("a + 1") == parse("a + 1") != parse("a+1")


@pytest.mark.parametrize(
    ("text", "column", "what"),
    [
        ("", 1, "The expression is empty. Write a condition or a calculation."),
        (" \n ", 1, "The expression is empty. Write a condition or a calculation."),
        ("a +", 4, "The expression ends too early. Add a number, a name or a bracket."),
        ("a + * b", 5, "A number, a name or a bracket is missing before “*”. Add it, or delete the extra sign."),
        ("a or and b", 6, "A number, a name or a bracket is missing before “and”. Add it, or delete the extra sign."),
        ("+a", 1, "A number needs no plus sign before it. Delete the +."),
        ("a b", 3, "An operator is missing before “b”. Add + - * /, a comparison, `and` or `or`."),
        ("lambda x", 8, "An operator is missing before “x”. Add + - * /, a comparison, `and` or `or`."),
        ("a = 1", 3, "A single = does not compare. Use ==."),
        ("1 < x < 2", 7, "Comparisons cannot be chained. Use `and`, as in 1 < x and x < 2."),
        ("a == not b", 6, "“not” needs brackets here. Write (not …)."),
        ("a AND b", 3, "“AND” must be in lower case. Write “and”."),
        ("a == True", 6, "“True” must be in lower case. Write “true”."),
        ("IF(a, 1, 2)", 1, "“IF” must be in lower case. Write “if”."),
        ("Score(air.pm25)", 1, "“Score” must be in lower case. Write “score”."),
        ("9**9**9", 2, "Powers (“**”) cannot be used. Write the multiplication out."),
        ("a ^ 2", 3, "Powers (“^”) cannot be used. Write the multiplication out."),
        ("a²", 2, "Powers (“²”) cannot be used. Write the multiplication out."),
        ("a // b", 3, "// is not understood. Use floor(a / b)."),
        ("a <> b", 3, "“<>” is not understood. Use “!=”."),
        ("a ≥ 1", 3, "“≥” is not understood. Use “>=”."),
        ("a && b", 3, "“&&” is not understood. Use “and”."),
        ("a[0]", 2, "“[” cannot be used here. Use round brackets ( ) only."),
        (
            "a.b",
            2,
            "A name cannot contain a dot. Use the ID of a figure. Only IDs in score() and rate() may contain dots.",
        ),
        ("30 %", 4, "A percent sign must directly follow a number, as in 30%."),
        ("2x", 2, "The number “2” runs into “x”. Use * to multiply. A number has no exponent and no unit."),
        ("1e5", 2, "The number “1” runs into “e5”. Use * to multiply. A number has no exponent and no unit."),
        ("1.2.3", 4, "The number “1.2” runs into “.3”. Use * to multiply. A number has no exponent and no unit."),
        ("a\u200bb", 2, "“U+200B” has no meaning here. Delete it."),
        ("a; b", 2, "“;” has no meaning here. Delete it."),
        ("kind == 'street", 9, "The quotation mark is not closed. Add another '."),
        ("1,000", 2, "A comma only separates values inside a function. Delete it. Numbers have no thousands comma."),
        ("(a, b)", 3, "A comma only separates values inside a function. Delete it. Numbers have no thousands comma."),
        ("a)", 2, "This bracket closes nothing. Delete it, or add the opening bracket."),
        ("min(a, (b + 1", 8, "This bracket is not closed. Add the closing bracket."),
        ("if(a", 3, "This bracket is not closed. Add the closing bracket."),
        (
            "open('x')",
            1,
            "There is no function “open”. Use one of " + " ".join([*CALLS, *ELSEWHERE]) + ".",
        ),
        ("min()", 1, "min cannot take 0 values. Write min(a, b)."),
        ("abs(a, b)", 1, "abs cannot take 2 values. Write abs(x)."),
        ("if(a, b)", 1, "if cannot take 2 values. Write if(condition, a, b)."),
        ("if a then b", 1, "if cannot take 0 values. Write if(condition, a, b)."),
        ("round(a)", 1, "round cannot take 1 values. Write round(x, 2)."),
        ("round(a, 13)", 10, "The digits of “round” must be a whole number from -6 to 12, as in round(x, 2)."),
        ("round(a, b)", 10, "The digits of “round” must be a whole number from -6 to 12, as in round(x, 2)."),
        ("round(a, 100%)", 10, "The digits of “round” must be a whole number from -6 to 12, as in round(x, 2)."),
        (
            "previous(a + b)",
            1,
            "“previous” takes one name, and perhaps a number of years, as in previous(pm25) or previous(pm25, 2).",
        ),
        (
            "previous(",
            1,
            "“previous” takes one name, and perhaps a number of years, as in previous(pm25) or previous(pm25, 2).",
        ),
        ("score(a, b)", 1, "score takes the ID of one item or section, as in score(air.pm25)."),
        ("9" * 41, 1, "The number has more than 40 digits. Shorten it."),
        (
            "a" * 2001,
            2001,
            ("The expression has 2001 characters. At most 2000 are allowed. Split it into several formula figures."),
        ),
    ],
)
def test_a_wrong_expression_says_what_to_do_and_where(text, column, what):
    assert flaw_in(text) == (column, what)


@pytest.mark.parametrize(
    ("text", "column", "half"),
    [
        ("（a）", 1, "("), ("min(a，b)", 6, ","), ("a ＞ 1", 3, ">"), ("a ＞＝ 1", 3, ">="), ("a >＝ 1", 3, ">="),
        ("a ＝ 1", 3, "=="), ("a ！＝ 1", 3, "!="), ("！a", 1, "not"), ("５ + a", 1, "5"), ("５0％", 1, "5"),
        ("50％", 3, "%"), ("a ＋ b", 3, "+"), ("kind == ＂x＂", 9, '"'),
    ],
)  # fmt: skip
def test_a_full_width_sign_is_named_with_its_half_width_form(text, column, half):
    with pytest.raises(WrongExpression) as wrong:
        parse(text)

    full = wrong.value.what.zh.split("”")[0].removeprefix("“")
    assert (wrong.value.column, wrong.value.what.zh) == (column, f"“{full}”是全角符号，请改为半角“{half}”。")


def test_full_width_spaces_between_words_do_no_harm():
    assert spoken(parse("a　and　b").root) == "(a and b)"


def test_fifty_brackets_are_read_and_one_more_is_refused():
    assert spoken(parse("(" * 50 + "a" + ")" * 50).root) == "a"
    assert flaw_in("(" * 51 + "a" + ")" * 51)[0] == 51


@pytest.mark.parametrize("opening", ["-", "- ", "not ", "abs(", "if(a or not b and c == d + e * "])
def test_nothing_can_be_nested_without_end(opening):
    what = "Brackets, `not` and minus signs are nested more than 50 deep. Split it into several formula figures."

    assert flaw_in(opening * 60 + "a")[1] == what


def test_every_level_of_fifty_brackets_may_use_every_operator():
    level = "1 or 1 and not 1 == 1 + 1 * ("

    assert len(parse(level * 25 + "a" + ")" * 25).references) == 1
    assert parse("1 or 1 and 1<1+1*abs(" * 50 + "a" + ")" * 50).names == {"a"}


def test_a_thousand_terms_are_as_safe_as_two():
    assert parse("+".join("a" * 1000)).names == {"a"}


LETTERS = st.sampled_from([*"ab有 01.9%()+-*/<>=!'\",，（＞^[]_\n\u3000\ud800\x00"])
PIECES = st.sampled_from(
    ["and ", "or ", "not ", "if(", "min(", "round(", "previous(", "score(", "rate(a.b)", "true", "a", "1", "2%", ")",
     ",", "-", "+", "<", "==", "'x'", "(", " "]
)  # fmt: skip


@settings(max_examples=examples(600), deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(LETTERS, max_size=80), st.lists(PIECES, max_size=400).map("".join)))
def test_any_text_is_an_expression_or_has_a_flaw_inside_it(text):
    try:
        expression = parse(text)
    except WrongExpression as wrong:
        assert 1 <= wrong.column <= len(text) + 1
        assert wrong.what.zh.isprintable()
        assert wrong.what.en.isprintable()
    else:
        assert expression == Expression(text, expression.root, expression.references)
