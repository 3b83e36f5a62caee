"""ytvault: check and repair an Obsidian vault of notes made from YouTube transcripts."""

__version__ = "0.1.0"
