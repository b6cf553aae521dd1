"""Card profiles: which files and fields a kind of card has, as data."""
