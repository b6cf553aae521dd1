"""Outbox up, changes down: carries envelopes, never opens them."""
