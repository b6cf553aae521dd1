"""Second persons and other offices on the pages of the cases."""
