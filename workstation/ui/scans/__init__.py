"""The scans of a case on the screen."""
