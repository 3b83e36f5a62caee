"""The command without the cost of its start: a process that has the program imported runs each call in a fork of itself.

A start takes 0.3 s, nearly all of it for imports, and the suite has hundreds. A fork is a process as good as any: with
its own folder, environment, files and exit. Run as a script, this is that process; it reads a request a line.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import traceback
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple, NoReturn

AVAILABLE = hasattr(os, "fork") and sys.platform == "linux"


class Call(NamedTuple):
    """What to run, and the files that stand for standard input, output and errors."""

    args: list[str]
    cwd: str
    env: dict[str, str]
    files: tuple[str, str, str]


def run(call: Call) -> int:
    """Run `ytvault` and give its exit status."""
    server = _server()
    assert server.stdin
    assert server.stdout
    server.stdin.write(json.dumps(call) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())


@cache
def _server() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    atexit.register(server.communicate)  # it ends with its input
    return server


def _serve() -> None:
    import processor.cli
    import processor.parse.obsidian
    from processor.rules.base import all_rules

    for module in pkgutil.iter_modules(processor.cli.__path__, "processor.cli."):
        importlib.import_module(module.name)
    all_rules()
    _warm_up()
    gc.collect()
    gc.freeze()  # else what collects garbage in a fork would copy all that is shared
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _run(Call(*json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _warm_up() -> None:
    """Judge a note of many kinds of text, by all rules: regular expressions are compiled where they are first used, which takes as
    long as the rest of a call."""
    from processor.config import Config
    from processor.lint.linter import Linter
    from processor.load.cache import program
    from processor.parse.obsidian import read_body
    from processor.vault.note import parse_note
    from processor.vault.vault import Vault

    notes = [parse_note(text, f"{i}.md") for i, text in enumerate((_NOTE, _NOTE.replace("`", "'"), "Text\n"))]
    for linter in (Linter(Config()), Linter(Config(), with_edits=True)):
        assert list(linter.lint(Vault(notes)).findings)
    read_body(_NOTE, 0)
    program()


_NOTE = """\
---
title: A note
videoId: dQw4w9WgXcQ
tags: [a, "b"]
duration: 1:00:00
---

From: [[a_channel]] <br/>

# Heading [[x#y|z]] ^id

Text `code` <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a> 0:05 [x](y.md) ![[p.png|100]] #tag $5 https://youtu.be/dQw4w9WgXcQ?t=5s
[00:01:00] (0:30) %% comment %% ==mark== [^1] [[a|b|c]] [[a_chanel]] **bold** [link](https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=70s)

- item [00:02:00]
  - [ ] task [[1:00]]

> [!note] Callout
> 00:03:00 quote

| a | b |
|---|---|
| 0:01 | [[x\\|y]] |

```js
00:04:00
```

<div>[[x]]</div>

$$
x
$$

[^1]: Footnote
"""


def _run(call: Call) -> NoReturn:
    status = 1
    try:
        os.chdir(call.cwd)
        os.environ.clear()
        os.environ.update(call.env)
        for fd, name in enumerate(call.files):
            opened = os.open(name, os.O_WRONLY if fd else os.O_RDONLY)
            os.dup2(opened, fd)
            os.close(opened)
        sys.stdin, sys.stdout, sys.stderr = _text(0, "r"), _text(1, "w"), _text(2, "w")
        sys.argv = ["ytvault", *call.args]
        status = _status()
    finally:
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _text(fd: int, mode: str) -> IO[str]:
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "utf-8").partition(":")
    return open(
        fd, mode, encoding=encoding, errors=errors or ("backslashreplace" if fd == 2 else "strict"), closefd=False
    )


def _status() -> int:
    """What `python -m processor` ends with."""
    from processor.cli import main

    try:
        main(prog_name="ytvault")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  whatever it is, Python would show it and end
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    _serve()
