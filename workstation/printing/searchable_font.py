"""An embedded TrueType font whose text can be searched and copied, beyond the basic plane too."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

_CMAP_KEY = "toUnicodeCMap:"


class SearchableFont(TTFont):  # type: ignore[misc]  # reportlab ships no types
    """ReportLab's font with its ToUnicode table mended.

    ReportLab 5.1 writes a code point above U+FFFF as five hex digits where ISO 32000-1 9.10.3 wants UTF-16BE:
    a reader then takes 𬭎 (U+2CB4E) for U+2CB4, and a name on the archived slip is another name. Its outlines are cut where they
    stand: ReportLab copies the whole table, ten million bytes, for each subset.
    """

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        whole, width = self.face.get_table, self.face.getCharWidth
        tables: dict[str, Any] = {"glyf": _Outlines(self.face)}

        def get_table(tag: str) -> Any:
            if tag not in tables:
                tables[tag] = whole(tag)
            return tables[tag]

        def char_width(code: int) -> float:
            """Whole widths as whole numbers: ReportLab writes a fraction twenty times slower."""
            exact = width(code)
            return int(exact) if exact == int(exact) else float(exact)

        self.face.get_table, self.face.getCharWidth = get_table, char_width

    def has(self, code: int) -> bool:
        """Say whether there is a drawn glyph for this code point; glyph 0 is the box for "none"."""
        return bool(self.face.charToGlyph.get(code, 0))

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's own name; Any: it ships no types
        """Add the font's objects to a document as ReportLab does, then rewrite the tables of this font."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        before = set(doc.idToObject)
        super().addObjects(doc)
        added = [key for key in doc.idToObject if key.startswith(_CMAP_KEY) and key not in before]
        for key, subset in zip(added, subsets, strict=True):
            doc.idToObject[key].content = _to_unicode(subset)


class _Outlines:
    """The table `glyf` of a face: a slice of it is copied when it is asked for."""

    def __init__(self, face: Any) -> None:
        self._data = face._ttf_data  # noqa: SLF001 - the file's bytes, which it has no other name for
        self._start, _ = face.get_table_pos("glyf")

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._data[self._start + part.start : self._start + part.stop])


def _to_unicode(subset: list[int]) -> str:
    """Write the ToUnicode CMap (ISO 32000-1 9.10.3): at most 100 entries a block, values in UTF-16BE."""
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines)
