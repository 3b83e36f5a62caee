"""A user's days with a vault in a repository, at random; after each step an answer with the cache is compared with one
without."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from processor.load.cache import stats as cache_stats
from tests.cli.running import called
from tests.repositories import Repo

NAMES = ("a", "b", "my_note", "My note", "K2", "x/a", "x/hub", "x/y/deep", "x/ünï", "z w/long name", "z w/b")
FILES = ("pic.png", "x/pic.png", "x/talk.mp4", "board.canvas")
TARGETS = (
    *(
        "a",
        "b",
        "my_note",
        "My Note",
        "my-note",
        "K2",
        "\u212a2",
        "x/a",
        "hub",
        "deep",
        "ünï",
        "u\u0308nï",
        "long name",
    ),
    *("z w/b", "./b", "../a", "pic.png", "x/pic.png", "talk.mp4", "gone", "old", "a.md", "b.md", "Long Title"),
)
FRAGMENTS = ("", "", "", "#Top", "#Deep down", "#Top#Deep down", "#^id", "#^gone", "#Gone", "#00 06 10 Intro")
LINES = (
    "Some text.",
    "# Top",
    "## Deep down",
    "## 00:06:10 Intro",
    "A block. ^id",
    "At [00:06:10] and [12:34].",
    'A thing <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.',
    "From: [[hub]] <br/>",
    "> [!note] A callout",
    "%% ytvault-disable-next-line broken-link, missing-note %%",
    "%% ytvault-disable links %%",
    "```",
    "$$",
    "%%",
    "a \\[ b `code` <b>x</b>",
)
HEADS = (
    *("", "", "", "---\ntitle: T\nvideoId: n3Vq8ZtKp0A\n---\n", "---\ntitle: Long Title\naliases: [old]\n---\n"),
    *('---\nup: "[[b#Top]]"\ntitle: a: b\n---\n', "---\nvideoId: n3Vq8ZtKp0A\nvideo_id: x\n---\n"),
)
SCHEMAS = ('{"required": ["title"]}', '{"properties": {"title": {"maxLength": 3}}}', "{}")
CONFIGS = (
    *("", 'ignore = ["missing-note"]\n', 'exclude = ["x/**"]\n', 'extend-select = ["orphan-note", "self-link"]\n'),
    *('[per-file-ignores]\n"a.md" = ["links"]\n', 'video-property = ["video_id"]\n', 'baseline = "known.json"\n'),
    *('schema = "note.schema.json"\n', 'schema = "note.schema.json"\nextend-select = ["ALL"]\n'),
    *('[properties.title]\nrequired = ["note"]\n', '[severity]\nmissing-note = "error"\n'),
)
APPS = ("{}", '{"useMarkdownLinks": true}', '{"newLinkFormat": "relative"}', '{"userIgnoreFilters": ["x/"]}')
FORMATS = (["concise"], ["concise"], ["jsonl"], ["text"], ["json"])


def pretend(rng: random.Random, patch: pytest.MonkeyPatch) -> None:
    """Make it as if the file system's clock ticked faster, and as if the vault were large, for several processes."""
    patch.setattr(cache_stats, "SETTLED", rng.choice((0, 5_000_000, 2_000_000_000)))
    patch.setattr("processor.load.cache.memory.FEWEST", rng.choice((1, 100, 1000)))
    patch.setattr("processor.load.workspace._FEW", rng.choice((0, 200)))
    patch.setattr("processor.base.parallel.FEWEST", rng.choice((30, 400, 400, 400)))


def other_store(rng: random.Random, kept: Path) -> None:
    """Make the cache a new one, or the one that was kept on an earlier day, or keep it."""
    cache = Path(os.environ["YTVAULT_CACHE_DIR"])
    if kept.exists() and rng.random() < 0.5:
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(kept, cache)
    elif cache.exists():
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(cache, kept)
        if rng.random() < 0.5:
            shutil.rmtree(cache)


