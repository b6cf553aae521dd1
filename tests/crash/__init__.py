"""Crash proofs: what stays of a filing when power, program or disk fails at any moment (docs/crash-proofs.md)."""
