"""`ytvault`, and `python -m processor`."""

from __future__ import annotations

import sys


def start() -> None:
    """Run the program on its command line."""
    if sys.argv[1:2] == ["lint"]:
        from processor.ahead import begin

        begin(sys.argv[2:])  # before anything is loaded that is not needed for it
    from processor.cli import main

    main()


if __name__ == "__main__":
    start()
