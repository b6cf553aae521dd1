"""The modules of a QR code (ISO/IEC 18004:2015) at level M under one mask.

Whatever is the same in all codes of a version is made once: what stands in the fixed modules, and which bit of the message goes
into each other one. A code is then a division and one pick of bits, a tenth of the time that a general maker takes.
tests/unit/test_printing_qr.py compares it with segno's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, product, zip_longest
from operator import itemgetter

# One of the eight masks for all codes (every third column, table 10): their text is as good as random already, and to score
# all eight takes longer than everything else on the sheet. A reader finds the mask's number in the code.
_MASK, _MASK_STEP = 2, 3
_LEVEL_M = 0  # as the format information says it, table 12: 15 % may be damaged
# Of versions 1 to 40 at level M, table 9: the error correction codewords of each block, and how many blocks.
_ERRORS = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, *[28] * 19)
_BLOCKS = (
    *(1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28),
    *(29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49),
)
_ALPHANUMERIC = {c: at for at, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}
_FREE = 2  # a module that a bit of the message may stand in


@dataclass(frozen=True, slots=True)
class _Frame:
    """A version: its modules a side, how many bits it takes, and `pick`, which takes them followed by 0 and 1 and returns all
    modules row by row, before they are masked."""

    side: int
    bits: int
    pick: Callable[[str], tuple[str, ...]]
    mask: int  # the modules that the mask turns over, row by row, the first as the highest bit


def symbol(text: str) -> list[str]:
    """Return rows of modules, "1" for black. Raises ValueError for text beyond ASCII or too long for version 40."""
    alphanumeric = _ALPHANUMERIC.keys() >= set(text)
    payload = _alphanumeric(text) if alphanumeric else "".join(f"{byte:08b}" for byte in text.encode("ascii"))
    for version in range(1, 41):
        data = _codewords(version) - _ERRORS[version - 1] * _BLOCKS[version - 1]
        bits = _head(len(text), version, alphanumeric=alphanumeric) + payload
        if len(bits) <= 8 * data:
            return _modules(_interleaved(_padded(bits, data), version), _frame(version))
    raise ValueError("too long for a QR code")


def _modules(message: bytes, frame: _Frame) -> list[str]:
    side = frame.side
    bits = f"{int.from_bytes(message, 'big'):0{8 * len(message)}b}"
    bare = "".join(frame.pick(bits.ljust(frame.bits, "0") + "01"))
    whole = f"{int(bare, 2) ^ frame.mask:0{side * side}b}"
    return [whole[at : at + side] for at in range(0, side * side, side)]


def _codewords(version: int) -> int:
    """How many codewords a version holds, table 1."""
    modules = (16 * version + 128) * version + 64
    if version >= 2:
        count = version // 7 + 2
        modules -= (25 * count - 10) * count - 55
    return (modules - (36 if version >= 7 else 0)) // 8


# -- the message, 7.4 to 7.6 ---------------------------------------------------------------------------
def _head(length: int, version: int, *, alphanumeric: bool) -> str:
    """The mode and how many characters follow, tables 2 and 3."""
    size = 0 if version < 10 else 1 if version < 27 else 2
    return f"0010{length:0{9 + 2 * size}b}" if alphanumeric else f"0100{length:0{16 if size else 8}b}"


def _alphanumeric(text: str) -> str:
    values = [_ALPHANUMERIC[c] for c in text]
    pairs = [f"{first * 45 + second:011b}" for first, second in zip(values[::2], values[1::2], strict=False)]
    return "".join(pairs) + (f"{values[-1]:06b}" if len(values) % 2 else "")


def _padded(bits: str, data: int) -> bytes:
    """End the message and fill up. Bits that end with a codeword get a whole one of zeros, as segno has it: the sheets that are out
    look so, and a reader stops at the terminator."""
    bits += "0" * min(4, 8 * data - len(bits))
    bits += "0" * (8 - len(bits) % 8)
    written = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return (written + b"\xec\x11" * data)[:data]


def _interleaved(data: bytes, version: int) -> bytes:
    """Cut the data into blocks, the longer ones last, divide each, and take a codeword of each in turn."""
    count, errors = _BLOCKS[version - 1], _ERRORS[version - 1]
    short, longer = divmod(len(data), count)
    starts = [at * short + max(0, at - (count - longer)) for at in range(count + 1)]
    blocks = [data[start:end] for start, end in pairwise(starts)]
    checks = [_remainder(block, errors) for block in blocks]
    turns = chain(zip_longest(*blocks), zip_longest(*checks))
    return bytes(codeword for turn in turns for codeword in turn if codeword is not None)


def _remainder(block: bytes, errors: int) -> bytes:
    """What is left of a block divided by the generator polynomial, annex A."""
    table = _multiples(errors)
    top, rest = 8 * (errors - 1), 0
    low = (1 << top) - 1
    for byte in block:
        rest = ((rest & low) << 8) ^ table[byte ^ (rest >> top)]
    return rest.to_bytes(errors, "big")


@cache
def _multiples(errors: int) -> Sequence[int]:
    """The generator polynomial of a degree times each byte, without its leading term."""
    generator = bytes(errors - 1) + b"\x01"
    root = 1
    for _ in range(errors):
        shifted = generator[1:] + b"\0"
        generator = bytes(_times(c, root) ^ up for c, up in zip(generator, shifted, strict=True))
        root = _times(root, 2)
    return [int.from_bytes(bytes(_times(c, factor) for c in generator), "big") for factor in range(256)]


def _times(left: int, right: int) -> int:
    """Multiply in GF(256) with the polynomial of the standard."""
    product_ = 0
    for bit in range(7, -1, -1):
        product_ = (product_ << 1) ^ (0x11D if product_ & 0x80 else 0)
        product_ ^= left if right >> bit & 1 else 0
    return product_


# -- the frame, 6.3, 7.7 to 7.10 -----------------------------------------------------------------------
@cache
def _frame(version: int) -> _Frame:
    side = 17 + 4 * version
    cells = [bytearray([_FREE] * side) for _ in range(side)]
    _patterns(cells, version)
    _information(cells, version)
    order = list(_order(cells))
    bits = len(order)  # those behind the last codeword stay 0
    source = [bits + cell for row in cells for cell in row]
    for bit, (row, column) in enumerate(order):
        source[row * side + column] = bit
    mask = "".join(
        "1" if cell == _FREE and column % _MASK_STEP == 0 else "0"
        for row in cells
        for column, cell in enumerate(row)
    )
    return _Frame(side, bits, itemgetter(*source), int(mask, 2))


def _patterns(cells: list[bytearray], version: int) -> None:
    """Timing, finders with their separators, and alignment."""
    side = len(cells)
    for at in range(side):
        cells[6][at] = cells[at][6] = 1 - at % 2
    for row, column in ((3, 3), (3, side - 4), (side - 4, 3)):
        for down, right in product(range(-4, 5), repeat=2):
            if 0 <= row + down < side and 0 <= column + right < side:
                cells[row + down][column + right] = max(abs(down), abs(right)) not in {2, 4}
    places = _alignments(version)
    corners = {(6, 6), (6, places[-1]), (places[-1], 6)} if places else set()
    for row, column in product(places, repeat=2):
        if (row, column) not in corners:
            for down, right in product(range(-2, 3), repeat=2):
                cells[row + down][column + right] = max(abs(down), abs(right)) != 1


def _alignments(version: int) -> list[int]:
    """The middles of the alignment patterns in a row, annex E."""
    if version == 1:
        return []
    count = version // 7 + 2
    step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    last = version * 4 + 10
    return [6, *sorted(last - step * at for at in range(count - 1))]


def _information(cells: list[bytearray], version: int) -> None:
    """Level and mask, twice; from version 7 on the version, twice."""
    side = len(cells)
    data = _LEVEL_M << 3 | _MASK
    said = (data << 10 | _checked(data << 10, 0x537)) ^ 0x5412
    for at in range(15):
        bit = said >> at & 1
        cells[at if at < 6 else at + 1 if at < 8 else side - 15 + at][8] = bit
        cells[8][side - 1 - at if at < 8 else 7 if at == 8 else 14 - at] = bit
    cells[side - 8][8] = 1
    if version >= 7:
        said = version << 12 | _checked(version << 12, 0x1F25)
        for at in range(18):
            row, column = side - 11 + at % 3, at // 3
            cells[row][column] = cells[column][row] = said >> at & 1


def _checked(value: int, divisor: int) -> int:
    """The remainder of a division of polynomials over GF(2)."""
    while value.bit_length() >= divisor.bit_length():
        value ^= divisor << (value.bit_length() - divisor.bit_length())
    return value


def _order(cells: list[bytearray]) -> Iterator[tuple[int, int]]:
    """The free modules in the order of the message: columns in pairs from the right, up and down in turn."""
    side = len(cells)
    for right in (*range(side - 1, 6, -2), *range(5, 0, -2)):
        rows = range(side - 1, -1, -1) if (right + 1) & 2 == 0 else range(side)
        for row, column in product(rows, (right, right - 1)):
            if cells[row][column] == _FREE:
                yield row, column
