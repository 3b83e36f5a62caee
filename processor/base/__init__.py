"""What knows no note: text and spans, diffs, globs, memory of answers, regular expressions, compact JSON, parallel work,
and the names of things that are known all over the house, such as output formats."""
