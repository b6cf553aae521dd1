"""Scans that somebody looks at: real pictures, and the verb of the fake desk."""

from __future__ import annotations

import io

from PIL import Image

from workstation.domain.failures import Refused
from workstation.services.see_scans import ScanPage


def picture(width: int = 60, height: int = 80, shade: int = 200, kind: str = "PNG") -> bytes:
    """A page in one grey."""
    out = io.BytesIO()
    Image.new("L", (width, height), shade).save(out, kind)
    return out.getvalue()


def pages(count: int) -> bytes:
    """A PDF of so many pages, each darker than the one before."""
    made = [Image.new("L", (60, 80), 240 - 20 * n) for n in range(count)]
    out = io.BytesIO()
    made[0].save(out, "PDF", save_all=True, append_images=made[1:])
    return out.getvalue()


class DeskScans:
    """See services.desk.DeskApi: every scan has two pages, each as wide as its number says."""

    calls: list[tuple[str, ...]]
    refuse: dict[str, Refused]

    def see_scan(self, case: str, sha256: str, page: int = 1) -> ScanPage:
        self.calls.append(("see_scan", case, sha256, str(page)))
        if "see_scan" in self.refuse:
            raise self.refuse["see_scan"]
        return ScanPage(sha256, page, 2, picture(600 * page, 800))
