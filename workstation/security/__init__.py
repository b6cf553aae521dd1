"""The key of the store and the passwords of people."""
