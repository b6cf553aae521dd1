"""Slips as PDF sheets, and the way they take to a printer."""
