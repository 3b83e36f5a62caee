"""The short way to read a note: for one in which all that hides a link or changes what a line is, is plain to see.

Most notes made from transcripts are such: paragraphs, headings, quotes and lists of text with wikilinks in it, here and there
a code fence or a table. `read_plain` returns exactly what `obsidian.read_body` would, or None where the text holds anything
that it does not understand; it never guesses.
"""

from processor.parse.fast.reader import read_plain

__all__ = ["read_plain"]
