"""What supervisors look at: the board of the hall, reports, the handover of a shift."""
