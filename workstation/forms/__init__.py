"""One form out of many items: merge, prefill with provenance, gaps, progress. Pure."""
