"""A virtual card: our own program that plays a card from a data file into a vpcd reader (python -m … --port P)."""
