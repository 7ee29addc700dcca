from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from assess.core.errors import Refused
from assess.core.text import Text
from assess.files.sealing import keys
from assess.files.sealing.keys import KeyPlaces, SealKey, open_key
from tests.files.sealing.certificates import NOW, a_key, as_pem, as_pkcs12, issued, key_as_pem


def refusal(act: Callable[[], object]) -> Text:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.what


def opened(places: KeyPlaces) -> SealKey:
    return open_key(places, now=NOW)


def test_a_house_without_a_certificate_makes_its_own_once_for_all_who_ask_and_keeps_it_to_itself(tmp_path: Path):
    places = KeyPlaces(tmp_path / "keys" / "seal.pem")
    with ThreadPoolExecutor(8) as people:
        made = list(people.map(lambda _: opened(places), range(8)))
    again = open_key(places, now=NOW + timedelta(days=400))

    assert {each.certificates for each in (*made, again)} == {again.certificates}
    assert (again.private.key_size, again.chain) == (256, ())
    assert [path.name for path in places.own.parent.iterdir()] == ["seal.pem"]
    assert stat.S_IMODE(places.own.stat().st_mode) == 0o600
    again.check_valid(NOW + timedelta(days=10_000))


def test_a_damaged_key_of_ones_own_is_told_and_not_replaced_in_silence(tmp_path: Path):
    places = KeyPlaces(tmp_path / "seal.pem")
    opened(places)
    data = places.own.read_bytes()
    places.own.write_bytes(data[: len(data) // 3])

    assert refusal(lambda: opened(places)) == keys.DAMAGED_OWN.format(path=places.own)
    assert places.own.read_bytes() == data[: len(data) // 3]


def test_a_given_certificate_comes_from_a_pkcs12_file_or_from_two_pem_files_with_those_that_vouch_for_it(
    tmp_path: Path,
):
    root = issued("Root")
    ours = issued("District", by=root)
    as_pkcs12(tmp_path / "seal.p12", ours, root)
    (tmp_path / "seal.crt").write_bytes(as_pem(root.certificate, ours.certificate))
    (tmp_path / "seal.key").write_bytes(key_as_pem(ours.key, "秘密"))
    nowhere = tmp_path / "none" / "seal.pem"
    places = [
        KeyPlaces(nowhere, pkcs12=tmp_path / "seal.p12", password="秘密"),
        KeyPlaces(nowhere, certificate=tmp_path / "seal.crt", key=tmp_path / "seal.key", password="秘密"),
    ]

    assert [(each.certificate, each.chain) for each in map(opened, places)] == [
        (ours.certificate, (root.certificate,))
    ] * 2
    assert not nowhere.parent.exists()


def test_a_pkcs12_file_that_cannot_seal_is_refused_with_what_to_do(tmp_path: Path):
    kept = as_pkcs12(tmp_path / "ours.p12", issued("District"))
    (tmp_path / "none").write_bytes(b"nothing")
    places = [
        KeyPlaces(tmp_path, pkcs12=tmp_path / "none"),
        KeyPlaces(tmp_path, pkcs12=kept, password="wrong"),
        KeyPlaces(tmp_path, pkcs12=kept),
    ]

    assert [refusal(lambda at=at: opened(at)) for at in places] == [
        keys.NOT_PKCS12.format(path=path) for path in (tmp_path / "none", kept, kept)
    ]


def test_pem_files_that_cannot_seal_are_refused_with_what_to_do(tmp_path: Path):
    ours, other = issued("District"), issued("Other")
    files = {
        "other-kind.key": key_as_pem(ed25519.Ed25519PrivateKey.generate()),
        "odd-curve.key": key_as_pem(ec.generate_private_key(ec.SECP256K1())),
        "locked.key": key_as_pem(ours.key, "秘密"),
        "ours.key": key_as_pem(ours.key),
        "ours.crt": as_pem(ours.certificate),
        "other.crt": as_pem(other.certificate),
        "mail.crt": as_pem(issued("District", ours.key, signing=False).certificate),
        "none": b"nothing",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    expected = {
        ("absent.crt", "ours.key"): keys.UNREADABLE.format(
            path=tmp_path / "absent.crt", why="No such file or directory"
        ),
        ("none", "ours.key"): keys.NOT_A_CERTIFICATE.format(path=tmp_path / "none"),
        ("ours.crt", "none"): keys.NOT_A_KEY.format(path=tmp_path / "none"),
        ("ours.crt", "locked.key"): keys.NOT_A_KEY.format(path=tmp_path / "locked.key"),
        ("ours.crt", "other-kind.key"): keys.UNFIT_KEY.format(path=tmp_path / "other-kind.key"),
        ("ours.crt", "odd-curve.key"): keys.UNFIT_KEY.format(path=tmp_path / "odd-curve.key"),
        ("other.crt", "ours.key"): keys.OTHER_KEY.format(path=tmp_path / "ours.key"),
        ("mail.crt", "ours.key"): keys.NOT_FOR_SIGNING.format(path=tmp_path / "ours.key"),
    }
    places = [KeyPlaces(tmp_path, certificate=tmp_path / pair[0], key=tmp_path / pair[1]) for pair in expected]

    assert [refusal(lambda at=at: opened(at)) for at in places] == list(expected.values())


def test_a_certificate_that_has_run_out_or_not_begun_seals_nothing():
    ours = issued("District")
    key = SealKey(a_key(), ours.certificate, (), Path("seal.pem"))

    key.check_valid(NOW)
    assert [
        refusal(lambda: key.check_valid(NOW + timedelta(days=336))),
        refusal(lambda: key.check_valid(NOW - timedelta(days=31))),
    ] == [keys.NOT_VALID.format(first="2026-12-21", last="2027-12-21", day=day) for day in ("2027-12-22", "2026-12-20")]
