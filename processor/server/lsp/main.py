"""What the server offers, all in all."""

from __future__ import annotations

from processor.server.lsp import acting, asking, listing, pulling, renaming, reporting
from processor.server.lsp.serving import Serving
from processor.server.lsp.transport import Connection, standard_streams


def serve(connection: Connection | None = None) -> int:
    """Serve one editor, over standard input and output where no other connection is given; return the exit status."""
    offers = [pulling.offer, acting.offer, asking.offer, renaming.offer, listing.offer, reporting.offer]
    return Serving(offers).run(connection or standard_streams())
