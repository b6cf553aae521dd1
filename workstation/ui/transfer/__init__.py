"""The parts of the page of transfers: what waits, what needs a person, scans, the stick."""
