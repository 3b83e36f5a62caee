"""What knows no note: text and spans, diffs, globs, memory of answers, regular expressions, compact JSON, parallel work,
and the names that the whole program shares, such as output formats."""
