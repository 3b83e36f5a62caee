"""Code actions, and the commands of the server."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from lsprotocol import types

from processor.server.actions import FIX_ALL, QUICK, Action, actions, mended, of_key
from processor.server.home import Home
from processor.server.lsp.convert import our_range
from processor.server.lsp.serving import Serving
from processor.server.stamps import video_at

_KINDS = {QUICK: types.CodeActionKind.QuickFix, FIX_ALL: FIX_ALL}


def offer(serving: Serving) -> None:
    """Offer them."""
    acting = _Acting(serving)
    options = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=acting.resolves)
    serving.server.on(types.TEXT_DOCUMENT_CODE_ACTION, acting.actions, options)
    if acting.resolves:
        serving.server.on(types.CODE_ACTION_RESOLVE, acting.resolve)
    serving.server.command("ytvault.fixAll")(partial(acting.fix_all))
    serving.server.command("ytvault.openVideo")(partial(acting.open_video))


class _Acting:
    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        can = serving.client.text_document.code_action if serving.client.text_document else None
        resolves = can.resolve_support if can else None
        self.resolves = bool(can and can.data_support and resolves and "edit" in resolves.properties)
        edits = serving.client.workspace.workspace_edit if serving.client.workspace else None
        self._versioned = bool(edits and edits.document_changes)
        self._creates = self._versioned and types.ResourceOperationKind.Create in (
            (edits.resource_operations if edits else None) or ()
        )

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return what can be done at a place."""
        only = params.context.only

        def found(home: Home) -> list[types.CodeAction]:
            span = self._serving.convert.places(home).span(our_range(params.range))
            return [
                self._action(home, action, params.context.diagnostics)
                for action in actions(home, span, home.vault.mendable(home.path))
                if _is_wanted(action, only) and (self._creates or not action.creates)
            ]

        return await self._serving.about(params.text_document.uri, found) or []

    def _action(self, home: Home, action: Action, shown: Sequence[types.Diagnostic]) -> types.CodeAction:
        solved = {(f.rule, self._serving.convert.places(home).place(f.span.start)) for f in action.solves}
        mine = [d for d in shown if (d.code, (d.range.start.line, d.range.start.character)) in solved]
        made = types.CodeAction(action.title, _KINDS[action.kind], mine or None, action.is_preferred or None)
        if action.is_slow and self.resolves:
            made.data = {"uri": home.document.uri, "serial": home.document.serial, "key": action.key}
        else:
            made.edit = self._serving.convert.workspace_edit(
                home.vault, action.edits(), versioned=self._versioned, creates=action.creates
            )
        return made

    async def resolve(self, action: types.CodeAction) -> types.CodeAction:
        """Return an action with its edits; without, where the text is another one by now."""
        data = action.data if isinstance(action.data, dict) else getattr(action.data, "__dict__", {})

        def edit(home: Home) -> types.WorkspaceEdit | None:
            if home.document.serial != data.get("serial"):
                return None
            edits = of_key(home, str(data.get("key", "")))
            return self._serving.convert.workspace_edit(home.vault, edits, versioned=self._versioned)

        if action.edit is None and data:
            action.edit = await self._serving.about(str(data.get("uri", "")), edit)
        return action

    async def fix_all(self, uri: str) -> None:
        """Make all fixes of a note that are certain, in the editor."""

        def edit(home: Home) -> types.WorkspaceEdit | None:
            edits = mended(home, "", unsafe=False)
            return self._serving.convert.workspace_edit(home.vault, edits, versioned=self._versioned) if edits else None

        found = await self._serving.about(uri, edit)
        if found is not None:
            params = types.ApplyWorkspaceEditParams(found, "Fix all that is certain in this note")
            self._serving.keep(self._serving.server.workspace_apply_edit_async(params))

    async def open_video(self, *arguments: object) -> str | None:
        """Show the video of a note (its URI), or of the stamp at a place (line and character), in a browser; return its address."""
        uri, line, character = (*arguments, None, None, None)[:3]

        def address(home: Home) -> str | None:
            offset = None
            if isinstance(line, int) and isinstance(character, int):
                offset = self._serving.convert.places(home).offset(line, character)
            return video_at(home, offset)

        found: str | None = await self._serving.about(str(uri), address)
        can = self._serving.client.window.show_document if self._serving.client.window else None
        if found and can and can.support:
            show = types.ShowDocumentParams(found, external=True)
            self._serving.keep(self._serving.server.window_show_document_async(show))
        return found


def _is_wanted(action: Action, only: Sequence[str] | None) -> bool:
    """Return whether an action is of one of the kinds that were asked for: `source` asks for `source.fixAll` too."""
    if only is None:
        return True
    kinds = [getattr(kind, "value", kind) for kind in only]
    return any(not kind or action.kind == kind or action.kind.startswith(kind + ".") for kind in kinds)
