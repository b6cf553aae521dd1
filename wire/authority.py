"""The hall's own certificate authority (RFC 5280): one root, constrained to the hall's names, and server certificates of days."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

ROOT_LIFE = timedelta(days=3650)
SERVER_DAYS = 7  # a stolen key of the server is worth a week at most: nobody has to look up revocations
BACKDATED = timedelta(minutes=10)  # clocks of stations may be a little behind
_KEY, _CERTIFICATE = "ca.key", "ca.pem"


class AuthorityRefused(Exception):
    """Something that this authority does not do; the text says what."""


@dataclass(frozen=True, slots=True)
class Names:
    """Under which names and addresses a hall is reached: DNS names and IP addresses as text."""

    dns: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()


def new_authority(folder: Path, names: Names, now: datetime, life: timedelta = ROOT_LIFE) -> str:
    """Make a root in `folder` (ca.key 0600, ca.pem) that can vouch for the names and what is below them; return its PEM.

    Raises AuthorityRefused where one is already, or without a name: an authority for everything would be one for
    everybody's mail as well.
    """
    from cryptography import x509  # noqa: PLC0415 - only who makes certificates carries the library
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    if (folder / _KEY).exists():
        raise AuthorityRefused(f"{folder} holds an authority already")
    if not names.dns and not names.ips:
        raise AuthorityRefused("an authority needs the names it may vouch for")
    key = ec.generate_private_key(ec.SECP256R1())
    serial = x509.random_serial_number()
    name = x509.Name(
        [x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, f"one-window hall CA {serial:040x}"[:34])]
    )
    permitted = [x509.DNSName(each) for each in names.dns]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + life)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(of_authority=True), critical=True)
        .add_extension(
            x509.NameConstraints([*permitted, *_networks(names.ips)], _all_others(names)), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_key(folder / _KEY, key)
    pem = _pem(made)
    (folder / _CERTIFICATE).write_text(pem, encoding="ascii")
    return pem


def issue(
    folder: Path, names: Names, out: Path, now: datetime, life: timedelta = timedelta(days=SERVER_DAYS)
) -> datetime:
    """Write `out`/server.pem (0600), key and certificate in one, whole or not at all; return until when it is good.

    Raises AuthorityRefused without a root, without names, or for a name beyond what the root may vouch for.
    """
    from cryptography import x509  # noqa: PLC0415 - see new_authority
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    root, root_key = _load(folder)
    if not names.dns and not names.ips:
        raise AuthorityRefused("a server certificate needs a name or an address")
    _hold_names(root, names)
    until = min(now + life, root.not_valid_after_utc)
    key = ec.generate_private_key(ec.SECP256R1())
    said = [
        *(x509.DNSName(each) for each in names.dns),
        *(x509.IPAddress(ipaddress.ip_address(each)) for each in names.ips),
    ]
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(max(now - BACKDATED, root.not_valid_before_utc))
        .not_valid_after(until)
        # RFC 5280 4.2.1.6: critical where the subject is empty.
        .add_extension(x509.SubjectAlternativeName(said), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(of_authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    # One file with both is replaced in one step: a server never reads a key and a certificate that do not belong together.
    text = _pem(made).encode() + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write_secret(out / "server.pem", text)
    return until


def is_due(certificate: Path, now: datetime) -> bool:
    """Say whether a server certificate has used up two thirds of its life, or is not there or torn."""
    from cryptography import x509  # noqa: PLC0415 - see new_authority

    try:
        made = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError):
        return True
    life = made.not_valid_after_utc - made.not_valid_before_utc
    return now > made.not_valid_before_utc + life * 2 / 3


def ends_at(certificate: Path) -> datetime:
    """Return until when a certificate is good, the first one of a file. Raises AuthorityRefused for a file that has none."""
    from cryptography import x509  # noqa: PLC0415 - see new_authority

    try:
        return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        raise AuthorityRefused(f"{certificate} is no certificate") from error


def names_of(certificate: Path) -> Names:
    """Return the names a server certificate stands for. Raises AuthorityRefused for a file that is none."""
    from cryptography import x509  # noqa: PLC0415 - see new_authority

    try:
        made = x509.load_pem_x509_certificate(certificate.read_bytes())
        said = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound) as error:
        raise AuthorityRefused(f"{certificate} is no server certificate") from error
    ips = tuple(str(each) for each in said.get_values_for_type(x509.IPAddress))
    return Names(tuple(said.get_values_for_type(x509.DNSName)), ips)


def _load(folder: Path) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    from cryptography import x509  # noqa: PLC0415 - see new_authority
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    try:
        root = x509.load_pem_x509_certificate((folder / _CERTIFICATE).read_bytes())
        key = serialization.load_pem_private_key((folder / _KEY).read_bytes(), None)
    except (OSError, ValueError) as error:
        raise AuthorityRefused(f"{folder} holds no authority") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != root.public_key():
        raise AuthorityRefused("ca.key and ca.pem do not belong together")
    return root, key


def _hold_names(root: x509.Certificate, names: Names) -> None:
    """A certificate beyond the root's constraints would be refused by every station: better here and now."""
    from cryptography import x509  # noqa: PLC0415 - see new_authority

    permitted = root.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    domains = [each.value for each in permitted if isinstance(each, x509.DNSName)]
    networks = [each.value for each in permitted if isinstance(each, x509.IPAddress)]
    for name in names.dns:
        if not any(name == domain or name.endswith(f".{domain}") for domain in domains):
            raise AuthorityRefused(f"this authority may not vouch for {name}")
    for ip in names.ips:
        address = ipaddress.ip_address(ip)
        if not any(address in network for network in networks if isinstance(network, _NETWORKS)):
            raise AuthorityRefused(f"this authority may not vouch for {ip}")


_NETWORKS = (ipaddress.IPv4Network, ipaddress.IPv6Network)


def _networks(ips: tuple[str, ...]) -> list[x509.IPAddress]:
    from cryptography import x509  # noqa: PLC0415 - see new_authority

    return [x509.IPAddress(ipaddress.ip_network(each, strict=False)) for each in ips]


def _all_others(names: Names) -> list[x509.GeneralName] | None:
    """Shut the kinds of names that nothing was permitted of: without a word about a kind RFC 5280 allows all of it."""
    from cryptography import x509  # noqa: PLC0415 - see new_authority

    shut: list[x509.GeneralName] = []
    if not names.dns:
        shut.append(x509.DNSName(""))
    if not names.ips:
        shut += [
            x509.IPAddress(ipaddress.ip_network("0.0.0.0/0")),
            x509.IPAddress(ipaddress.ip_network("::/0")),
        ]
    return shut or None


def _usage(*, of_authority: bool) -> x509.KeyUsage:
    from cryptography import x509  # noqa: PLC0415 - see new_authority

    return x509.KeyUsage(
        digital_signature=not of_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=of_authority,
        crl_sign=of_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see new_authority

    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _write_key(path: Path, key: EllipticCurvePrivateKey) -> None:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see new_authority

    _write_secret(
        path,
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


def _write_secret(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, from its first byte on, and put it in place whole."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
