"""Bring the styles and the script of govuk-frontend here, without what is reserved for gov.uk.

    python static/vendor/govuk-frontend/bring.py PACKAGE

PACKAGE is the unpacked npm package govuk-frontend. Left out: the fonts (in their place stands the variable
`--assess-font` of our own style sheet), the crest and the source maps. The files are written beside this one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

LEFT_OUT = (
    (r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/", ""),
    (r"@font-face\{[^}]*\}", ""),
    (r"font-family:GDS Transport,arial,sans-serif", "font-family:var(--assess-font)"),
    (r"url\(/assets/images/govuk-crest\.svg\)", "none"),
    (r"/[/*]# sourceMappingURL=.*", ""),
)
"""What goes, as patterns, and what stands in its place."""


def brought(text: str) -> str:
    """The text of a file without what is left out."""
    for pattern, instead in LEFT_OUT:
        text = re.sub(pattern, instead, text)
    return text.rstrip() + "\n"


def main(package: Path) -> None:
    """Write the minified styles and script beside this file."""
    for name in ("govuk-frontend.min.css", "govuk-frontend.min.js"):
        text = (package / "dist" / "govuk" / name).read_text(encoding="utf-8")
        (Path(__file__).parent / name).write_text(brought(text), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
