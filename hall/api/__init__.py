"""The hall's API, a file for each of those who ask: stations sign every request, departments carry a token."""
