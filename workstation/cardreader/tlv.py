"""BER-TLV (ISO/IEC 7816-4 clause 5.2) as a total parser: any bytes give a tree or Unreadable."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.cardreader.unreadable import Unreadable

DEEPEST = 16
_CONSTRUCTED = 0x20
_LONGEST_TAG = 3


@dataclass(frozen=True, slots=True)
class Tlv:
    """One data object. `inner` is empty for a primitive one."""

    tag: int
    value: bytes
    inner: tuple[Tlv, ...] = ()

    def find(self, tag: int) -> Tlv | None:
        """Return the first inner object with the tag."""
        return next((one for one in self.inner if one.tag == tag), None)


def parse_tlv(raw: bytes) -> tuple[Tlv, ...]:
    """Parse a row of data objects, nested at most 16 deep. Raises Unreadable."""
    return _row(raw, 0)


def _row(raw: bytes, depth: int) -> tuple[Tlv, ...]:
    if depth > DEEPEST:
        raise Unreadable("tlv depth")
    found: list[Tlv] = []
    at = 0
    while at < len(raw):
        if raw[at] == 0x00:  # filling between objects is allowed
            at += 1
            continue
        constructed = bool(raw[at] & _CONSTRUCTED)
        tag, at = _tag(raw, at)
        length, at = _length(raw, at)
        # The claimed length is held against the bytes that are there before anything is cut or kept.
        if length > len(raw) - at:
            raise Unreadable("tlv length")
        value = raw[at : at + length]
        at += length
        found.append(Tlv(tag, value, _row(value, depth + 1) if constructed else ()))
    return tuple(found)


def _tag(raw: bytes, at: int) -> tuple[int, int]:
    end = at + 1
    if raw[at] & 0x1F == 0x1F:
        while True:
            if end >= len(raw) or end - at >= _LONGEST_TAG:
                raise Unreadable("tlv tag")
            end += 1
            if not raw[end - 1] & 0x80:
                break
    return int.from_bytes(raw[at:end], "big"), end


def _length(raw: bytes, at: int) -> tuple[int, int]:
    if at >= len(raw):
        raise Unreadable("tlv length")
    first = raw[at]
    at += 1
    if first < 0x80:
        return first, at
    count = first & 0x7F
    if not 1 <= count <= 4 or at + count > len(raw):
        raise Unreadable("tlv length")
    return int.from_bytes(raw[at : at + count], "big"), at + count
