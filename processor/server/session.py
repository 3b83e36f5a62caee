"""All vaults that are open for one editor, with its documents over what the disk holds. One thread asks it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from processor.config.settings import FILE
from processor.disk import find_root
from processor.disk.roots import is_known
from processor.server.configured import ConfigFault, faults_in
from processor.server.documents import Document
from processor.server.home import Events, Home, Judged
from processor.server.naming import warm
from processor.server.opened import Log, OpenVault, is_setting, opened


class Session:
    """See the module. `log` takes a line; `say_faults` all that is wrong in the settings, each time that this changes; `follow`
    the root of a vault that was opened for the first time."""

    def __init__(
        self,
        log: Log,
        say_faults: Callable[[tuple[ConfigFault, ...]], None] = lambda _: None,
        follow: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self._log = log
        self._say_faults = say_faults
        self._follow = follow
        self.when_touched: Callable[[OpenVault, Collection[str] | None], None] = lambda _vault, _paths: None
        """Is called with the notes of which there may be something else to say; None: all of a vault that was opened anew."""
        self._documents: dict[str, Document] = {}
        self._roots: dict[str, Path] = {}  # of the documents that lie in a vault
        self._vaults: dict[Path, OpenVault | None] = {}  # None: its settings cannot be read
        self._faults: dict[Path, tuple[ConfigFault, ...]] = {}
        self._told: tuple[ConfigFault, ...] = ()
        self._edited: dict[str, None] = {}  # documents that are to be judged, newest last
        self._touched: dict[str, None] = {}  # those of which others may have changed what there is to say
        self._judged: dict[str, Judged] = {}
        self._cold: list[Path] = []  # vaults that were opened a moment ago
        self._homeless: set[Path] = set()  # documents of which it was said that they lie in no vault

    # What happens

    def take_in(self, events: Events) -> None:
        """Take in what happened."""
        files = set(events.files)
        if settings := {file for file in files if self._is_setting(file)}:
            self._reopen(settings)
        for uri in events.closed:
            self._documents.pop(uri, None)
            self._judged.pop(uri, None)
            self._edited.pop(uri, None)
            self._touched.pop(uri, None)
        changed = dict.fromkeys(path for document in events.closed.values() if (path := self._place(document)))
        for uri in events.closed.keys() - events.documents.keys():
            self._roots.pop(uri, None)
        for uri, document in events.documents.items():
            is_new = uri not in self._documents
            self._documents[uri] = document
            self._edited.pop(uri, None)
            self._edited[uri] = None
            if is_new:
                self._find(document)
            if home := self.home(uri):  # also where the disk holds the same: it may hold something else in a moment
                changed[home.vault.root, home.path] = None
        self._update(changed, files)
        self._tell_faults()

    def _find(self, document: Document) -> None:
        """Find the vault of a document, and open it."""
        self._roots.pop(document.uri, None)
        file = document.path
        if file is None or not file.name.endswith(".md"):
            return
        root = find_root(file, cwd=file.parent)
        if not is_known(root) or root not in file.parents:
            if file not in self._homeless:
                self._homeless.add(file)
                self._log(f"{file} lies in no vault: no folder above it holds .obsidian or {FILE}")
            return
        self._roots[document.uri] = root
        if root not in self._vaults:
            self._open(root)

    def _open(self, root: Path) -> None:
        if root not in self._vaults:
            self._follow(root)
        before = self._vaults.get(root)
        self._cold.append(root)
        try:
            self._vaults[root], self._faults[root] = opened(root, self._log, before)
        except Exception as error:  # noqa: BLE001  the server goes on without it
            self._vaults[root], self._faults[root] = None, ()
            self._log(f"{root} cannot be opened: {type(error).__name__}: {error}")
        if vault := self._vaults[root]:
            self.when_touched(vault, None)

    def _is_setting(self, file: Path) -> bool:
        """Return whether a file may hold settings, or say that a folder is a vault."""
        return is_setting(file) or any(vault.is_read_from(file) for vault in self.vaults)

    def _reopen(self, files: set[Path]) -> None:
        """Open the vaults anew whose `files` of settings may be others, and find again where each document lies."""
        for root in list(self._vaults):
            vault = self._vaults[root]
            if vault is None or any(vault.is_read_from(file) for file in files):
                self._open(root)
        for document in self._documents.values():
            self._find(document)
        homes = [home for uri in self._documents if (home := self.home(uri))]
        self._update(dict.fromkeys((home.vault.root, home.path) for home in homes), set())
        self._touched |= dict.fromkeys(self._documents)

    def _place(self, document: Document) -> tuple[Path, str] | None:
        """Return where a document lies, or lay, in which vault."""
        root = self._roots.get(document.uri)
        vault = self._vaults.get(root) if root else None
        path = vault.path_in(document.path) if vault and document.path else None
        return (vault.root, path) if vault and path is not None else None

    def _update(self, changed: Mapping[tuple[Path, str], None], files: set[Path]) -> None:
        for root, vault in list(self._vaults.items()):
            if vault is None:
                continue
            paths = {path for of, path in changed if of == root}
            happened = [path for file in files if (path := vault.path_in(file)) is not None]
            try:
                if files and vault.workspace.has_other_captions():
                    self._open(root)
                    self._reread(root)
                    continue
                paths.update(vault.workspace.changed(happened) if happened else ())
                touched = vault.update(paths, self._texts(root, paths)) if paths else set()
            except Exception as error:  # noqa: BLE001  what went wrong with a change must not stay
                self._log(f"{root} is opened anew after {type(error).__name__}: {error}")
                self._open(root)
                self._reread(root)
                continue
            for uri in self._of(root, touched):
                self._touched.setdefault(uri, None)
            if touched:
                self.when_touched(vault, touched)

    def _reread(self, root: Path) -> None:
        """Put the documents of a vault that was opened anew over what the disk has."""
        vault = self._vaults.get(root)
        mine = self._of(root, None)
        if vault:
            paths = {home.path for uri in mine if (home := self.home(uri))}
            try:
                vault.update(paths, self._texts(root, paths))
            except Exception as error:  # noqa: BLE001
                self._vaults[root] = None
                self._log(f"{root} cannot be followed: {type(error).__name__}: {error}")
        self._touched |= dict.fromkeys(mine)

    def _texts(self, root: Path, paths: Iterable[str]) -> dict[str, bytes]:
        """Return what the editor holds of some notes; of two documents on one note the last one."""
        wanted = set(paths)
        found: dict[str, Document] = {}
        for uri in self._of(root, None):
            home = self.home(uri)
            if (
                home
                and home.path in wanted
                and (home.path not in found or found[home.path].serial < home.document.serial)
            ):
                found[home.path] = home.document
        return {path: document.text.encode() for path, document in found.items()}

    def _of(self, root: Path, paths: Iterable[str] | None) -> list[str]:
        """Return the documents of a vault, of the notes at `paths` (None: all)."""
        wanted = None if paths is None else set(paths)
        mine = [uri for uri in self._documents if self._roots.get(uri) == root]
        return [uri for uri in mine if wanted is None or ((home := self.home(uri)) and home.path in wanted)]

    def _tell_faults(self) -> None:
        """Say what is wrong in the settings: in those in force, and in a file of settings as it is being written."""
        written = {
            d.path: tuple(faults_in(d.path, d.text)) for d in self._documents.values() if d.path and d.path.name == FILE
        }
        in_force = [fault for faults in self._faults.values() for fault in faults if fault.file not in written]
        found = tuple(dict.fromkeys([*in_force, *(fault for faults in written.values() for fault in faults)]))
        if found != self._told:
            self._told = found
            self._say_faults(found)

    # What there is

    def home(self, uri: str) -> Home | None:
        """Return a document in its vault; None where it is not open, or no note of a vault that can be read."""
        document = self._documents.get(uri)
        place = document and self._place(document)
        vault = self._vaults.get(place[0]) if place else None
        return Home(document, vault, place[1]) if document and place and vault else None

    def known_home(self, uri: str) -> Home | None:
        """Return the same, where the vault knows the note."""
        home = self.home(uri)
        return home if home and home.path in home.vault.vault.notes else None

    def document_at(self, vault: OpenVault, path: str) -> Document | None:
        """Return the document that is open of a file of a vault; None where none is."""
        return max(
            (home.document for uri in self._of(vault.root, [path]) if (home := self.home(uri))),
            key=lambda document: document.serial,
            default=None,
        )

    def home_of(self, vault: OpenVault, path: str) -> Home | None:
        """Return a note of a vault as a document, open or not; None where there is none."""
        note = vault.vault.notes.get(path)
        if note is None:
            return None
        document = self.document_at(vault, path)
        return Home(document or Document("", vault.root / path, "", 0, 0), vault, path)

    def vaults_of(self, files: Iterable[Path]) -> list[OpenVault]:
        """Return the vaults that hold some files, opened where they were not."""
        roots = {find_root(file, cwd=file.parent) for file in files}
        for root in sorted(roots - self._vaults.keys()):
            if is_known(root):
                self._open(root)
        return [vault for root in sorted(roots) if (vault := self._vaults.get(root))]

    @property
    def vaults(self) -> list[OpenVault]:
        """All vaults that are open."""
        return [vault for vault in self._vaults.values() if vault is not None]

    def judged(self, uri: str) -> Judged | None:
        """Return what there is to say of a document as it is now; None where it is not open."""
        document = self._documents.get(uri)
        if document is None:
            return None
        is_stale = uri in self._edited or uri in self._touched
        self._edited.pop(uri, None)
        self._touched.pop(uri, None)
        if is_stale or uri not in self._judged:
            self._judged[uri] = self._judge(document)
        return self._judged[uri]

    def next_judged(self) -> Judged | None:
        """Judge the newest document that is to be judged; None where there is none."""
        for waiting in (self._edited, self._touched):
            if waiting:
                return self.judged(next(reversed(waiting)))
        return None

    @property
    def has_work(self) -> bool:
        """Whether documents are to be judged, or something is to be made ready."""
        return bool(self._edited or self._touched or self._cold)

    def warm(self) -> bool:
        """Make ready, in a vault that was opened, what a first question would wait for; return whether there was any."""
        if not self._cold:
            return False
        vault = self._vaults.get(self._cold.pop())
        if vault:
            warm(vault.vault)
        return True

    def _judge(self, document: Document) -> Judged:
        home = self.known_home(document.uri)
        if home is None:
            return Judged(document, None, ())
        try:
            return Judged(document, home, tuple(home.vault.findings(home.path)))
        except Exception as error:  # noqa: BLE001  a note that cannot be judged must not keep others from it
            self._log(f"{home.path} cannot be judged: {type(error).__name__}: {error}")
            return Judged(document, home, ())
