"""One page, whole in itself, to look at the state of a vault: see `commands.report` for what it tells, `page/` for how.

Nothing of a note can become markup: what is told lies in the page as JSON, deflated and in Base64, and is shown as text. No
script runs but the page's own, which its policy names by their digests, and nothing is ever fetched.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from processor import __version__
from processor.commands.report.collect import collect
from processor.lint.linter import LintResult
from processor.report import View

_HERE = Path(__file__).with_name("page")
_VENDOR = ("graphology.umd.min.js", "sigma.min.js")
_MODULES = "dom data state text channels rulepage overview list findings missing videos finder ego lines plane webgl picture whole graph main".split()
"""The page's own modules: each imports only from those before it."""
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:const|async function|function|class) (\w+))", re.MULTILINE)
_MAP = re.compile(r"^//# sourceMappingURL=.*\n?", re.MULTILINE)
"""What a library says of a file that is not here."""


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the page."""
    yield from page(collect(result, view.subject, view.text_of))


def page(blocks: Mapping[str, Any]) -> Iterator[str]:
    """Yield the page that shows some data: see `collect`."""
    style, script = _read("style.css"), _script()
    libraries = {name.partition(".")[0]: _MAP.sub("", _read(f"vendor/{name}")) for name in _VENDOR}
    scripts = " ".join(map(_digest, (script, *libraries.values())))
    head = json.dumps({**blocks["head"], "version": __version__}, ensure_ascii=False)
    before, behind = _read("page.html").split("<!-- data -->")
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src {_digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    yield before.replace("{policy}", policy).replace("{style}", style)
    yield f'<script type="application/json" id="head">{_escaped(head)}</script>\n'
    for name, block in blocks.items():
        if name != "head":
            yield _block(name, json.dumps(block, ensure_ascii=False, separators=(",", ":")))
    for name, library in libraries.items():
        yield _block(name, library)
    yield behind.replace("{script}", script)


def _escaped(text: str) -> str:
    """Return JSON that cannot end, or begin, any tag. What UTF-8 cannot write is escaped."""
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _encodable(text)


def _encodable(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()


def _block(name: str, text: str) -> str:
    packed = b64encode(zlib.compress(_encodable(text).encode(), 6)).decode()
    return f'<script type="application/octet-stream" id="{name}">{packed}</script>\n'


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _script() -> str:
    """Return the page's own modules as one script, in which each keeps its names to itself."""
    return "".join(_module(name, _read(f"{name}.js")) for name in _MODULES)


def _module(name: str, text: str) -> str:
    exported = ", ".join(m[2] for m in _EXPORT.finditer(text))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = \2_js;", text))
    return f"const {name}_js = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
