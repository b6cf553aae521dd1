"""What a person at the counter can do: one verb a file. `ports` is what the verbs need, `desk` all the ui ever gets."""
