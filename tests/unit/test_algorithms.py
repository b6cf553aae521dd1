"""Algorithms as data: published examples, names under the signature, and what is unknown, missing or downgraded is refused."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from main import main
from tests.fakes.cases import DEVICE_KEY, HALL_KEY, an_enrolment
from tests.fakes.hall import Answer, running_hall
from wire import seal
from wire.algorithms import (
    AES_256_GCM,
    ED25519,
    NATIONAL,
    SETS,
    SHA_256,
    SM2,
    SM3,
    SM4_GCM,
    STANDARD,
    NotOffered,
    NotOpened,
    Offered,
    Provider,
    offered,
    signature_fits,
)
from wire.codec import decode, digest, encode
from wire.departments import RegisterAnswer, answer_is_genuine, params_digest, sign_answer
from wire.keys import b64, new_private, public_of, sign
from wire.known_answers import ask
from wire.messages import (
    Algorithms,
    CatalogueManifest,
    ElectronicCardReply,
    Enrolment,
    Envelope,
    EventKind,
    HallReceipt,
    Outcome,
    VerificationReply,
)
from wire.signed import receipt_is_genuine, reply_is_genuine, sign_receipt, sign_reply
from workstation.domain.failures import Failure, Refused
from workstation.security.key_file import KeyFile
from workstation.security.passphrase import PassphraseKeys
from workstation.sync.client import HallEnroller

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
PRIVATE = new_private()
PUBLIC = public_of(PRIVATE)
PASSPHRASE = "a long passphrase"
REPLIES = (
    VerificationReply("q", "marriage.pair", Outcome.NO_RECORD, {}, "民政", "E1", AT, AT, ""),
    ElectronicCardReply("q", "测试一", "44010018990101002X", "人社", "E1", AT, date(2035, 3, 1), ""),
    CatalogueManifest(1, "2026.11", "0" * 64, 10, AT, ""),
)


# -- published examples ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [  # GB/T 32905-2016 A.1 and A.2
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_examples_of_its_standard(text: bytes, expected: str) -> None:
    assert offered().digest(SM3)(text).hex() == expected


def test_sm4_gives_the_example_of_its_standard() -> None:
    # GB/T 32907-2016 A.1: one block. In counter mode a known key stream shows the bare cipher: E(nonce || counter 2).
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    bare = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    assert (bare.update(key) + bare.finalize()).hex() == "681edf34d206965e86b3e94f536e4246"
    nonce = bytes(12)
    bare = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    stream = bare.update(nonce + (2).to_bytes(4, "big"))
    assert offered().cipher(SM4_GCM).seal(key, nonce, bytes(16), b"")[:16] == stream


def test_sm4_gcm_gives_the_example_of_rfc_8998() -> None:
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    plain = bytes.fromhex(
        "a" * 16 + "b" * 16 + "c" * 16 + "d" * 16 + "e" * 16 + "f" * 16 + "e" * 16 + "a" * 16
    )
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = offered().cipher(SM4_GCM).seal(key, nonce, plain, bound)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15"
        "a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert offered().cipher(SM4_GCM).open(key, nonce, sealed, bound) == plain


@pytest.mark.parametrize("name", [AES_256_GCM, SM4_GCM])
def test_what_was_sealed_opens_with_its_own_key_nonce_and_binding_only(name: str) -> None:
    cipher = offered().cipher(name)
    key, nonce = bytes(range(cipher.key_bytes)), bytes(range(12))
    sealed = cipher.seal(key, nonce, b"a key", b"bound")
    assert cipher.open(key, nonce, sealed, b"bound") == b"a key"
    wrong = (
        (key[::-1], nonce, sealed, b"bound"),
        (key, nonce[::-1], sealed, b"bound"),
        (key, nonce, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"bound"),
        (key, nonce, sealed, b"bounds"),
        (key, nonce, b"short", b"bound"),
        (key[:-1], nonce, sealed, b"bound"),
    )
    for each in wrong:
        with pytest.raises(NotOpened):
            cipher.open(*each)


def test_the_command_says_what_is_offered_and_what_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["algorithms", "--json"]) == 0
    said = {
        line["algorithm"]: (line["offered"], line["right"]) for line in json.loads(capsys.readouterr().out)
    }
    assert said == {
        ED25519: (True, True),
        SHA_256: (True, True),
        AES_256_GCM: (True, True),
        SM2: (False, False),
        SM3: (True, True),
        SM4_GCM: (True, True),
    }
    assert main(["algorithms"]) == 0
    assert re.search(r"sm2-sm3\s+not offered here: the set cannot sign", capsys.readouterr().out)


def test_a_library_that_gives_wrong_answers_is_found() -> None:
    lying = Provider("lying", {}, {SM3: lambda _: bytes(32)}, {})
    wrong = [each.algorithm for each in ask(Offered(lying)) if each.offered and not each.right]
    assert wrong == [SM3]


# -- the national set -----------------------------------------------------------------------------------
def test_only_sm2_is_missing_and_nothing_signs_with_it() -> None:
    assert offered().missing(NATIONAL) == (SM2,)
    assert offered().missing(STANDARD) == ()
    with pytest.raises(NotOffered, match=SM2):
        sign_reply(REPLIES[0], PRIVATE, SM2)
    with pytest.raises(NotOffered, match=SM2):
        seal.make({"a": "b"}, PRIVATE, SM2)


def test_a_provider_of_sm2_makes_the_set_whole() -> None:
    played = Provider("played", {SM2: offered().signature(ED25519)}, {}, {})
    whole = Offered(
        played, Provider("rest", {}, {SM3: offered().digest(SM3)}, {SM4_GCM: offered().cipher(SM4_GCM)})
    )
    assert whole.missing(NATIONAL) == ()


def test_a_hall_does_not_start_with_a_set_it_cannot_sign_with(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hall", "serve", "--database", str(tmp_path / "hall.db")]
    command += ["--departments", "http://127.0.0.1:9", "--port", "0", "--algorithms", "guomi"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "algorithm_unavailable" in done.stderr
    assert SM2 in done.stderr
    assert "--algorithms standard" in done.stderr


# -- names under the signature ---------------------------------------------------------------------------
def unnamed(message: object) -> str:
    """The message as it was written before there were names."""
    said = json.loads(encode(message))
    return json.dumps({k: v for k, v in said.items() if k not in ("algorithm", "algorithms", "digest")})


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
def test_the_name_of_the_algorithm_is_under_the_signature(reply: Any) -> None:
    signed = sign_reply(reply, PRIVATE)
    assert signed.algorithm == ED25519
    assert reply_is_genuine(signed, PUBLIC)
    for name in ("", SM2, "none", "ED25519"):
        assert not reply_is_genuine(replace(signed, algorithm=name), PUBLIC)
        # Neither does a hall that agreed to another algorithm get believed with this one.
        assert not reply_is_genuine(signed, PUBLIC, name)


def test_the_name_is_under_the_signature_of_a_receipt() -> None:
    receipt = sign_receipt("e", "0" * 64, AT, PRIVATE)
    assert receipt.algorithm == ED25519
    assert receipt_is_genuine(receipt, PUBLIC)
    for name in ("", SM2, "none"):
        assert not receipt_is_genuine(replace(receipt, algorithm=name), PUBLIC)
        assert not receipt_is_genuine(receipt, PUBLIC, name)


def test_the_name_is_under_the_signature_of_a_departments_answer() -> None:
    answer = RegisterAnswer("q", params_digest({}), "match", {}, "R1")
    signed = sign_answer(answer, PRIVATE)
    assert signed.algorithm == ED25519
    assert answer_is_genuine(signed, PUBLIC)
    for name in ("", SM2, "none"):
        assert not answer_is_genuine(replace(signed, algorithm=name), PUBLIC)
        assert not answer_is_genuine(signed, PUBLIC, name)
    said = {f.name: getattr(answer, f.name) for f in fields(answer) if f.name != "algorithm"}
    old = replace(answer, signature=b64(sign(PRIVATE, encode(said).encode())))
    assert answer_is_genuine(decode(RegisterAnswer, unnamed(old)), PUBLIC)


def test_the_name_is_under_the_signature_of_a_seal() -> None:
    code = seal.make({"project_no": "P1"}, PRIVATE)
    assert seal.read(code).payload["alg"] == ED25519
    assert seal.genuine(code, PUBLIC)
    assert not seal.genuine(code, PUBLIC, SM2)
    renamed = seal.make({"project_no": "P1"}, PRIVATE).split(".")
    renamed[1] = b64(encode({"project_no": "P1", "alg": SM2}).encode())
    assert not seal.genuine(".".join(renamed), PUBLIC)
    assert not seal.genuine(".".join(renamed), PUBLIC, SM2)


def test_a_good_signature_of_another_algorithm_than_agreed_is_a_downgrade() -> None:
    # Both are offered, and the signature is good: only the agreement forbids it.
    both = Offered(Provider("played", {ED25519: offered().signature(ED25519), SM2: _Played()}, {}, {}))
    signed = sign(PRIVATE, b"said")
    assert signature_fits(ED25519, ED25519, PUBLIC, b"said", signed, both)
    assert signature_fits(SM2, SM2, PUBLIC, b"said", signed, both)
    assert not signature_fits(ED25519, SM2, PUBLIC, b"said", signed, both)
    assert not signature_fits("", SM2, PUBLIC, b"said", signed, both)
    assert not signature_fits(SM2, ED25519, PUBLIC, b"said", signed, both)


class _Played:
    """Says of every signature that it fits: the worst that an algorithm can do."""

    def new_private(self) -> bytes:
        return PRIVATE

    def public_of(self, private: bytes) -> bytes:
        return PUBLIC

    def sign(self, private: bytes, data: bytes) -> bytes:
        return b""

    def fits(self, public: bytes, data: bytes, signature: bytes) -> bool:
        return True


# -- what was signed before there were names -----------------------------------------------------------------
def test_messages_without_names_still_read_and_their_signatures_still_fit() -> None:
    said = {f.name: getattr(REPLIES[0], f.name) for f in fields(REPLIES[0]) if f.name != "algorithm"}
    old = replace(REPLIES[0], signature=b64(sign(PRIVATE, encode(said).encode())))
    assert reply_is_genuine(decode(VerificationReply, unnamed(old)), PUBLIC)
    signed: dict[str, Any] = {
        "event": "e",
        "sha256": "0" * 64,
        "received_at": AT,
        "hall": sign_receipt("", "", AT, PRIVATE).hall,
    }
    receipt = HallReceipt(**signed, signature=b64(sign(PRIVATE, encode(signed).encode())))
    assert receipt_is_genuine(decode(HallReceipt, unnamed(receipt)), PUBLIC)
    assert not receipt_is_genuine(receipt, PUBLIC, SM2)  # but not where something else was agreed
    text = f"YC1.{b64(encode({'project_no': 'P1'}).encode())}"
    code = f"{text}.{b64(sign(PRIVATE, text.encode()))}"
    assert seal.genuine(code, PUBLIC)
    assert not seal.genuine(code, PUBLIC, SM2)


def test_an_enrolment_and_an_envelope_without_names_are_of_the_standard_set() -> None:
    old = decode(Enrolment, unnamed(an_enrolment()))
    assert old.algorithms == STANDARD == SETS["standard"]
    envelope = Envelope("e", 1, "c", EventKind.CASE_RECEIVED, AT, "clerk", "{}", digest("{}"), "0" * 64)
    assert decode(Envelope, unnamed(envelope)).digest == SHA_256


# -- agreed at enrolment ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        (NATIONAL, SM2),
        (Algorithms("standard", "rsa-md5", SHA_256, AES_256_GCM), "rsa-md5"),
        (Algorithms("home-made", ED25519, SHA_256, AES_256_GCM), "home-made"),
        (Algorithms("guomi", ED25519, SM3, SM4_GCM), "guomi"),  # a downgrade under a good name
    ],
)
def test_a_set_that_is_missing_unknown_or_mixed_is_not_agreed_to(chosen: Algorithms, named: str) -> None:
    with running_hall() as hall:
        answer = replace(an_enrolment(), algorithms=chosen)
        hall.always = Answer(200, encode(answer).encode())
        with pytest.raises(Refused) as refused:
            HallEnroller().enrol(hall.url, "code", public_of(DEVICE_KEY), lambda data: sign(DEVICE_KEY, data))
    assert refused.value.failure is Failure.ALGORITHM_UNAVAILABLE
    assert refused.value.details["names"] == named


def test_the_standard_set_is_agreed_to() -> None:
    with running_hall() as hall:
        made = HallEnroller().enrol(
            hall.url, "code", public_of(DEVICE_KEY), lambda data: sign(DEVICE_KEY, data)
        )
    assert made.algorithms == STANDARD
    assert made.hall_key == b64(public_of(HALL_KEY))


# -- the wrapped key ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("cipher", [AES_256_GCM, SM4_GCM])
def test_a_wrapped_key_names_its_cipher_and_opens_whatever_is_chosen_today(
    tmp_path: Path, cipher: str
) -> None:
    file = KeyFile(tmp_path / "key.json")
    key = PassphraseKeys(file, cipher).create(PASSPHRASE)
    assert json.loads(file.path.read_text())["cipher"] == cipher
    assert PassphraseKeys(file).open(PASSPHRASE) == key


@pytest.mark.parametrize("name", [SM4_GCM, "AES-256-GCM"])
def test_another_name_in_the_key_file_opens_nothing(tmp_path: Path, name: str) -> None:
    file = KeyFile(tmp_path / "key.json")
    PassphraseKeys(file).create(PASSPHRASE)
    said = json.loads(file.path.read_text())
    file.path.write_text(json.dumps({**said, "cipher": name}))
    with pytest.raises(Refused) as refused:
        PassphraseKeys(file).open(PASSPHRASE)
    assert refused.value.failure is Failure.STORE_KEY_WRONG


def test_a_cipher_that_nobody_offers_is_told_by_its_name(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "key.json")
    PassphraseKeys(file).create(PASSPHRASE)
    said = json.loads(file.path.read_text())
    file.path.write_text(json.dumps({**said, "cipher": "rot13"}))
    with pytest.raises(Refused) as refused:
        PassphraseKeys(file).open(PASSPHRASE)
    assert (refused.value.failure, refused.value.details["names"]) == (Failure.ALGORITHM_UNAVAILABLE, "rot13")


def test_a_key_file_of_before_names_still_opens(tmp_path: Path) -> None:
    from argon2.low_level import Type, hash_secret_raw
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key, salt, nonce = bytes(range(32)), bytes(16), bytes(12)
    secret = hash_secret_raw(
        PASSPHRASE.encode(), salt, time_cost=3, memory_cost=65536, parallelism=4, hash_len=32, type=Type.ID
    )
    wrapped = AESGCM(secret).encrypt(nonce, key, b"one-window key 1")
    old = {"place": "passphrase", "kdf": "argon2id-64MiB-3-4", "salt": b64(salt), "cipher": "AES-256-GCM"}
    (tmp_path / "key.json").write_text(json.dumps({**old, "nonce": b64(nonce), "wrapped": b64(wrapped)}))
    assert PassphraseKeys(KeyFile(tmp_path / "key.json")).open(PASSPHRASE) == key


# -- words -------------------------------------------------------------------------------------------------
# What would claim more than names: certified, compliant, in accordance with national cryptography rules.
CLAIM = re.compile(
    r"国密合规|密评(通过|合格)|符合[^。；\n]{0,8}(国密|密码)|(通过|获得)[^。；\n]{0,6}(密评|商用密码)[^。；\n]{0,4}认证"
    r"|合规(产品|认证)|(fully|gm|sm[234]|guomi|fips|asvs|pipl)[- ](certified|compliant)|is compliant|compliant with|complies with",
    re.IGNORECASE,
)


def texts() -> list[Path]:
    found = [
        ROOT / "README.md",
        ROOT / "ARCHITECTURE.md",
        ROOT / "CHANGELOG.md",
        *(ROOT / "docs").rglob("*.md"),
    ]
    found += [*(ROOT / "workstation" / "ui").rglob("*.py"), *(ROOT / "resources" / "i18n").glob("*.ts")]
    found += [*(ROOT / "workstation" / "printing").rglob("*.py"), *(ROOT / "hall" / "pages").glob("*.html")]
    return [*found, *(ROOT / "wire").glob("*.py"), ROOT / "main.py"]


def test_no_text_claims_compliance() -> None:
    assert len(texts()) > 100
    assert [
        f"{path.name}: {hit[0]}" for path in texts() for hit in CLAIM.finditer(path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize(
    "claim",
    ["本系统符合国密要求", "国密合规", "It is fully compliant", "complies with PIPL", "通过商用密码产品认证"],
)
def test_the_search_for_claims_finds_one(claim: str) -> None:
    assert CLAIM.search(claim)
