"""mistune with exact source offsets.

mistune's rules match and its parsers dispatch; but a block here is never a string of its own. It is a run of lines of
the note, each a pair of offsets, since a quote or a list item only ever takes something from a line's start. So every
rule matches on the note itself and every offset is the note's, at any depth, with any mixture of tabs and spaces.

The rules follow Obsidian's parser, remark-parse 8 in its CommonMark mode, where that differs from mistune and from
CommonMark: tabs are not expanded, one indented line after a tab or four spaces is code, a list item takes what is as far
indented as its text, and a line that is not, with no blank line before it, still belongs to it.
"""

from processor.parse.markdown.blocks import Blocks
from processor.parse.markdown.lines import Definition, Leaf, Lines, Match, label_key

__all__ = ["Blocks", "Definition", "Leaf", "Lines", "Match", "label_key"]
