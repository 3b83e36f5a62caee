"""From a disk and a cache to an open vault."""
