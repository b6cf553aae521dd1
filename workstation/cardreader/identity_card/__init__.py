"""Resident identity cards and their relatives, behind a licensed SAM module on a serial port (cards.md 3)."""
