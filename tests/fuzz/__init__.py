"""Hostile cards: coverage-guided fuzzing of each parser and of a whole read. `python -m tests.fuzz TARGET --seconds 60`."""
