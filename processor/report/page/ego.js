// The graph of one note: what leads to it, what it leads to, two steps far.

import { count, el, number, svg } from "./dom.js";
import { head } from "./data.js";
import { obsidian } from "./findings.js";
import { address, go } from "./state.js";
import { folderOf, nameOf, visible } from "./text.js";

const MOST_SHOWN = [14, 18]; // notes that are drawn a side, of the first step and of the second
const MOST_LISTED = 500;

export function drawNote(place, found, note) {
    const { paths } = found.rows;
    const wants = found.wants(note);
    const [led, leads] = [[...found.led(note)], [...found.leads(note)]];
    const path = paths[note];
    const facts = `${count(led.length, "note")} ${led.length === 1 ? "leads" : "lead"} here; it leads to ${count(leads.length, "note")}${wants.length ? ` and asks for ${count(wants.length, "missing one", "missing ones")}` : ""}.`;
    const both = leads.some((one) => led.includes(one)) ? "A thick line leads both ways." : "";
    const few = Math.max(led.length, leads.length) > MOST_SHOWN[0] ? "Of many the picture shows those to which most notes lead." : "";
    const open = head.vault ? el("a", { class: "button", href: obsidian(path) }, "Open in Obsidian") : null;
    place.replaceChildren(
        el(
            "section",
            { "aria-labelledby": "ego-title" },
            el("h2", { id: "ego-title" }, nameOf(path), " ", el("span", { class: "folder" }, folderOf(path))),
            el("p", { class: "hint" }, [facts, few, both].filter(Boolean).join(" "), " ", open),
            el(
                "div",
                { class: "scroll", role: "group", "aria-label": "The picture of its links", tabindex: 0 },
                picture(found, note, [...led], [...leads], wants, widthIn(place)),
            ),
            el(
                "div",
                { class: "columns" },
                listed("Leads to it", led, paths),
                listed("It leads to", leads, paths),
                wants.length ? absentOnes(found, wants) : null,
            ),
        ),
    );
    const frame = place.querySelector(".scroll");
    frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
}

// On a phone there is room for one step.
const isNarrow = (width) => width < 640;
const widthIn = ({ clientWidth }) => (isNarrow(clientWidth) ? clientWidth : Math.max(900, clientWidth));

function listed(title, notes, paths) {
    const items = notes
        .slice(0, MOST_LISTED)
        .map((note) => el("li", null, el("a", { href: address({ note: paths[note] }) }, nameOf(paths[note]))));
    const more =
        notes.length > MOST_LISTED
            ? el("p", { class: "hint" }, `and ${number(notes.length - MOST_LISTED)} more`)
            : null;
    return el(
        "section",
        null,
        el("h3", null, `${title} (${number(notes.length)})`),
        notes.length ? el("ul", null, items) : el("p", { class: "hint" }, "none"),
        more,
    );
}

function absentOnes(found, wants) {
    return el(
        "section",
        null,
        el("h3", null, `It asks for (${number(wants.length)})`),
        el(
            "ul",
            null,
            wants.map((name) =>
                el("li", null, visible(found.missing.name[name]), " ", el("span", { class: "hint" }, "missing")),
            ),
        ),
    );
}

function picture(found, note, led, leads, wants, room) {
    const { paths } = found.rows;
    const byWeight = (a, b) => found.incoming[b] - found.incoming[a] || a - b;
    const [first, second] = MOST_SHOWN;
    const right = leads.sort(byWeight).slice(0, first);
    const near = {
        right,
        left: led
            .filter((one) => !right.includes(one))
            .sort(byWeight)
            .slice(0, first),
    };
    const both = right.filter((one) => led.includes(one));
    const seen = new Set([note, ...near.left, ...near.right]);
    const further = (of, step) => {
        const all = new Map();
        for (const one of of)
            for (const next of step(one)) if (!seen.has(next)) all.set(next, [...(all.get(next) ?? []), one]);
        return [...all].sort((a, b) => b[1].length - a[1].length || byWeight(a[0], b[0])).slice(0, second);
    };
    const narrow = isNarrow(room);
    const [far, beyond] = narrow ? [[], []] : [further(near.left, found.led), further(near.right, found.leads)];
    const left = narrow ? 0.21 : 0.3; // where what leads to it stands, as a part of the width
    const letters = Math.floor(((narrow ? 0.4 : 0.19) * room - 8) / 6.4); // of a name, for which there is room
    const ghosts = wants.slice(0, Math.max(3, first - near.right.length));
    const tallest = Math.max(far.length, near.left.length, near.right.length + ghosts.length, beyond.length, 3);
    const [width, step] = [room, narrow ? 30 : 24];
    const high = tallest * step + 30;
    const column = (n, i) => (high * (i + 1)) / (n + 1);
    const at = new Map([[note, [width / 2, high / 2]]]);
    const put = (list, x) => list.forEach((one, i) => at.set(one, [x, column(list.length, i)]));
    put(
        far.map(([one]) => one),
        0.11 * width,
    );
    put(near.left, left * width);
    put([...near.right, ...ghosts.map((name) => `g${name}`)], (1 - left) * width);
    put(
        beyond.map(([one]) => one),
        0.89 * width,
    );
    const curve = (a, b, kind) => {
        const [[x1, y1], [x2, y2]] = [at.get(a), at.get(b)];
        const middle = (x1 + x2) / 2;
        return svg("path", { class: `edge ${kind}`, d: `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}` });
    };
    const edges = [
        ...near.left.map((one) => curve(one, note, "near")),
        ...near.right.map((one) => curve(note, one, both.includes(one) ? "both" : "near")),
        ...ghosts.map((name) => curve(note, `g${name}`, "broken")),
        ...far.flatMap(([one, to]) => to.map((next) => curve(one, next, "far"))),
        ...beyond.flatMap(([one, from]) => from.map((next) => curve(next, one, "far"))),
    ];
    const dot = (one, kind) => {
        const [x, y] = at.get(one);
        const name = typeof one === "string" ? visible(found.missing.name[Number(one.slice(1))]) : nameOf(paths[one]);
        const short = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
        const radius = kind === "own" ? 9 : Math.min(8, 3 + Math.log1p(found.incoming[one] ?? 0));
        const group = svg(
            "g",
            { class: `node ${kind}` },
            svg("circle", { cx: x, cy: y, r: radius }),
            narrow && kind === "own" ? null : svg("text", { x, y: y - radius - 3, "text-anchor": "middle" }, short),
            svg("title", null, typeof one === "string" ? `${name} (missing)` : visible(paths[one])),
        );
        if (typeof one !== "string" && kind !== "own") group.addEventListener("click", () => go({ note: paths[one] }));
        return group;
    };
    const nodes = [
        ...far.map(([one]) => dot(one, "second")),
        ...beyond.map(([one]) => dot(one, "second")),
        ...near.left.map((one) => dot(one, "first")),
        ...near.right.map((one) => dot(one, "first")),
        ...ghosts.map((name) => dot(`g${name}`, "ghost")),
        dot(note, "own"),
    ];
    const label = `${nameOf(paths[note])} in the middle; what leads to it on the left, where it leads on the right. The lists below say the same.`;
    return el(
        "div",
        { role: "img", "aria-label": label },
        svg(
            "svg",
            { class: "ego", viewBox: `0 0 ${width} ${high}`, width, height: high, "aria-hidden": "true" },
            edges,
            nodes,
        ),
    );
}
