"""Writes tables to a file: .xlsx as a workbook, everything else as CSV that spreadsheets read as Chinese."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from workstation.exporting.whole_files import write_file
from workstation.services.ports import Cell, TableFile

# What a spreadsheet would take for a formula (OWASP, CSV injection): such words get an apostrophe before them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_tables(out: Path, file: TableFile) -> None:
    """Write the whole file, readable by its owner only. Raises OSError."""
    if out.suffix.lower() == ".xlsx":
        from workstation.exporting.workbook import workbook_of  # noqa: PLC0415 - seldom wanted, slow to load

        content = workbook_of(file)
    else:
        content = csv_of(file).encode("utf-8-sig")  # without the mark Excel reads Chinese as nonsense
    write_file(out, content)


def csv_of(file: TableFile) -> str:
    """Return all tables below each other, RFC 4180, an empty line between them."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow([guarded(file.title)])
    for table in file.tables:
        lines.writerow([])
        lines.writerow([guarded(table.title)])
        lines.writerow([guarded(head) for head in table.heads])
        lines.writerows([[guarded(cell) for cell in row] for row in table.rows])
    return text.getvalue()


def guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
