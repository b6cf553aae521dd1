"""Commands for auditors and administrators: the store without the window."""
