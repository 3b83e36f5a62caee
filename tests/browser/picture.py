"""Makes README's picture of the page anew: `python -m tests.browser.picture`. It needs Node.js and Chromium, as `conftest.py` says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.browser.conftest import found_browser
from tests.browser.looking import HERE, Looked, look, sample

PICTURE = HERE.parents[1] / ".github/report.png"


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        job = {"picture": str(PICTURE), "hash": "#findings"}
        (seen,) = look(Path(place), found_browser(), {"vault": Looked(sample, [], job)}).values()
    if seen["failures"]:
        raise SystemExit("\n".join(seen["failures"]))
    print(f"wrote {PICTURE}")


if __name__ == "__main__":
    main()
