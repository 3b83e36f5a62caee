"""What the server offers, all in all."""

from __future__ import annotations

from processor.server.lsp import acting, asking, listing, pulling, renaming
from processor.server.lsp.serving import Serving


def serve() -> int:
    """Serve one editor over standard input and output; return the exit status."""
    return Serving([pulling.offer, acting.offer, asking.offer, renaming.offer, listing.offer]).run()
