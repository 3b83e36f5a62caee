"""The vault: an immutable index of its notes and files, and which file each link leads to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from processor.base.memo import MANY, Memo
from processor.captions.model import NO_CAPTIONS, Library
from processor.vault.facts import Fact, channel_target, has_anchor, video_id, videos
from processor.vault.facttable import FactTable, Known, Sharing
from processor.vault.fragments import FragmentIndex
from processor.vault.headings import HeadingIndex
from processor.vault.naming import link_name
from processor.vault.naming.kept import KnownNames
from processor.vault.note import VIDEO_PROPERTIES, Note
from processor.vault.resolution import REASONS, FileIndex, Resolution
from processor.vault.style import LinkStyle, ways_to_name
from processor.vault.trace import EVERYTHING, NO_TRACE, Trace, TracedCaptions, TracedNotes

Kind = Literal["transcript", "hub", "note"]


_T = TypeVar("_T")
_UNIQUE = frozenset(("only", "relative", "root", "exact", "self"))


def _no_names() -> None:
    return None


class Vault:
    """All notes and files of a vault. Paths count from its root, with `/`. Built once, never changed."""

    def __init__(
        self,
        notes: Iterable[Note] | Mapping[str, Note],
        files: Iterable[str] = (),
        *,
        also: Mapping[str, str] = MappingProxyType({}),
        style: LinkStyle = LinkStyle(),
        video_properties: tuple[str, ...] = VIDEO_PROPERTIES,
        gone: Mapping[str, str | None] | None = None,
        captions: Library = NO_CAPTIONS,
        known: Known | None = None,
        sharing: Sharing | None = None,
        known_names: Callable[[], KnownNames | None] = _no_names,
    ) -> None:
        """`notes` are the notes, or the notes by path, and `files` the paths of all other files (attachments). `also` are
        second paths of some of them, by which links may name them.

        `gone` is what the change that is judged takes away: paths as they were → as they are now, None: deleted.
        `captions` are those of the files beside the notes; what all of them say of a video is asked of `said`. For `known` and `sharing` see `FactTable`.
        """
        self.notes: Mapping[str, Note] = notes if isinstance(notes, Mapping) else {n.path: n for n in notes}
        self.files = frozenset(files)
        self.style = style
        self.video_properties = video_properties
        self.gone = gone or {}
        self.captions = captions
        self.has_captions = captions is not NO_CAPTIONS
        """Whether the settings name any: part of what the vault is, so no cell."""
        self._facts = FactTable(self.notes, known, sharing)
        self.known_names = known_names
        """Gives what is known of the names of its notes without looking at them, if anything."""
        self.also = also
        self._index = FileIndex((*self.notes, *self.files), also)
        self._begin()

    def _begin(self) -> None:
        """Where what is found out of the vault is kept, so that it is not found out again."""
        self.trace = NO_TRACE
        """Records what is read of the vault."""
        self.lasting: dict[str, tuple[Any, frozenset[str]]] = {}
        """What was worked out from the names of files and some facts of the notes, with the names of these facts."""
        self.memo: dict[str, Any] = {}
        """Where rules keep what they work out once a vault, by a name of their own."""
        self.sound: set[str] = set()
        """Targets that were found to lead to their one file from every note: see `is_sound`."""
        self._everywhere: dict[str, Resolution] = Memo()  # by target, where the note it stands in makes no difference
        self._resolved: dict[tuple[str, str], Resolution] = Memo()  # by target and folder (or note)
        self._fragments = FragmentIndex(self.notes, github_anchors=self.style.github_anchors)

    def __getstate__(self) -> dict[str, Any]:
        """For another process: what the vault is, without what was found out of it."""
        names = ("notes", "files", "also", "style", "video_properties", "gone", "captions", "has_captions")
        return {name: self.__dict__[name] for name in (*names, "known_names", "_facts", "_index")}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)
        self._begin()

    def with_notes(self, changed: Iterable[Note]) -> Vault:
        """Return the vault with other texts of some of its notes, or with more for which no link can ask: the index of names
        stays."""
        new = {note.path: note for note in changed}
        other = object.__new__(Vault)
        other.notes = {**self.notes, **new}
        other.files, other.also, other.style = self.files, self.also, self.style
        other.video_properties, other.gone = self.video_properties, self.gone
        other.captions, other.has_captions = self.captions, self.has_captions
        other._facts, same = self._facts.with_notes(other.notes, new)
        other.known_names, other._index = _no_names, self._index
        other._begin()
        other.lasting = {name: (known, of) for name, (known, of) in self.lasting.items() if of <= same}
        other.sound = {t for t in self.sound if "#" not in t}
        other._everywhere.update((t, r) for t, r in self._everywhere.items() if "#" not in t)
        other._resolved.update((p, r) for p, r in self._resolved.items() if "#" not in p[0])
        return other

    def traced(self, trace: Trace) -> Vault:
        """Return the vault as one that records what is read of it and its notes."""
        other = object.__new__(Vault)
        other.__dict__.update(self.__dict__)
        other.trace, other.notes = trace, TracedNotes(self.notes, trace)
        if self.captions is not NO_CAPTIONS:
            other.captions = TracedCaptions(self.captions, trace)
        return other

    def facts(self, ask: Fact[_T]) -> Mapping[str, _T]:
        """Return a fact of every note, by path."""
        self.trace.add(EVERYTHING)
        return self._facts.of(ask)

    def sharing(self, ask: Fact[str], what: str) -> list[str]:
        """Return the paths of the notes of which a fact is this text, sorted; empty where there is only one."""
        return self._facts.sharing(ask, what)

    def forget_facts(self) -> None:
        """Drop the facts of all notes that can be fetched again, to save memory; what was worked out of them stays."""
        self._facts.forget(channel_target)

    @cached_property
    def video_ids(self) -> Mapping[str, str | None]:
        """The id of each note's video, as `Note.video` has it: empty where its property holds none, None for no video."""
        names = tuple(name.casefold() for name in self.video_properties)
        return {path: video_id(found, names) if found else None for path, found in self._facts.of(videos).items()}

    def video_id(self, path: str) -> str | None:
        """Return one of the `video_ids`, without working out all."""
        self.trace.add("=", path)
        if "video_ids" in self.__dict__:
            return self.video_ids[path]
        found = videos(self.notes[path])
        return video_id(found, tuple(name.casefold() for name in self.video_properties)) if found else None

    def with_files(self, notes: Iterable[Note], files: Iterable[str], changed: Collection[str]) -> Vault:
        """Return the vault with other notes and files; the facts of notes stay, but for those that have changed."""
        return Vault(
            notes,
            files,
            also=self.also,
            style=self.style,
            video_properties=self.video_properties,
            gone=self.gone,
            captions=self.captions,
            known=self._facts.without(changed),
        )

    # --- which file a link leads to ---

    def is_sound(self, target: str) -> bool:
        """Return whether a link's target leads to its one file from every note, as far as its name alone shows."""
        if target in self.sound:
            return True
        if self._index.alone(target) is None:
            return False
        self._add_sound(target)
        return True

    def _add_sound(self, target: str) -> None:
        if len(self.sound) >= MANY:
            self.sound.clear()
        self.sound.add(target)

    def resolve(self, target: str, source: str) -> Resolution:
        """Return where a link's target (path and fragment as in `Link.target`) leads from the note at `source`."""
        if self.trace.on:
            self.trace.targets.add(target)
        found = self._everywhere.get(target)
        if found is not None:
            return found
        found = self._index.bare(target)
        if found is not None:
            self._everywhere[target] = found
            return found
        path, _, fragment = target.partition("#")
        path = path.strip()
        folder = source.rpartition("/")[0]
        place = (target, folder if path else source)
        found = self._resolved.get(place)
        if found is not None:
            return found
        everywhere = False
        if path:
            found, everywhere = self._index.leads(path, folder)
        else:
            found = Resolution(source, "ok", (source,), REASONS["self"], None, None, "self")
        if fragment and found.path is not None:
            found = self._fragments.resolve(found, fragment)
        if everywhere:
            self._everywhere[target] = found
            if found.status == "ok" and len(found.candidates) == 1:
                self._add_sound(target)
        else:
            self._resolved[place] = found
        return found

    def namesakes(self) -> list[str] | None:
        """Return the files whose names are the same but for case; None where the index of names does not show which."""
        return self._index.namesakes()

    # --- headings and blocks ---

    def headings(self, path: str) -> HeadingIndex:
        """Return the headings of a note as links find them."""
        self.trace.add("=", path)
        return self._fragments.headings(path)

    # --- channels ---

    @cached_property
    def _hubs(self) -> frozenset[str]:
        """The notes that are the channel of another one."""
        targets = self._facts.of(channel_target)
        named = {target: self._index.alone(target) for target in set(targets.values()) if target is not None}
        found: set[str | None] = set(named.values())
        if None in found:  # of the other targets it depends on the note where they lead, or on its folder
            lines: dict[tuple[str, str], str] = {}
            for path, target in targets.items():
                if target is not None and named[target] is None:
                    own = target.lstrip()[:1] in ("", "#")  # which leads into its own note
                    lines[path if own else path[: path.rfind("/") + 1], target] = path
            with self.trace.paused():  # it is of no note that asks first
                found.update([self.resolve(target, path).path for (_, target), path in lines.items()])
        return frozenset([path for path in found if path in self.notes and path is not None])

    @property
    def hubs(self) -> frozenset[str]:
        """The notes of channels."""
        return self._hubs

    def hub(self, path: str) -> str | None:
        """Return the path of the hub of a note's channel (see `Note.channel`); a hub is its own."""
        if path in self._hubs:
            return path
        target = self._facts.of(channel_target).get(path)
        found = None if target is None else self.resolve(target, path).path
        return found if found in self.notes else None

    def kind(self, path: str) -> Kind:
        """Return the kind of the note at a path: hub (the channel of another one), transcript, or note."""
        return self.kind_of(self.notes[path].anew())  # of which the facts are enough

    def kind_of(self, note: Note) -> Kind:
        """Return the kind of a note of this vault."""
        if note.path in self._hubs:
            return "hub"
        if channel_target(note) is not None or has_anchor(note):
            return "transcript"
        names = [name.casefold() for name in self.video_properties]
        return "note" if video_id(videos(note), names) is None else "transcript"

    def transcripts(self) -> Iterator[str]:
        """Yield the paths of the notes that are made from a video, hubs left out: told by their facts alone."""
        channels, ids = self.facts(channel_target), self.video_ids
        for path, anchor in self.facts(has_anchor).items():
            if (anchor or channels[path] is not None or ids[path] is not None) and path not in self._hubs:
                yield path

    # --- how a link names a file ---

    def path_to(self, path: str, source: str) -> str:
        """Return how a link from the note at `source` names the file at `path`, in the vault's style: without `.md`, unique.

        Where no name is unique (paths that differ only in case) or a name holds what ends a link, it may not lead there: the
        caller must check that it does.
        """
        self.trace.add(":", link_name(path))
        plain = path[:-3] if path.endswith(".md") and path in self.notes else path
        if self.style.new_link_format == "shortest":
            name = plain[plain.rfind("/") + 1 :]
            if self._index.alone(name) == path:
                return name
        leading = []
        for form in ways_to_name(path, plain, source, self.style.new_link_format):
            found = self.resolve(form, source)
            if found.path == path and "#" not in form:
                if found.decider in _UNIQUE:
                    return form
                leading.append(form)
        return leading[0] if leading else plain
