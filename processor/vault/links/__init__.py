"""Links as they are written, taken apart, and what was meant by those that lead nowhere."""
