"""Notes and the vault that they make: which file a link leads to, names, headings, and the facts that notes need of others."""
