"""One file a document kind of domain.md 2: what stands on the sheet, in which order."""
