"""The benches: each figure is measured beside its floor in the same run."""
