"""What a password must be: long, and not what everybody tries first."""

from __future__ import annotations

import unicodedata
from typing import Final

from assess.core.errors import Refused
from assess.core.text import Text

SHORTEST: Final = 10
MAX_PASSWORD_LENGTH: Final = 200
TOO_SHORT: Final = Text(
    "密码至少{least}位，请加长。", "The password must be {least} characters or more. Make it longer."
)
TOO_LONG: Final = Text(
    "密码最多{most}位，请缩短。", "The password must be {most} characters or fewer. Make it shorter."
)
IS_USERNAME: Final = Text("密码不能与账号相同，请换一个。", "The password must not be the username. Use another.")
TOO_COMMON: Final = Text("密码过于常见，容易被猜中，请换一个。", "This password is too common. Use another.")
RUNS: Final = (
    "01234567890123456789",
    "9876543210987654321",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)
"""Any piece of these is a common password."""
LISTED: Final = """
password12 password123 password1234 password12345 p@ssw0rd123 passw0rd123 passwordpassword administrator
admin12345 admin123456 admin@12345 admin123admin adminadmin root123456 welcome123 welcome1234 changeme123
1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 1qaz2wsx3edc 1qaz@wsx3edc zaq12wsxcde3 qazwsxedcrfv 1qazxsw23edc
qwerty12345 qwerty123456 qwer123456 qwer12345678 asdf123456 asd123456789 zxc123456789 abc1234567 abc12345678
abc123456789 abcd123456 abcd12345678 a123456789 a1234567890 aa123456789 aaa123456789 q123456789 z123456789
1234567890a 123456789a 123456789q 123456789qq 123456abcd 12345qwert 123qweasdzxc 123123123123 1231231231
1212121212 1122334455 1234512345 123454321012 147258369a 1472583690 9638527410 5201314520 5201314521 woaini1314
woaini520520 woaini1314520 woaini5201314 iloveyou123 iloveyou520 beijing2008 beijing2022 beijing2025 beijing2026
beijing123 beijing123456 chaoyang123 chaoyang2026 chaoyang123456 kaohe123456 huanbao123456 asdfghjkl1 asdfghjkl123
letmein123 sunshine123 football123 dragon123456 monkey123456 princess123
"""
COMMON: Final = frozenset(LISTED.split())


def plain(password: str) -> str:
    """A password as it is compared: the same characters however a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, username: str) -> None:
    """Raise Refused, with the field `password`, where a password will not do."""
    text = plain(password)
    folded = text.lower()
    if len(text) < SHORTEST:
        refuse(TOO_SHORT.format(least=SHORTEST))
    if len(text) > MAX_PASSWORD_LENGTH:
        refuse(TOO_LONG.format(most=MAX_PASSWORD_LENGTH))
    if folded == username.lower():
        refuse(IS_USERNAME)
    if folded in COMMON or len(set(folded)) <= 2 or any(folded in run for run in RUNS):
        refuse(TOO_COMMON)


def refuse(what: Text) -> None:
    """Turn a password down."""
    raise Refused(what, {"password": what})
