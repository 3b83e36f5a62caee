"""`ytvault build`: a clean, cross-linked copy of a vault.

`plan` says what the copy holds, from the notes alone: pure; `sites` writes its notes for another program than Obsidian. `output` compares that with what a folder holds and says
what must be written, or why it must not be; `writing` does it.
"""
