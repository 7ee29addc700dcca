"""Style sheets, scripts and templates belong together, and ask for nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
STATIC = TOP / "static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
STYLES = sorted(STATIC.rglob("*.css"))
OUR_STYLES = sorted((STATIC / "css").glob("*.css"))
OURS = re.compile(r"(?<![\w-])assess-[\w-]*\w")
READABLE = 4.5
"""The least contrast of text that WCAG 2.2 asks for at level AA."""

PALE = {"--assess-shade", "--assess-blue-pale", "#fff"}
INK = {"--assess-blue", "--assess-blue-dark", "--assess-quiet", "#0b0c0c"}


@pytest.mark.parametrize("styles", STYLES, ids=lambda path: path.name)
def test_styles_load_nothing_further(styles: Path):
    assert re.findall(r"@font-face|@import|url\([^)]*\)|GDS Transport", styles.read_text(encoding="utf-8")) == []


def test_what_templates_and_scripts_load_is_there_and_every_script_is_loaded():
    named = [
        STATIC / name
        for path in (TOP / "templates").rglob("*.html")
        for name in re.findall(r"filename='([^']+)'", path.read_text(encoding="utf-8"))
    ]
    imported = [
        (script.parent / name).resolve()
        for script in SCRIPTS
        for name in re.findall(r'from "([^"]+)"', script.read_text(encoding="utf-8"))
    ]

    assert [path for path in named + imported if not path.is_file()] == []
    assert [script for script in SCRIPTS if script not in named + imported] == []


def test_no_address_of_another_site_is_loaded():
    for path in (*(TOP / "templates").rglob("*.html"), *SCRIPTS, *OUR_STYLES):
        assert re.findall(r"(?:src|href|from|import)\W{1,3}(?:https?:)?//", path.read_text(encoding="utf-8")) == [], (
            path
        )


def test_every_style_of_our_own_is_used_and_every_class_has_a_style():
    texts = [path.read_text(encoding="utf-8") for path in OUR_STYLES]
    styled = {name for text in texts for name in re.findall(r"\.(assess-[\w-]*\w)", text)}
    used: set[str] = set()
    for path in (TOP / "templates").rglob("*.html"):
        used |= set(OURS.findall(path.read_text(encoding="utf-8")))
    blocks = {name.partition("--")[0] for name in styled}

    assert sorted(name for name in used if name.partition("--")[0] not in blocks) == []
    assert sorted(name for name in styled if name not in used and name.partition("--")[0] not in used) == []


def test_text_can_be_read_on_every_ground():
    variables = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", (STATIC / "css" / "assess.css").read_text("utf-8")))
    pairs = {
        (ink, ground): contrast(variables.get(ink, ink), variables.get(ground, ground))
        for ink in INK
        for ground in PALE
    }
    states = re.findall(
        r"\.assess-state--\w+ \{ color: (#\w{6}); background: (#\w{6}); \}",
        (STATIC / "css" / "assess.css").read_text("utf-8"),
    )

    assert len(states) == 5
    assert {pair for pair, ratio in pairs.items() if ratio < READABLE} == set()
    assert [pair for pair in states if contrast(*pair) < READABLE] == []


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG reckons it, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The light of a colour `#rrggbb` or `#rgb`, from 0 to 1."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
