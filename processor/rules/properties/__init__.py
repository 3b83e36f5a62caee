"""Rules: properties."""
