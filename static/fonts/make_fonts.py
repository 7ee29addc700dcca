"""Make the two fonts of the service from Noto Sans SC: fewer characters, a new name, small digits added.

    python static/fonts/make_fonts.py PACKAGE

PACKAGE is the unpacked npm package @expo-google-fonts/noto-sans-sc 0.4.3. The fonts are written beside this file,
the same bytes each time. Needs fontTools (requirements/dev.txt).
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Assess Sans SC"
VERSION = "Version 1.0; from Noto Sans SC 2.004"

SYMBOLS = [(0x20, 0x36F), (0x370, 0x3FF), (0x2000, 0x27BF), (0x3000, 0x303F), (0x3200, 0x33FF), (0xFF00, 0xFFEF)]
"""Latin, Greek, punctuation, arrows, mathematics, shapes, units and full-width forms."""

OUTSIDE_GB2312 = "漷"
"""Characters of Beijing place names (漷县镇) that the bold font needs beyond GB2312."""

SMALL = 0.6
RAISED = {ord(mark): digit for digit, mark in zip("056789−", "⁰⁵⁶⁷⁸⁹⁻", strict=True)}
LOWERED = {ord(mark): digit for digit, mark in zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)}
RAISED_BY, LOWERED_BY = 441, -140
"""Where small digits stand, in thousandths of the font size; ¹ ² ³ of the original are raised as much."""

KEPT_NAMES = {0, 7, 8, 9, 10, 11, 13, 14}
"""Name records that stay: copyright, trademark, makers and licence."""


def characters(encoding: str) -> set[int]:
    """The code points of all two-byte characters of a Chinese encoding."""
    pairs = (bytes([high, low]) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    texts = (pair.decode(encoding, errors="ignore") for pair in pairs)
    return {ord(text) for text in texts if len(text) == 1}


def symbols() -> set[int]:
    """The code points of everything that is not a Chinese character."""
    return {point for first, last in SYMBOLS for point in range(first, last + 1)}


def reduce(font: TTFont, points: set[int]) -> None:
    """Leave only the glyphs of these code points, without layout tables, hints and glyph names."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)


def add_small_digits(font: TTFont, heavier: TTFont) -> None:
    """Draw the small digits and minus that the original lacks, from a heavier weight so that strokes match."""
    for marks, shift in ((RAISED, RAISED_BY), (LOWERED, LOWERED_BY)):
        for point, digit in marks.items():
            add_small(font, heavier, point, digit, shift)


def add_small(font: TTFont, heavier: TTFont, point: int, digit: str, shift: int) -> None:
    """Add one glyph: a digit at a share of its size, moved up or down."""
    drawn, pen, name = heavier.getGlyphSet(), TTGlyphPen(None), f"uni{point:04X}"
    source = drawn[heavier.getBestCmap()[ord(digit)]]
    source.draw(TransformPen(pen, (SMALL, 0, 0, SMALL, 0, shift)))
    glyph = pen.glyph()
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (round(source.width * SMALL), glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[point] = name


def rename(font: TTFont, style: str) -> None:
    """Give the font its own name; copyright and licence stay."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    plain = FAMILY.replace(" ", "")
    own = {
        1: FAMILY,
        2: style,
        3: f"{VERSION}; {plain}-{style}",
        4: f"{FAMILY} {style}",
        5: VERSION,
        6: f"{plain}-{style}",
    }
    for number, text in own.items():
        names.setName(text, number, 3, 1, 0x409)


def make(package: Path, weight: str, heavier: str, points: set[int]) -> Path:
    """Write the font of one weight beside this file and return where it stands."""
    style = weight.lstrip("0123456789")
    font = TTFont(weight_of(package, weight), recalcTimestamp=False)
    reduce(font, points)
    add_small_digits(font, TTFont(weight_of(package, heavier)))
    rename(font, style)
    target = Path(__file__).parent / f"{FAMILY.replace(' ', '')}-{style}.ttf"
    font.save(target)
    return target


def weight_of(package: Path, weight: str) -> Path:
    """Where the package keeps a weight such as `400Regular`."""
    return package / weight / f"NotoSansSC_{weight}.ttf"


def main() -> None:
    """Make both fonts from the package named on the command line."""
    if len(sys.argv) != 2 or not Path(sys.argv[1], "LICENSE_FONT").is_file():
        sys.exit("usage: python make_fonts.py PACKAGE   (the unpacked npm package @expo-google-fonts/noto-sans-sc)")
    package, everyday = Path(sys.argv[1]), characters("gb2312") | set(map(ord, OUTSIDE_GB2312))
    print(make(package, "400Regular", "600SemiBold", characters("gbk") | symbols()))
    print(make(package, "700Bold", "900Black", everyday | symbols()))


if __name__ == "__main__":
    main()
