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
    }

    told = {name: {refusal({name: value}) for value in values} for name, values in wrong.items()}

    texts = {"ASSESS_DATABASE_URL": settings.BAD_DATABASE, "ASSESS_SMTP_URL": settings.BAD_SMTP}
    texts["ASSESS_ADDRESS"] = settings.BAD_ADDRESS
    assert told == {name: {f"{text.zh} / {text.en}"} for name, text in texts.items()}
    for right in ("postgresql:///assess", "postgresql://u:p/w@[::1]:5432/assess?host=/run/postgresql"):
        assert read_settings({"ASSESS_DATABASE_URL": right}).database_url == right
