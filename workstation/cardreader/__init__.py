"""Reads citizen cards: transport (PC/SC) → apdu, tlv → channel → profiles → reader; monitor; a worker process of its own."""
