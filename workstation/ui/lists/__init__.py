"""Around a work list: the bar of lists with their counts, conditions and saved filters."""
