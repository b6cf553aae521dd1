"""Known answers: what each algorithm must give for the published example, asked of the library that is really there."""

from __future__ import annotations

from dataclasses import dataclass

from wire.algorithms import AES_256_GCM, ED25519, SETS, SHA_256, SM3, SM4_GCM, NotOffered, Offered

# RFC 8032 7.1 test 1: the empty message.
_ED25519_PRIVATE = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
_ED25519_SIGNED = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
    "d25bf5f0595bbe24655141438e7a100b"
)
# FIPS 180-4 and GB/T 32905-2016 A.1, both over "abc".
_SHA_256_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
_SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
# McGrew and Viega, The Galois/Counter Mode of Operation, test case 14: 16 zero bytes under a zero key and nonce.
_AES_SEALED = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
# RFC 8998 A.1.
_SM4_KEY = "0123456789abcdeffedcba9876543210"
_SM4_NONCE = "00001234567800000000abcd"
_SM4_PLAIN = "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
_SM4_BOUND = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
_SM4_SEALED = (
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15"
    "a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One name: whether it is offered here, and whether it gives the published answer."""

    set_name: str
    algorithm: str
    offered: bool
    right: bool


def ask(offered: Offered) -> tuple[Answered, ...]:
    """Ask every algorithm of both sets."""
    found = []
    for name, algorithms in SETS.items():
        for algorithm in (algorithms.signature, algorithms.digest, algorithms.cipher):
            try:
                found.append(Answered(name, algorithm, offered=True, right=_is_right(offered, algorithm)))
            except NotOffered:
                found.append(Answered(name, algorithm, offered=False, right=False))
    return tuple(found)


def _is_right(offered: Offered, name: str) -> bool:
    if name == ED25519:
        said = offered.signature(name).sign(bytes.fromhex(_ED25519_PRIVATE), b"").hex()
        return said == _ED25519_SIGNED
    if name in (SHA_256, SM3):
        return offered.digest(name)(b"abc").hex() == (_SHA_256_ABC if name == SHA_256 else _SM3_ABC)
    if name == AES_256_GCM:
        return offered.cipher(name).seal(bytes(32), bytes(12), bytes(16), b"").hex() == _AES_SEALED
    if name == SM4_GCM:
        key, nonce, plain, bound = (bytes.fromhex(t) for t in (_SM4_KEY, _SM4_NONCE, _SM4_PLAIN, _SM4_BOUND))
        return offered.cipher(name).seal(key, nonce, plain, bound).hex() == _SM4_SEALED
    # SM2 has no example that can be checked without a provider; whoever adds one adds it here.
    offered.signature(name)
    return False
