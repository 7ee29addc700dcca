from __future__ import annotations

from pathlib import Path

import pytest

from assess import settings
from assess.settings import SealFiles, WrongSetting, read_settings


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(WrongSetting) as caught:
        read_settings(environ)
    return str(caught.value)


def test_the_seal_is_given_by_one_file_or_by_two_or_made_in_the_instance(tmp_path: Path):
    for name in ("a.p12", "a.crt", "a.key"):
        (tmp_path / name).touch()
    one = {"ASSESS_SEAL_PKCS12": str(tmp_path / "a.p12"), "ASSESS_SEAL_PASSWORD": "秘密"}
    two = {"ASSESS_SEAL_CERTIFICATE": str(tmp_path / "a.crt"), "ASSESS_SEAL_KEY": str(tmp_path / "a.key")}
    none = {"ASSESS_SEAL_KEY": str(tmp_path / "none")}
    bad = f"{settings.BAD_SEAL.zh} / {settings.BAD_SEAL.en}"
    missing = settings.NO_SEAL_FILE.format(name="ASSESS_SEAL_KEY", path=tmp_path / "none")

    assert read_settings(one).seal == SealFiles(pkcs12=tmp_path / "a.p12", password="秘密")
    assert read_settings(two).seal == SealFiles(certificate=tmp_path / "a.crt", key=tmp_path / "a.key")
    assert read_settings({"ASSESS_INSTANCE": "/i"}).own_seal == Path("/i/keys/seal.pem")
    assert [
        refusal(wrong) for wrong in ({**one, **two}, {"ASSESS_SEAL_KEY": str(tmp_path / "a.key")}, {**two, **none})
    ] == [
        bad,
        bad,
        f"{missing.zh} / {missing.en}",
    ]


def test_an_address_that_cannot_be_read_is_told_by_its_variable():
    wrong = {
        "ASSESS_DATABASE_URL": ("mysql://db/assess", "postgresql://db:port/assess", "postgresql://u:p@[::1/assess"),
        "ASSESS_SMTP_URL": ("mail.example", "smtp://mail:port", "smtp://["),
        "ASSESS_ADDRESS": ("assess.example", "https://assess:port", "http://["),
        "ASSESS_WEBHOOK_URL": ("ftp://messages.example", "messages.example", "https://messages.example"),
        "ASSESS_WEBHOOK_SECRET": ("x" * 30,),
    }

    told = {name: {refusal({name: value}) for value in values} for name, values in wrong.items()}

    texts = {"ASSESS_DATABASE_URL": settings.BAD_DATABASE, "ASSESS_SMTP_URL": settings.BAD_SMTP}
    texts |= {"ASSESS_ADDRESS": settings.BAD_ADDRESS, "ASSESS_WEBHOOK_URL": settings.BAD_WEBHOOK}
    texts["ASSESS_WEBHOOK_SECRET"] = settings.BAD_WEBHOOK
    assert told == {name: {f"{text.zh} / {text.en}"} for name, text in texts.items()}
    for right in ("postgresql:///assess", "postgresql://u:p/w@[::1]:5432/assess?host=/run/postgresql"):
        assert read_settings({"ASSESS_DATABASE_URL": right}).database_url == right


def test_the_secret_of_a_webhook_is_long_enough_and_base64_where_it_says_so():
    url = {"ASSESS_WEBHOOK_URL": "https://messages.example/in"}
    wrong = ("short", "whsec_" + "?" * 30)

    assert {refusal({**url, "ASSESS_WEBHOOK_SECRET": secret}) for secret in wrong} == {
        f"{settings.BAD_WEBHOOK.zh} / {settings.BAD_WEBHOOK.en}"
    }
    plain, coded = "a" * 24, "whsec_" + "YWFh" * 8
    read = [read_settings({**url, "ASSESS_WEBHOOK_SECRET": secret}).webhook for secret in (plain, coded)]
    assert [each.key for each in read if each] == [b"a" * 24, b"a" * 24]
