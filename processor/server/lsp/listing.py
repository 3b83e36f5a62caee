"""Symbols, folds and selections, and what is told beside the text."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from lsprotocol import types

from processor.base.text import Span
from processor.server.hints import counted, hints, lenses
from processor.server.home import Home
from processor.server.lsp.convert import our_range, range_of
from processor.server.lsp.serving import Serving
from processor.server.positions import Places
from processor.server.session import Session
from processor.server.symbols import Part, Sort, folds, parts, selections, symbols

_KINDS: Mapping[Sort, types.SymbolKind] = {
    "properties": types.SymbolKind.Object,
    "section": types.SymbolKind.String,
    "callout": types.SymbolKind.Event,
    "note": types.SymbolKind.File,
    "alias": types.SymbolKind.Key,
    "heading": types.SymbolKind.String,
    "video": types.SymbolKind.Constant,
}


def offer(serving: Serving) -> None:
    """Offer them; counts and hints where the editor's settings do not turn them off."""
    listing = _Listing(serving)
    server = serving.server
    server.on(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, listing.parts)
    server.on(types.WORKSPACE_SYMBOL, listing.symbols)
    server.on(types.TEXT_DOCUMENT_FOLDING_RANGE, listing.folds)
    server.on(types.TEXT_DOCUMENT_SELECTION_RANGE, listing.selections)
    if serving.options.code_lens:
        server.on(types.TEXT_DOCUMENT_CODE_LENS, listing.lenses, types.CodeLensOptions())
        server.on(types.CODE_LENS_RESOLVE, listing.counted)
    if serving.options.inlay_hints:
        server.on(types.TEXT_DOCUMENT_INLAY_HINT, listing.hints, types.InlayHintOptions())


class _Listing:
    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._convert = serving.convert
        can = serving.client.text_document.document_symbol if serving.client.text_document else None
        self._nests = bool(can and can.hierarchical_document_symbol_support)

    def _range(self, home: Home, span: Span) -> types.Range:
        return range_of(self._convert.places(home).range(span))

    async def parts(
        self, params: types.DocumentSymbolParams
    ) -> Sequence[types.DocumentSymbol] | Sequence[types.SymbolInformation]:
        """Return the parts of a note."""

        def found(home: Home) -> Sequence[types.DocumentSymbol] | Sequence[types.SymbolInformation]:
            places, own = self._convert.places(home), parts(home.note)
            return _nested(own, places) if self._nests else _flat(own, places, home.document.uri)

        return await self._serving.about(params.text_document.uri, found) or []

    async def symbols(self, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        """Return what in the open vaults is called so."""

        def found(session: Session) -> list[types.WorkspaceSymbol]:
            return [
                types.WorkspaceSymbol(
                    self._convert.location(vault, one.path, one.span),
                    one.name,
                    _KINDS[one.sort],
                    container_name=one.within,
                )
                for vault in session.vaults
                for one in symbols(vault, params.query)
            ]

        return await asyncio.wrap_future(self._serving.worker.ask(found))

    async def folds(self, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        """Return what can be folded in a note."""

        def found(home: Home) -> list[types.FoldingRange]:
            places, lines = self._convert.places(home), home.note.lines
            return [
                types.FoldingRange(places.place(lines.start(first)).line, places.place(lines.start(last)).line)
                for first, last in folds(home.note)
            ]

        return await self._serving.about(params.text_document.uri, found) or []

    async def selections(self, params: types.SelectionRangeParams) -> list[types.SelectionRange] | None:
        """Return the stretches around each of some places."""

        def found(home: Home) -> list[types.SelectionRange]:
            places = self._convert.places(home)
            offsets = [places.offset(p.line, p.character) for p in params.positions]
            return [_around(selections(home, offset), places) for offset in offsets]

        answer: list[types.SelectionRange] | None = await self._serving.about(params.text_document.uri, found)
        return answer

    async def lenses(self, params: types.CodeLensParams) -> list[types.CodeLens]:
        """Return where links are counted; they are when that is shown."""

        def found(home: Home) -> list[types.CodeLens]:
            data = {"uri": home.document.uri, "serial": home.document.serial}
            return [
                types.CodeLens(self._range(home, one.span), data={**data, "span": [*one.span]}) for one in lenses(home)
            ]

        return await self._serving.about(params.text_document.uri, found) or []

    async def counted(self, lens: types.CodeLens) -> types.CodeLens:
        """Return a lens with what it tells; with nothing, where the text is another one by now."""
        data = lens.data if isinstance(lens.data, dict) else getattr(lens.data, "__dict__", {})

        def found(home: Home) -> str:
            span = data.get("span") or (0, 0)
            return counted(home, Span(*span)) if home.document.serial == data.get("serial") else ""

        told = await self._serving.about(str(data.get("uri", "")), found)
        lens.command = types.Command(told or "…", "")
        return lens

    async def hints(self, params: types.InlayHintParams) -> list[types.InlayHint]:
        """Return where ambiguous links lead."""

        def found(home: Home) -> list[types.InlayHint]:
            places = self._convert.places(home)
            return [
                types.InlayHint(types.Position(*places.place(one.at)), one.text, tooltip=one.told, padding_left=True)
                for one in hints(home, places.span(our_range(params.range)))
            ]

        return await self._serving.about(params.text_document.uri, found) or []


def _nested(some: Sequence[Part], places: Places) -> list[types.DocumentSymbol]:
    return [
        types.DocumentSymbol(
            part.name,
            _KINDS[part.sort],
            range_of(places.range(part.span)),
            range_of(places.range(Span(part.title.start, min(part.title.end, max(part.span.end, part.title.start))))),
            children=_nested(part.parts, places) or None,
        )
        for part in some
    ]


def _flat(some: Sequence[Part], places: Places, uri: str, within: str = "") -> list[types.SymbolInformation]:
    found = []
    for part in some:
        where = types.Location(uri, range_of(places.range(part.span)))
        found.append(types.SymbolInformation(where, part.name, _KINDS[part.sort], container_name=within or None))
        found += _flat(part.parts, places, uri, part.name)
    return found


def _around(spans: Sequence[Span], places: Places) -> types.SelectionRange:
    around: types.SelectionRange | None = None
    for span in reversed(spans):
        around = types.SelectionRange(range_of(places.range(span)), around)
    assert around is not None
    return around
