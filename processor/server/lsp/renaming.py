"""Renaming what stands at a place, and files that the editor is about to move."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from processor.commands.rename import RenameError, Renaming
from processor.server.documents import path_of
from processor.server.home import Home
from processor.server.lsp.convert import range_of
from processor.server.lsp.serving import Serving
from processor.server.opened import OpenVault
from processor.server.renaming import edits_of, moved, renameable, renamed
from processor.server.session import Session

_FAILED = -32803  # a request that is well-formed, and cannot be done


def offer(serving: Serving) -> None:
    """Offer both."""
    naming = _Renaming(serving)
    serving.server.on(types.TEXT_DOCUMENT_RENAME, naming.rename)
    serving.server.on(types.TEXT_DOCUMENT_PREPARE_RENAME, naming.prepare)
    pattern = types.FileOperationPattern("**/*")
    options = types.FileOperationRegistrationOptions([types.FileOperationFilter(pattern, scheme="file")])
    serving.server.on(types.WORKSPACE_WILL_RENAME_FILES, naming.will_move, options)
    serving.server.feature(types.WORKSPACE_DID_RENAME_FILES, options)(partial(naming.has_moved))


class _Renaming:
    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._convert = serving.convert
        edits = serving.client.workspace.workspace_edit if serving.client.workspace else None
        self._versioned = bool(edits and edits.document_changes)
        operations = (edits.resource_operations if edits else None) or ()
        self._moves = self._versioned and types.ResourceOperationKind.Rename in operations

    def _offset(self, home: Home, position: types.Position) -> int:
        return self._convert.places(home).offset(position.line, position.character)

    async def prepare(self, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        """Return the name at a place that can be another one."""

        def found(home: Home) -> types.PrepareRenamePlaceholder | None:
            one = renameable(home, self._offset(home, params.position))
            if one is None or (one.target.kind == "note" and not self._moves):
                return None
            return types.PrepareRenamePlaceholder(range_of(self._convert.places(home).range(one.span)), one.name)

        answer: types.PrepareRenamePlaceholder | None = await self._serving.about(params.text_document.uri, found)
        return answer

    async def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """Return the edits that give what stands at a place another name. Fail with a sentence where it cannot have that."""

        def found(home: Home) -> types.WorkspaceEdit | None:
            renaming = renamed(home, self._offset(home, params.position), params.new_name)
            if renaming is not None and renaming.moves and not self._moves:
                raise RenameError("the editor cannot rename files")
            return self._edit(home.vault, renaming, moves=True) if renaming else None

        try:
            answer: types.WorkspaceEdit | None = await self._serving.about(params.text_document.uri, found)
        except RenameError as error:
            raise JsonRpcException(_sentence(error), _FAILED) from None
        return answer

    def _edit(self, vault: OpenVault, renaming: Renaming, *, moves: bool) -> types.WorkspaceEdit:
        moved = renaming.moves if moves else {}
        return self._convert.workspace_edit(vault, list(edits_of(renaming)), versioned=self._versioned, moves=moved)

    async def will_move(self, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        """Return the edits of the links to what the editor is about to move; none where these cannot be had, and that is said."""
        files = [(path_of(f.old_uri), path_of(f.new_uri)) for f in params.files]

        def found(session: Session) -> types.WorkspaceEdit | None:
            edits: list[Any] = []
            for vault in session.vaults_of(old for old, _ in files if old is not None):
                places = dict(_places(vault, files))
                if places and (renaming := moved(vault, places)).changed:
                    edits.append(self._edit(vault, renaming, moves=False))
            return _joined(edits)

        try:
            return await asyncio.wrap_future(self._serving.worker.ask(found))
        except RenameError as error:
            message = f"The links were left as they are: {error}"
            self._serving.server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))
            return None

    def has_moved(self, params: types.RenameFilesParams) -> None:
        """Take in what was moved."""
        files = [path_of(uri) for f in params.files for uri in (f.old_uri, f.new_uri)]
        self._serving.worker.happened(*[file for file in files if file is not None])


def _places(vault: OpenVault, files: list[tuple[Path | None, Path | None]]) -> list[tuple[str, str]]:
    """Return what is moved within a vault: paths before and after."""
    found = []
    for old, new in files:
        path, to = (vault.path_in(file) if file else None for file in (old, new))
        if path is not None and to is not None and path != to:
            found.append((path, to))
    return found


def _joined(edits: list[types.WorkspaceEdit]) -> types.WorkspaceEdit | None:
    """Return several edits as one; None where there is none."""
    if not edits:
        return None
    first, *more = edits
    for edit in more:
        if first.document_changes is not None:
            first.document_changes = [*first.document_changes, *(edit.document_changes or ())]
        else:
            first.changes = {**(first.changes or {}), **(edit.changes or {})}
    return first


def _sentence(error: RenameError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]
