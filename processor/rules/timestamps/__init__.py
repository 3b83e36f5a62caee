"""Rules: timestamps."""
