"""A workbook with a sheet for each table; every word is a word, never a formula."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from workstation.services.ports import Cell, TableFile

_WIDEST = 40  # characters of a column


def workbook_of(file: TableFile) -> bytes:
    """Return the file's bytes."""
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    book.properties.title = file.title
    for table in file.tables:
        sheet = book.create_sheet(table.title[:31])
        for at, row in enumerate((table.heads, *table.rows), 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(at, column)
                cell.value = value
                if isinstance(value, str):
                    # openpyxl takes "=…" for a formula; the quote is what a person would type before it.
                    cell.data_type = "s"
                    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
                if at == 1:
                    cell.font = Font(bold=True)
        for column in range(1, len(table.heads) + 1):
            widest = max(_width(row[column - 1]) for row in (table.heads, *table.rows))
            sheet.column_dimensions[get_column_letter(column)].width = min(widest + 2, _WIDEST)
        sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _width(cell: Cell) -> int:
    """A Chinese character takes two places."""
    return sum(1 if c.isascii() else 2 for c in str(cell))
