// Texts of notes, made fit to be looked at.

import { el } from "./dom.js";

// what a browser would obey or not show: it is shown as a sign
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

export function visible(text) {
    return text.replace(UNSEEN, (c) => {
        const code = c.codePointAt(0);
        if (code < 32) return c === "\t" ? " " : String.fromCodePoint(0x2400 + code);
        return code === 0x200b || code === 0x2060 ? "·" : "␣";
    });
}

export function nameOf(path) {
    return visible(path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/, ""));
}

export function folderOf(path) {
    return visible(path.slice(0, path.lastIndexOf("/") + 1));
}

const two = (n) => String(n).padStart(2, "0");
export const clock = (s) => `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;

// A line with the part that a finding is about in view, as many characters as there is room for.
export function fitted({ line, start, end }, room) {
    let [from, to] = [0, line.length];
    if (to > room) {
        const inside = Math.min(end - start, room - 2);
        from = Math.max(0, Math.min(start - Math.floor((room - inside) / 3), to - room));
        to = Math.min(to, from + room);
    }
    if (from && isLow(line.charCodeAt(from))) from += 1;
    if (to < line.length && isLow(line.charCodeAt(to))) to -= 1;
    return { from, to, before: from ? "…" : "", behind: to < line.length ? "…" : "" };
}

const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

// The line of a finding, with that part marked.
export function marked(excerpt, room) {
    const { line, start, end } = excerpt;
    const { from, to, before, behind } = fitted(excerpt, room);
    const stop = Math.max(Math.min(end, to), start);
    const inside = visible(line.slice(start, stop)) || "‸";
    const left = before + visible(line.slice(from, start));
    return el(
        "code",
        { class: "line", dir: "auto" },
        left,
        el("mark", null, inside),
        visible(line.slice(stop, to)) + behind,
    );
}

// That line as the fix would leave it, with what it writes marked.
export function mended(excerpt, room) {
    const { line, edits } = excerpt;
    const parts = [];
    let at = 0;
    let length = 0;
    let first = -1;
    const put = (text, isNew) => {
        if (!text) return;
        if (isNew && first < 0) first = length;
        parts.push([text, isNew]);
        length += text.length;
    };
    for (const [start, end, text] of edits) {
        put(line.slice(at, start), false);
        put(text.replace(/\n/g, "⏎"), true);
        at = Math.max(at, end);
    }
    put(line.slice(at), false);
    const whole = parts.map(([text]) => text).join("");
    const { from, to, before, behind } = fitted(
        { line: whole, start: Math.max(0, first), end: Math.max(0, first) + 1 },
        room,
    );
    const shown = [];
    let begin = 0;
    for (const [text, isNew] of parts) {
        const [a, b] = [Math.max(from, begin), Math.min(to, begin + text.length)];
        if (a < b) shown.push(el(isNew ? "ins" : "span", null, visible(whole.slice(a, b))));
        begin += text.length;
    }
    return el(
        "code",
        { class: "line change", dir: "auto" },
        el("span", { class: "hidden" }, "becomes: "),
        before,
        shown,
        behind,
    );
}

// A word of a command line as a shell takes it.
export const quoted = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
