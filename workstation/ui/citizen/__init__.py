"""The citizen's side: a window of its own, on the other screen where there is one, which the counter's keyboard does not reach."""
