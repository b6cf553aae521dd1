"""The shelf of templates: each read from its file when its first sheet is made, and kept."""

from __future__ import annotations

from pathlib import Path

from catalogue.broken import CatalogueBroken
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.printing.template import Codes, Template
from workstation.printing.template_file import load_codes, load_template


class Documents:
    """The templates of a folder (resources/documents)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._codes: Codes | None = None
        self._templates: dict[SlipKind, Template] = {}

    @property
    def codes(self) -> Codes:
        """The code lists with their words. Raises Refused(DOCUMENT_BROKEN)."""
        if self._codes is None:
            try:
                self._codes = load_codes(self._folder / "codes.yaml")
            except CatalogueBroken as broken:
                raise _refused(broken) from broken
        return self._codes

    def template(self, kind: SlipKind) -> Template:
        """The template of a kind. Raises Refused(DOCUMENT_BROKEN, file=, place=, cause=) for a file that does not hold."""
        if kind not in self._templates:
            try:
                self._templates[kind] = load_template(self._folder / f"{kind.value}.yaml", self.codes)
            except CatalogueBroken as broken:
                raise _refused(broken) from broken
        return self._templates[kind]


def _refused(broken: CatalogueBroken) -> Refused:
    return Refused(Failure.DOCUMENT_BROKEN, file=broken.file, place=broken.place, cause=broken.cause)
