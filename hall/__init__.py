"""The central hall: meets the workstation only through wire and catalogue."""
