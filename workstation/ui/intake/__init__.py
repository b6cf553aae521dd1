"""The panels of the counter screen, and the talk that joins them to the desk."""
