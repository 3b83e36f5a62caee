"""What knows no note: text and spans, diffs, globs, memory of answers, regular expressions, compact JSON, parallel work."""
