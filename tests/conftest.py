"""What every test runs in."""

from __future__ import annotations

import gc
import signal

import pytest
from hypothesis import settings

from tests.examples import SHARE

# every run of the suite tries the same examples, and fewer; `pytest --hypothesis-profile random` looks for new ones
# how long an example takes says nothing where other processes are busy too
settings.register_profile("random", deadline=None)
settings.register_profile("same", derandomize=True, deadline=None, max_examples=settings().max_examples // SHARE)
settings.load_profile("same")

# where the suite runs in the background, Ctrl-C is ignored, and every command that a test starts would inherit that
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not in what stays: thousands of tests and modules. It took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test keeps a journal among the data of whoever runs it, or an answer in the cache."""
    patch = pytest.MonkeyPatch()
    patch.setenv("YTVAULT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    patch.setenv("YTVAULT_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    # the many processes that tests start would each compile the program anew
    patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
