"""From text to nodes with spans: Markdown as Obsidian reads it, front matter, timestamps, YouTube addresses, canvases."""
