"""The check code of a sealed document: twelve characters that a reader can type, in which no slip goes unseen.

Ten characters tell the document, two are for checking. The characters are digits and capital letters without those
that look like others (I, L, O) and without U; whoever types an O or an l means 0 or 1.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

from assess.core.errors import Refused
from assess.core.text import Text

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MEANT: Final = {"O": "0", "I": "1", "L": "1"}
SIGNS: Final = 10
CHECKS: Final = 2
GROUP: Final = 4
BITS: Final = 5
"""How many bits a character tells."""
PRIME: Final = 1021
"""The largest prime that two characters hold: a slip in one character, or two neighbours swapped, changes the rest."""
MAX_TYPED_LENGTH: Final = 40
SEPARATORS: Final = frozenset("-_.·‐‑‒–—― \t\u3000")

NO_CODE: Final = Text(
    "请输入考核结果单右上角二维码下方的校验码，共12位字母和数字。",
    "Enter the check code below the QR code of the document: 12 letters and digits.",
)
WRONG_LENGTH: Final = Text(
    "校验码应为12位字母和数字，这里有{count}位，请对照纸面核对。",
    "A check code has 12 letters and digits. This one has {count}. Compare it with the paper.",
)
WRONG_SIGN: Final = Text(
    "校验码中不会出现“{sign}”，请对照纸面核对。", "Check codes never contain “{sign}”. Compare it with the paper."
)
MISTYPED: Final = Text(
    "校验码有误，至少有一位与纸面不同，请逐位核对后重新输入。",
    "At least one character of this code is wrong. Compare it with the paper and enter it again.",
)


def check_code(chance: bytes, *facts: str) -> str:
    """The code of a document, as in `K7QM-3D2P-9XTA`.

    Args:
        chance: 16 random bytes of the seal or more, without which codes could be computed from what is public.
        facts: what tells the document from the others of its seal: digest of what is sealed, kind, unit, language.
    """
    told = "\0".join(facts).encode()
    number = int.from_bytes(hashlib.sha256(chance + told).digest(), "big") >> (256 - BITS * SIGNS)
    number = with_checks(number)
    signs = "".join(ALPHABET[number >> BITS * at & 31] for at in reversed(range(SIGNS + CHECKS)))
    return in_groups(signs)


def with_checks(number: int) -> int:
    """A number with two more characters, so that the whole is divisible by the prime."""
    shifted = number << BITS * CHECKS
    return shifted + -shifted % PRIME


def in_groups(signs: str) -> str:
    """Twelve characters as they are printed."""
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def read_check_code(typed: str) -> str:
    """The code that somebody typed, as it is printed; small letters, full width and other separators are understood.

    Raises:
        Refused: with the field `code`: nothing typed, a wrong length, a foreign character, or a slip.
    """
    plain = unicodedata.normalize("NFKC", typed[:MAX_TYPED_LENGTH]).upper()
    signs = "".join(MEANT.get(sign, sign) for sign in plain if sign not in SEPARATORS)
    if not signs:
        refuse(NO_CODE)
    for sign in signs:
        if sign not in ALPHABET:
            refuse(WRONG_SIGN.format(sign=sign))
    if len(signs) != SIGNS + CHECKS:
        refuse(WRONG_LENGTH.format(count=len(signs)))
    number = 0
    for sign in signs:
        number = number << BITS | ALPHABET.index(sign)
    if number % PRIME:
        refuse(MISTYPED)
    return in_groups(signs)


def refuse(what: Text) -> None:
    """Turn a typed code down."""
    raise Refused(what, {"code": what})
