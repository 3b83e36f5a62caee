"""The language server: what an editor is told of the notes that are open in it, as they are typed.

`lsp/` alone knows the protocol and its library; all else here takes paths and offsets, and gives plain data.
"""
