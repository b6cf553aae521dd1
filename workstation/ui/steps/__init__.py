"""Panels for the steps of a case after its receipt."""
