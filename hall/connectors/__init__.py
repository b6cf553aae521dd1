"""Programs that carry departments' feeds elsewhere: to a department's own endpoint, or into an engine that it runs."""
