"""JSON without a space too many: what crosses between processes, and lies in the cache."""

from __future__ import annotations

import json

encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
"""Plain data that holds no part of itself, as JSON; made once, as to make an encoder takes as long as to write a little."""
