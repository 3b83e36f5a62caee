"""`ytvault`, and `python -m processor`."""

from __future__ import annotations

import sys


def _unraisable(args: sys.UnraisableHookArgs) -> None:
    """Take a Ctrl-C that came while an object was thrown away, where Python would print it and go on, a moment later."""
    if not isinstance(args.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(args)
    else:
        _interrupt_soon()


def _interrupt_soon() -> None:
    from _thread import interrupt_main, start_new_thread
    from time import sleep

    def interrupt() -> None:
        sleep(0.001)
        interrupt_main()

    try:
        start_new_thread(interrupt, ())
    except KeyboardInterrupt:  # on a busy machine it comes before the hook has ended
        _interrupt_soon()


def start() -> None:
    """Run the program on its command line."""
    sys.unraisablehook = _unraisable
    try:
        from processor.cli import main

        main()
    except KeyboardInterrupt:  # before the command began, or after it had ended
        sys.stderr.write("ytvault: stopped\n")
        sys.exit(130)


if __name__ == "__main__":
    start()
