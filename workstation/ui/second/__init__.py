"""What needs two persons: proposing, comparing side by side, signing."""
