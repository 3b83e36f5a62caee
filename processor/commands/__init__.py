"""What the commands do, without the command line: build, convert, inspect, links, rename, and what init proposes."""
