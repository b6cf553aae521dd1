"""What makes a PDF one for the archive, ISO 19005-2 level B: metadata that says so, and what its greys mean.

The rest of the standard is kept by how sheets are drawn: every font embedded, no transparency, no encryption, nothing that runs,
nothing from elsewhere. veraPDF is not in Debian: no checker of the standard has confirmed it (docs/decisions/025-slips.md).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate><xmp:CreatorTool>{author}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def make_archivable(canvas: Canvas, *, title: str, author: str, at: datetime, profile: Path) -> None:
    """Add metadata (XMP, ISO 16684-1) and output intent. `at` is in UTC; `profile` is an ICC profile of sRGB."""
    document = canvas._doc  # noqa: SLF001 - the document behind the canvas has no other name
    catalog = document.Catalog
    said = _XMP.format(
        title=escape(title),
        author=escape(author),
        producer=escape(document.info.producer),
        at=f"{at:%Y-%m-%dT%H:%M:%SZ}",
    )
    catalog.Metadata = document.Reference(
        _stream({"Type": "Metadata", "Subtype": "XML"}, said.encode()), "metadata"
    )
    colours = _stream({}, profile.read_bytes())
    colours.dictionary.dict["N"] = 3
    intent = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
            "Info": pdfdoc.PDFString("sRGB"),
            "DestOutputProfile": document.Reference(colours, "colours"),
        }
    )
    catalog.OutputIntents = pdfdoc.PDFArray([intent])
    # ReportLab writes only the entries that it has heard of.
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]


def _stream(names: dict[str, str], content: bytes) -> pdfdoc.PDFStream:
    entries = pdfdoc.PDFDictionary({key: pdfdoc.PDFName(name) for key, name in names.items()})
    return pdfdoc.PDFStream(dictionary=entries, content=content, filters=[])
