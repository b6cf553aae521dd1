"""The encrypted store: SQLCipher through SQLAlchemy, one transaction a unit, one shelf a file."""
