"""Scans of papers, looked into by a capped process and drawn anew: both sides use it, and neither decodes by itself."""
