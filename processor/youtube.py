"""Video ids, the shapes of YouTube's URLs, and clock notations ↔ seconds."""

from __future__ import annotations

from typing import Literal

UrlStyle = Literal["watch", "short"]
