"""The formats of captions: a file each, from bytes to a `Track`."""
