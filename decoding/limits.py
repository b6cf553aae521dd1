"""What a paper may cost: the caps of the process that draws it anew."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps; an A3 page at 400 dpi is 31 million pixels, sixty pages are more than any paper of a counter has."""

    bytes_in: int = 10_000_000
    bytes_out: int = 10_000_000
    pixels: int = 40_000_000  # of one page
    all_pixels: int = 400_000_000  # of all pages
    pages: int = 60
    dpi: int = 150  # at which the pages of a PDF are drawn
    memory: int = 1_500_000_000  # bytes of address space, libraries included
    cpu_s: int = 30
    wall_s: float = 45.0
    page: int = 0  # of a PDF, from 1: that page alone, as a PNG; 0 is the whole, as a PDF of pictures

    def said(self) -> dict[str, float]:
        """Return what the process is told."""
        return asdict(self)
