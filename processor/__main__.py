"""`python -m processor` is `ytvault`."""

from processor.cli import main

if __name__ == "__main__":
    main()
