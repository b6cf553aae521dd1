"""The demo: starts card service, virtual card, hall and departments as processes, and ends them."""
