"""Obsidian's Markdown: reads all that stands in a note below its properties, by mistune and rules of our own."""

from processor.parse.obsidian.body import read_body

__all__ = ["read_body"]
