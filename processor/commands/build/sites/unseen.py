"""Notes of a copy that have no page of their own on a site, whatever they are written as."""

from __future__ import annotations

from collections.abc import Iterator

from processor.vault.vault import Vault

_HOMES = ("index", "README")


def unseen_by_mkdocs(vault: Vault) -> Iterator[tuple[str, str]]:
    """Yield the notes that MkDocs leaves out or writes over with another one, by their paths, and why."""
    for path, note in vault.notes.items():
        stem = path.removesuffix(".md")
        home = stem.removesuffix("README") + "index.md"
        if stem.rpartition("/")[2] == "README" and home in vault.notes:
            yield path, f"MkDocs leaves it out, for {home} is the page of its folder"
        elif path.startswith("templates/"):
            yield path, "MkDocs leaves out the folder templates, unless `exclude_docs` in mkdocs.yml says otherwise"
        elif there := next((p for name in _HOMES if (p := f"{stem}/{name}.md") in vault.notes), None):
            yield path, f"MkDocs gives it and {there} one address: only one of them is seen"
        if note.source.invalid is not None:
            yield path, "MkDocs stops at it: it is no UTF-8"