class Days:
    """A repository with a vault, and what is done in it. The seed says all."""

    def __init__(self, seed: int, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.rng = random.Random(seed)
        self.top = Repo(folder / "repo").path
        self.root = self.top / self.rng.choice(("", "", "v"))
        self.root.mkdir(exist_ok=True)
        self.repo = object.__new__(Repo)  # whose commands are called in the vault
        self.repo.path = self.root
        self.told: list[str] = []  # what was done, for whoever looks for a fault
        self.patch = patch
        patch.setenv("YTVAULT_CACHE_DIR", str(folder / "cache"))
        patch.setenv("YTVAULT_DATA_DIR", str(folder / "data"))
        (self.top / "README.md").write_text("# Top\n\n[[a]] [[nowhere]]\n")
        if self.rng.random() < 0.7:  # else it is no known vault, until it is configured
            self.repo.put(".obsidian/app.json", "{}")
        if self.rng.random() < 0.2:
            self.repo.put(".gitattributes", "*.md text eol=crlf\n")
        for name in self.rng.sample(NAMES, 7):
            self.repo.put(f"{name}.md", self.text())
        self.repo.put("pic.png", "x")
        self.repo.git("add", "--all")
        self.repo.commit()

    # What notes hold

    def link(self) -> str:
        target, rng = self.rng.choice(TARGETS) + self.rng.choice(FRAGMENTS), self.rng
        plain = target.replace(" ", "%20")
        return rng.choice(
            (
                *(f"[[{target}]]", f"[[{target}]]", f"[[{target}|shown]]", f"![[{target}]]", f"[t]({plain})"),
                *(f"[t](<{target}>)", f"[t]({plain.replace('a', '%61')})", f"[t]({plain.replace('_', chr(92) + '_')})"),
                *(f"[t]({plain.replace('a', '&#97;')})", f"[t][r]\n\n[r]: {plain}\n"),
            )
        )

    def text(self) -> str:
        rng = self.rng
        lines = [self.link() if rng.random() < 0.5 else rng.choice(LINES) for _ in range(rng.randrange(1, 7))]
        text = rng.choice(HEADS) + "\n\n".join(lines) + "\n"
        return text.replace("\n", "\r\n") if rng.random() < 0.05 else text

    # What is done

    def notes(self) -> list[str]:
        found = (p.relative_to(self.root).as_posix() for p in self.root.rglob("*.md"))
        return sorted(p for p in found if not p.startswith("."))

    def a_note(self) -> str:
        return self.rng.choice(self.notes() or ["a.md"])

    def a_free_name(self) -> str:
        return self.rng.choice(NAMES) + ".md"

    def write(self) -> None:
        self.repo.put(self.a_free_name(), self.text())

    def edit(self) -> None:
        path = self.root / self.a_note()
        if path.exists():
            lines = path.read_bytes().decode(errors="replace").split("\n")
            at = self.rng.randrange(len(lines))
            lines[at : at + self.rng.randrange(2)] = [self.rng.choice((self.link(), "", self.rng.choice(LINES)))]
            path.write_bytes("\n".join(lines).encode())

    def edit_in_place(self) -> None:
        """An edit that keeps the size. (The time too: then git sees nothing.)"""
        path = self.root / self.a_note()
        if path.exists():
            path.write_bytes(path.read_bytes().translate(bytes.maketrans(b"aTdb", b"bdTa")))

    def touch(self) -> None:
        path = self.root / self.a_note()
        if path.exists():
            path.touch()

    def remove(self) -> None:
        (self.root / self.a_note()).unlink(missing_ok=True)

    def move(self) -> None:
        old, new = self.root / self.a_note(), self.root / self.a_free_name()
        if old.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            old.replace(new)

    def swap(self) -> None:
        a, b = self.root / self.a_note(), self.root / self.a_note()
        if a.exists() and b.exists() and a != b:
            a.rename(self.root / "swap")
            b.rename(a)
            (self.root / "swap").rename(b)

    def attachment(self) -> None:
        path = self.root / self.rng.choice(FILES)
        if path.exists():
            path.unlink()
        else:
            self.repo.put(path.relative_to(self.root).as_posix(), "{}")

    def git_move(self) -> None:
        new = self.root / self.a_free_name()
        new.parent.mkdir(parents=True, exist_ok=True)
        self.repo.git("mv", "--force", self.a_note(), new.relative_to(self.root).as_posix(), status=None)

    def git_remove(self) -> None:
        self.repo.git("rm", "--quiet", *self.rng.choice(([], ["--cached"], ["--force"])), self.a_note(), status=None)

    def add(self) -> None:
        self.repo.git(
            "add", *self.rng.choice((["--all"], ["--all"], ["--", self.a_note()], ["-N", self.a_note()])), status=None
        )

    def commit(self) -> None:
        self.repo.git("commit", "--quiet", "--no-verify", "-m", "x", *self.rng.choice(([], ["-a"])), status=None)

    def hook_and_commit(self) -> None:
        self.repo.git("add", "--all")
        self.compare("--staged")
        self.commit()

    def pull(self) -> None:
        """Another branch does something, and that comes in without a hook."""
        self.repo.git("stash", "--quiet", "--include-untracked", status=None)
        self.repo.git("checkout", "--quiet", "-B", "side", self.rng.choice(("HEAD", "HEAD~1", "HEAD~2")), status=None)
        for _ in range(self.rng.randrange(1, 4)):
            self.rng.choice((self.write, self.edit, self.remove, self.git_move, self.attachment))()
        self.repo.git("add", "--all")
        self.repo.git("commit", "--quiet", "--no-verify", "-m", "x", status=None)
        self.repo.git("checkout", "--quiet", "--force", "main", status=None)
        self.repo.git(
            "merge",
            "--quiet",
            "--no-edit",
            "-X",
            "theirs",
            *self.rng.choice(([], ["--no-commit"])),
            "side",
            status=None,
        )
        if self.rng.random() < 0.3:
            self.compare("--staged")
        if self.repo.git("ls-files", "--unmerged"):
            self.repo.git("add", "--all")
        self.repo.git("commit", "--quiet", "--no-verify", "-m", "x", status=None)
        if self.rng.random() < 0.3:
            self.repo.git("stash", "pop", "--quiet", status=None)
            self.repo.git("checkout", "--quiet", "--theirs", ".", status=None)
            self.repo.git("add", "--all")

    def reset(self) -> None:
        self.repo.git(
            "reset",
            "--quiet",
            self.rng.choice(("--hard", "--soft", "--mixed")),
            self.rng.choice(("HEAD", "HEAD~1")),
            status=None,
        )

    def configure(self) -> None:
        self.repo.put("ytvault.toml", self.rng.choice(CONFIGS))
        self.repo.put("note.schema.json", self.rng.choice(SCHEMAS))
        if not (self.root / "known.json").exists():
            called("lint", "--write-baseline", "known.json", cwd=self.root)

    def ignore(self) -> None:
        patterns = self.rng.sample(("x/", "*hub*", "!x/hub.md", "/a.md", "deep.md", "z w/*", "!a.md"), 2)
        path = self.root / self.rng.choice((".gitignore", "x/.gitignore"))
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{pattern}\n" for pattern in patterns))

    def obsidian(self) -> None:
        self.repo.put(".obsidian/app.json", self.rng.choice(APPS))

    def mend(self) -> None:
        called(
            "lint", self.rng.choice(("--fix", "--unsafe-fixes")), *self.rng.choice(([], [self.a_note()])), cwd=self.root
        )

    def known_elsewhere(self) -> None:
        """A new cache, or one from an earlier day."""
        other_store(self.rng, self.root.parent / "kept")

    def wait(self) -> None:
        time.sleep(0.02)

    def step(self) -> None:
        often = (
            self.write,
            self.edit,
            self.edit,
            self.git_move,
            self.git_remove,
            self.hook_and_commit,
            self.add,
            self.commit,
        )
        seldom = (
            *(
                self.edit_in_place,
                self.touch,
                self.remove,
                self.move,
                self.swap,
                self.attachment,
                self.pull,
                self.reset,
            ),
            *(self.configure, self.obsidian, self.ignore, self.mend, self.known_elsewhere, self.wait),
        )
        act = self.rng.choice(often + seldom)
        self.told.append(act.__name__)
        act()
        pretend(self.rng, self.patch)
        time.sleep(0.006)
        if self.rng.random() < 0.7:
            self.compare(*self.question())

    # What is asked

    def question(self) -> list[str]:
        rng = self.rng
        paths = rng.choice(([], [], [self.a_note()], [self.a_note(), self.a_note()], ["x"]))
        paths = [p for p in paths if (self.root / p).exists()]
        commit = ["--from-ref", rng.choice(("HEAD", "HEAD~1", "HEAD~2", "side"))]
        which = rng.choice(([], [], ["--staged"], ["--staged"], ["--staged"], commit))
        how = rng.choice(([], [], ["--diff"], ["--diff", "--unsafe-fixes"], ["--statistics"], ["--all"]))
        rules = rng.choice(([], [], [], ["--select", "links"], ["--select", "ALL"], ["--fail-on", "information"]))
        return [*which, *how, *rules, *paths]

    def compare(self, *args: str) -> None:
        here = self.rng.choice((self.root, self.top))
        words = [os.path.relpath(self.root / arg, here) if (self.root / arg).exists() else arg for arg in args]
        if "--statistics" not in args and "--diff" not in args:
            words += ["--output-format", *self.rng.choice(FORMATS)]
        if self.rng.random() < 0.2:
            self.patch.setenv("PRE_COMMIT", "1")
        else:
            self.patch.delenv("PRE_COMMIT", raising=False)
        self.told.append(f"{here}: {os.environ.get('PRE_COMMIT')} {' '.join(words)}")
        with_cache = called("lint", *words, cwd=here)
        plain = called("lint", "--no-cache", *words, cwd=here)
        assert with_cache == plain, "\n".join(["", *self.told[-12:], str(with_cache), str(plain)])


def days(seed: int, folder: Path, patch: pytest.MonkeyPatch, steps: int) -> None:
    """Live through so many steps."""
    lived = Days(seed, folder, patch)
    for _ in range(steps):
        lived.step()
