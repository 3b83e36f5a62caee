"""Questions about a place of a note: where it leads, what speaks of it, what it shows, what may be typed there."""

from __future__ import annotations

from collections.abc import Mapping

from lsprotocol import types

from processor.base.text import Span
from processor.server.completion import TRIGGERS, Item, Sort, complete, complete_settings
from processor.server.documents import Document
from processor.server.home import Home
from processor.server.hover import Shown, hover, in_settings
from processor.server.links import leading
from processor.server.lsp.convert import range_of
from processor.server.lsp.serving import Serving
from processor.server.naming import MOST
from processor.server.places import definition, highlights, references
from processor.server.positions import Places

_KINDS: Mapping[Sort, types.CompletionItemKind] = {
    "note": types.CompletionItemKind.File,
    "alias": types.CompletionItemKind.Reference,
    "file": types.CompletionItemKind.File,
    "heading": types.CompletionItemKind.Module,
    "block": types.CompletionItemKind.Reference,
    "property": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.Value,
    "callout": types.CompletionItemKind.EnumMember,
    "rule": types.CompletionItemKind.Constant,
}


def offer(serving: Serving) -> None:
    """Offer answers to them."""
    asking = _Asking(serving)
    server = serving.server
    server.on(types.TEXT_DOCUMENT_DOCUMENT_LINK, asking.links, types.DocumentLinkOptions())
    server.on(types.TEXT_DOCUMENT_DEFINITION, asking.definition)
    server.on(types.TEXT_DOCUMENT_REFERENCES, asking.references)
    server.on(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, asking.highlights)
    server.on(types.TEXT_DOCUMENT_HOVER, asking.hover)
    server.on(types.TEXT_DOCUMENT_COMPLETION, asking.complete, types.CompletionOptions(list(TRIGGERS)))


class _Asking:
    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._convert = serving.convert

    def _offset(self, home: Home, position: types.Position) -> int:
        return self._convert.places(home).offset(position.line, position.character)

    def _range(self, home: Home, span: Span) -> types.Range:
        return range_of(self._convert.places(home).range(span))

    async def links(self, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        """Return the links of a note that can be opened."""

        def found(home: Home) -> list[types.DocumentLink]:
            links = leading(home)
            return [types.DocumentLink(self._range(home, x.span), x.uri, x.told if tells else None) for x in links]

        can = self._serving.client.text_document
        tells = bool(can and can.document_link and can.document_link.tooltip_support)

        return await self._serving.about(params.text_document.uri, found) or []

    async def definition(self, params: types.DefinitionParams) -> types.Location | None:
        """Return where what stands at a place is defined."""

        def found(home: Home) -> types.Location | None:
            spot = definition(home, self._offset(home, params.position))
            return self._convert.location(home.vault, *spot) if spot else None

        location: types.Location | None = await self._serving.about(params.text_document.uri, found)
        return location

    async def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Return the places that speak of what stands at a place."""
        declared = params.context.include_declaration

        def found(home: Home) -> list[types.Location]:
            offset = self._offset(home, params.position)
            spots = references(self._serving.session, home, offset, declared=declared)
            return [self._convert.location(home.vault, *spot) for spot in dict.fromkeys(spots)]

        return await self._serving.about(params.text_document.uri, found) or []

    async def highlights(self, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        """Return the places in a note that speak of what stands at one of them."""

        def found(home: Home) -> list[types.DocumentHighlight]:
            spans = highlights(home, self._offset(home, params.position))
            return [types.DocumentHighlight(self._range(home, span)) for span in spans]

        return await self._serving.about(params.text_document.uri, found) or []

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return what is shown of what stands at a place."""

        def found(home: Home) -> types.Hover | None:
            shown = hover(home, self._offset(home, params.position))
            return _hover(shown, self._convert.places(home)) if shown else None

        if document := self._settings(params.text_document.uri):
            places = Places.of(document.text, self._convert.encoding)
            shown = in_settings(document, places.offset(params.position.line, params.position.character))
            return _hover(shown, places) if shown else None
        answer: types.Hover | None = await self._serving.about(params.text_document.uri, found)
        return answer

    async def complete(self, params: types.CompletionParams) -> types.CompletionList:
        """Return what may be typed on at a place."""

        def found(home: Home) -> types.CompletionList:
            items = complete(home, self._offset(home, params.position))
            return _list(items, self._convert.places(home))

        if document := self._settings(params.text_document.uri):
            places = Places.of(document.text, self._convert.encoding)
            items = complete_settings(document, places.offset(params.position.line, params.position.character))
            return _list(items, places)
        answer = await self._serving.about(params.text_document.uri, found)
        return answer or types.CompletionList(is_incomplete=False, items=[])

    def _settings(self, uri: str) -> Document | None:
        """Return a document that holds settings; None for notes."""
        document = self._serving.documents.get(uri)
        return document if document and not self._serving.is_note(document) else None


def _hover(shown: Shown, places: Places) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, shown.text), range_of(places.range(shown.span)))


def _list(items: list[Item], places: Places) -> types.CompletionList:
    """Return items in their order; where there may be more of them the editor asks again as it is typed."""
    made = [
        types.CompletionItem(
            label=item.label,
            kind=_KINDS[item.sort],
            detail=item.detail or None,
            sort_text=f"{i:03}",
            filter_text=item.typed,
            text_edit=types.TextEdit(range_of(places.range(item.span)), item.text),
        )
        for i, item in enumerate(items)
    ]
    return types.CompletionList(is_incomplete=len(items) >= MOST, items=made)
