// What links ask for and is not there, most wanted first.

import { copier, count, debounced, el, number } from "./dom.js";
import { block, findings, head } from "./data.js";
import { obsidian } from "./findings.js";
import { List } from "./list.js";
import { go, state } from "./state.js";
import { folderOf, nameOf, quoted, visible } from "./text.js";

const [ROW, ROW_NARROW, HINT_NARROW] = [48, 62, 20]; // pixels, as in style.css
const MOST = 300; // notes that are named of those that ask for one
const MOST_IN_COMMAND = 3; // notes that a command names; for more it is about the whole vault
let absent = null;
let list = null;
let chosen = [];
let paths = [];

export async function drawMissing(main) {
    const result = el("p", { class: "count", role: "status" });
    const search = el("input", { id: "wanted", type: "search", value: state.q ?? "", autocomplete: "off" });
    search.addEventListener(
        "input",
        debounced(60, () => go({ q: search.value.trim() })),
    );
    list?.close();
    list = new List({ label: "Missing notes", height, draw });
    main.append(
        el("h1", null, "Missing notes"),
        el(
            "p",
            { class: "lead" },
            "What links ask for and is not there, most wanted first. Spellings of one name stand together.",
        ),
        el(
            "ul",
            { class: "legend" },
            el("li", null, el("span", { class: "dot information" }), " no note is like it"),
            el("li", null, el("span", { class: "dot warning" }), " another one may be meant"),
        ),
        el(
            "form",
            {
                class: "filters",
                role: "search",
                "aria-label": "Filter the missing notes",
                onsubmit: (event) => event.preventDefault(),
            },
            el("span", { class: "field wide" }, el("label", { for: "wanted" }, "Search"), search),
            el(
                "span",
                { class: "field" },
                el("label", { for: "order" }, "Order"),
                el(
                    "select",
                    { id: "order", onchange: (event) => go({ by: event.target.value }) },
                    [
                        ["", "by notes that ask"],
                        ["links", "by links"],
                        ["name", "by name"],
                    ].map(([value, text]) => el("option", { value, selected: (state.by ?? "") === value }, text)),
                ),
            ),
        ),
        result,
        list.element,
    );
    ({ paths } = await findings());
    absent = await block("missing");
    absent.asks ??= absent.notes.map((notes) => notes.length);
    const show = () => {
        const words = (state.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
        chosen = absent.name.map((_, i) => i).filter((i) => words.every((word) => spelled(i).includes(word)));
        if (state.by === "links") chosen.sort((a, b) => absent.links[b] - absent.links[a] || a - b);
        if (state.by === "name") chosen.sort((a, b) => (absent.name[a] < absent.name[b] ? -1 : 1));
        const links = chosen.reduce((sum, i) => sum + absent.links[i], 0);
        result.textContent = chosen.length
            ? `${count(links, "link")} ${links === 1 ? "asks" : "ask"} for ${count(chosen.length, "note")} that ${chosen.length === 1 ? "does" : "do"} not exist`
            : absent.name.length
              ? "No name is like that."
              : "Every link leads somewhere.";
        list.reset(chosen.length);
    };
    show();
    return show;
}

const spelled = (i) => [absent.name[i], ...absent.spellings[i].map(([name]) => name)].join("\n").toLowerCase();

// What a row says besides the name: its other spellings, and what may have been meant.
function beside(one) {
    const [, ...others] = absent.spellings[one].map(([name]) => visible(name));
    return [others.length ? `also ${others.join(", ")}` : "", hint(one)].filter(Boolean).join("; ");
}

function height(i) {
    if (innerWidth >= 720) return ROW;
    return ROW_NARROW + (beside(chosen[i]) ? HINT_NARROW : 0);
}

function draw(i, isOpen) {
    const one = chosen[i];
    const spellings = absent.spellings[one];
    const others = beside(one);
    const opener = el(
        "button",
        { type: "button", class: "opener", "aria-expanded": String(isOpen), onclick: () => list.toggle(i) },
        el("span", { class: `dot ${absent.broken[one] ? "warning" : "information"}` }),
        el("span", { class: "name" }, visible(absent.name[one])),
        others ? el("span", { class: "folder" }, others) : null,
    );
    const facts = el(
        "span",
        { class: "facts" },
        el("span", { class: "times" }, count(absent.asks[one], "note")),
        el("span", { class: "how" }, count(absent.links[one], "link")),
    );
    const row = el(
        "div",
        { class: `row flat${isOpen ? " open" : ""}`, style: isOpen ? {} : { height: `${list.height(i)}px` } },
        el("div", { class: "row-head" }, opener, facts),
    );
    if (isOpen) row.append(details(one, spellings));
    return row;
}

// A file that may have been meant: a note by its number, another file by its path.
const fileOf = (file) => (typeof file === "number" ? paths[file] : file);
const fileName = (file) => nameOf(fileOf(file));

// What a row says of what may have been meant.
function hint(one) {
    const meant = absent.meant[one];
    if (!meant.length) return absent.broken[one] ? "a broken link" : "";
    const [first, ...more] = meant.map((file) => `“${fileName(file)}”`);
    return absent.safe[one] ? `${first} is meant` : `perhaps ${[first, ...more].join(" or ")}`;
}

// The files that may have been meant, and the command that leads the links there.
function mending(one, notes) {
    const meant = absent.meant[one];
    if (!meant.length) return null;
    const links = meant.map((file, i) => [
        i ? " or " : "",
        head.vault
            ? el("a", { href: obsidian(fileOf(file)), title: visible(fileOf(file)) }, fileName(file))
            : el("b", null, fileName(file)),
        " ",
        el("span", { class: "folder" }, folderOf(fileOf(file))),
    ]);
    const [safe, unsafe, all] = [absent.safe[one], absent.unsafe[one], absent.links[one]];
    const how = safe ? "--fix" : unsafe ? "--unsafe-fixes --diff" : "";
    const named = notes.length > MOST_IN_COMMAND ? [] : notes.map((n) => quoted(paths[n].replace(/^-/, "./-")));
    const command = ["ytvault lint", ...named, "--select broken-link,broken-embed", how].filter(Boolean).join(" ");
    const does = safe
        ? `mends ${number(safe)} of ${count(all, "link")}`
        : unsafe
          ? `shows what is probably right of ${number(unsafe)} of ${count(all, "link")}`
          : "shows them: which one is meant only you can tell";
    return [
        el("p", null, safe ? "Meant is " : "Meant may be ", links),
        el("p", { class: "command" }, el("code", null, visible(command)), ` ${does} `, copier("Copy command", command, command)),
    ];
}

function details(one, spellings) {
    const place = el("div", { class: "details" });
    if (spellings.length > 1)
        place.append(
            el(
                "p",
                null,
                "Written ",
                spellings.map(([name, n], i) => [i ? ", " : "", el("b", null, visible(name)), ` (${number(n)})`]),
            ),
        );
    let note = 0;
    const notes = absent.notes[one].map((step) => (note += step));
    place.append(...(mending(one, notes) ?? []));
    const names = el("ul", { class: "askers" });
    place.append(el("h2", { class: "small" }, "Asked for by"), names);
    for (const n of notes.slice(0, MOST))
        names.append(
            el(
                "li",
                null,
                head.redacted || !head.vault
                    ? visible(paths[n])
                    : el("a", { href: obsidian(paths[n]), title: visible(paths[n]) }, nameOf(paths[n])),
                " ",
                el("span", { class: "folder" }, head.redacted ? "" : folderOf(paths[n])),
            ),
        );
    if (notes.length > MOST) place.append(el("p", { class: "hint" }, `and ${count(notes.length - MOST, "more note")}`));
    return place;
}
