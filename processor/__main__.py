"""`ytvault`, and `python -m processor`."""

from __future__ import annotations

import sys


def start() -> None:
    """Run the program on its command line."""
    try:
        if sys.argv[1:2] == ["lint"]:
            from processor.load.ahead import begin

            begin(sys.argv[2:])  # before anything is loaded that is not needed for it
        from processor.cli import main

        main()
    except KeyboardInterrupt:  # before the command began, or after it had ended
        sys.stderr.write("ytvault: stopped\n")
        sys.exit(130)


if __name__ == "__main__":
    start()
