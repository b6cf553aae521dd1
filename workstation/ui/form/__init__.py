"""The form: one row for each field, asked once, with its origin, its users and its problem."""
