"""Simulated departments with synthetic people: the outermost edge, named as such."""
