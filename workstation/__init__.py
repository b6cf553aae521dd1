"""One counter."""
