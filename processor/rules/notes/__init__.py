"""Rules: notes."""
