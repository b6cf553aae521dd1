"""How the hall's database grew."""
