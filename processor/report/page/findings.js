// The findings: a row a note and rule, filtered by what the address says.

import { copier, count, debounced, el, number, say } from "./dom.js";
import { SEVERITIES, findings, head } from "./data.js";
import { groupName } from "./channels.js";
import { List } from "./list.js";
import { address, choices, go, state } from "./state.js";
import { folderOf, marked, mended, nameOf, quoted, visible } from "./text.js";

const [HEAD, HEAD_NARROW, MESSAGE, LINE, GAP, FOOT] = [40, 62, 21, 24, 8, 14]; // pixels, as in style.css
const FEW = 3;
const MOST_PLACES = 2000; // that are listed of one row
let list = null;
let rows = null;
let chosen = [];

const isNarrow = () => innerWidth < 720;
const room = () => Math.max(24, Math.floor((Math.min(innerWidth, 1240) - (isNarrow() ? 60 : 130)) / 7.9));

export function obsidian(path) {
    return `obsidian://open?vault=${encodeURIComponent(head.vault)}&file=${encodeURIComponent(path.replace(/\.md$/, ""))}`;
}

export async function drawFindings(main) {
    const result = el("p", { class: "count", role: "status" });
    list?.close();
    list = new List({ label: "Findings", height, draw });
    const form = filters();
    const waiting = el("p", { class: "hint" }, "Opening the findings…");
    main.append(el("h1", null, "Findings"), form, result, waiting, list.element, el("div", { class: "gone" }));
    rows = await (await findings()).open();
    waiting.remove();
    fillFolders(form);
    show(result);
    setTimeout(() => rows.searched(), 200);
    return () => show(result);
}

function show(result) {
    chosen = rows.chosen(state);
    let sum = 0;
    for (const row of chosen) sum += rows.passing(row, state);
    const whole = chosen.length === rows.length ? "" : ` of ${number(head.rules.reduce((n, r) => n + r.count, 0))}`;
    result.textContent = chosen.length
        ? `${number(sum)}${whole} ${sum === 1 ? "finding" : "findings"} in ${count(chosen.length, "row")}: a row a note and rule`
        : "Nothing passes these filters.";
    list.reset(chosen.length);
    showGone();
}

// What was found before and is no more, where that is asked for.
function showGone() {
    const place = document.querySelector(".gone");
    const gone = state.since === "new" ? rows.gone.filter(([, rule]) => !state.rule || rule === state.rule) : [];
    place.replaceChildren();
    if (!gone.length) return;
    const items = gone.slice(0, 500).map(([path, rule, n]) => el("li", null, `${visible(path)}: ${number(n)} ${rule}`));
    place.append(el("h2", null, "Gone since then"), el("ul", null, items));
    if (gone.length > 500) place.append(el("p", { class: "hint" }, `and ${number(gone.length - 500)} more`));
}

// The filters

function select(name, label, options) {
    const id = `filter-${name}`;
    const made = el(
        "select",
        { id, onchange: (event) => go({ [name]: event.target.value }) },
        choices(name, options).map(([value, text]) => el("option", { value, selected: (state[name] ?? "") === value }, text)),
    );
    return el("span", { class: "field" }, el("label", { for: id }, label), made);
}

function filters() {
    const rules = [...new Set(head.rules.map((rule) => rule.rule))].sort();
    const search = el("input", {
        id: "filter-q",
        type: "search",
        value: state.q ?? "",
        placeholder: "Note, message or text",
        autocomplete: "off",
    });
    search.addEventListener(
        "input",
        debounced(60, () => go({ q: search.value.trim() })),
    );
    const channels = [...head.groups].sort((a, b) => (groupName(a) < groupName(b) ? -1 : 1));
    return el(
        "form",
        {
            class: "filters",
            role: "search",
            "aria-label": "Filter the findings",
            onsubmit: (event) => event.preventDefault(),
        },
        el("span", { class: "field wide" }, el("label", { for: "filter-q" }, "Search"), search),
        select("rule", "Rule", [["", "all rules"], ...rules.map((rule) => [rule, rule])]),
        select("severity", "Severity", [["", "all"], ...SEVERITIES.map((s) => [s, s])]),
        select("mend", "Mended", [
            ["", "any way"],
            ["safe", "by --fix"],
            ["unsafe", "by --unsafe-fixes"],
            ["hand", "by hand"],
        ]),
        select("channel", "Channel", [["", "all"], ...channels.map((group) => [group, groupName(group)])]),
        el("span", { class: "field", id: "folders" }),
        head.since
            ? select("since", "Since then", [
                  ["", "all"],
                  ["new", "what came"],
              ])
            : null,
        select("sort", "Order", [
            ["", "by note"],
            ["most", "most first"],
            ["gravest", "gravest first"],
        ]),
        el("button", { type: "button", class: "button", onclick: clear }, "Clear"),
    );
}

function clear() {
    go({ q: "", rule: "", severity: "", mend: "", channel: "", folder: "", since: "", sort: "" });
    for (const field of document.querySelectorAll(".filters input, .filters select")) field.value = "";
    say("All filters are off");
}

function fillFolders(form) {
    const folders = new Set();
    for (const path of rows.paths) {
        for (let at = path.indexOf("/"); at >= 0 && folders.size < 400; at = path.indexOf("/", at + 1))
            folders.add(path.slice(0, at + 1));
    }
    const place = form.querySelector("#folders");
    if (folders.size)
        place.replaceWith(
            select("folder", "Folder", [["", "all"], ...[...folders].sort().map((f) => [f, visible(f)])]),
        );
    else place.remove();
}

// The rows

function height(i) {
    const row = chosen[i];
    const { texts } = rows;
    let sum = (isNarrow() ? HEAD_NARROW : HEAD) + FOOT;
    for (let e = texts.from[row]; e < texts.from[row + 1]; e++)
        sum += MESSAGE + GAP + (texts.line[e] ? LINE : 0) + (texts.changes.has(e) ? LINE : 0);
    return sum;
}

function draw(i, isOpen) {
    const row = chosen[i];
    const path = rows.paths[rows.note[row]];
    const { rule, severity } = rows.kinds[rows.kind[row]];
    const [n, safe, unsafe] = [rows.count[row], rows.safe[row], rows.unsafe[row]];
    const opener = el(
        "button",
        { type: "button", class: "opener", "aria-expanded": String(isOpen), onclick: () => list.toggle(i) },
        el("span", { class: `dot ${severity}` }),
        el("span", { class: "hidden" }, `${severity}: `),
        el("span", { class: "name" }, nameOf(path)),
        el("span", { class: "folder" }, folderOf(path)),
    );
    const how = [
        safe && `${number(safe)} by --fix`,
        unsafe && `${number(unsafe)} by --unsafe-fixes`,
        n - safe - unsafe && `${number(n - safe - unsafe)} by hand`,
    ];
    const facts = el(
        "span",
        { class: "facts" },
        el("span", { class: "chip" }, rule),
        el("span", { class: "times" }, `× ${number(n)}`),
        el(
            "span",
            { class: "how" },
            safe === n
                ? "by --fix"
                : unsafe === n
                  ? "by --unsafe-fixes"
                  : safe + unsafe === 0
                    ? "by hand"
                    : how.filter(Boolean).join(", "),
        ),
    );
    const excerpts = rows.excerpts(row).map((excerpt) => block(excerpt, isOpen));
    return el(
        "div",
        { class: `row${isOpen ? " open" : ""}`, style: isOpen ? {} : { height: `${height(i)}px` } },
        el("div", { class: "row-head" }, opener, facts),
        excerpts,
        isOpen ? details(row, path, rule) : null,
    );
}

function block(excerpt, isOpen) {
    const [line, column] = excerpt.place;
    const lines = excerpt.line ? [marked(excerpt, isOpen ? Infinity : room())] : [];
    if (excerpt.edits) lines.push(mended(excerpt, isOpen ? Infinity : room()));
    const title =
        isOpen && excerpt.fix
            ? el("p", { class: "fix" }, `${excerpt.safe ? "Safe fix" : "Unsafe fix"}: ${visible(excerpt.fix)}`)
            : null;
    return el(
        "div",
        { class: "excerpt" },
        el("p", { class: "message" }, el("span", { class: "at" }, `${line}:${column}`), " ", visible(excerpt.message)),
        lines,
        title,
    );
}

function details(row, path, rule) {
    const rest = rows.places(row, MOST_PLACES + FEW).slice(rows.shown(row));
    const left = rows.count[row] - rows.shown(row) - rest.length;
    const places = rest.length
        ? el(
              "p",
              { class: "places" },
              rows.shown(row) ? "Also at " : "At ",
              rest.map(([line, column]) => `${line}:${column}`).join(", "),
              left > 0 ? ` and ${number(left)} more` : "",
          )
        : null;
    if (head.redacted) return el("div", { class: "details" }, places);
    const option = rows.safe[row] ? " --fix" : rows.unsafe[row] ? " --unsafe-fixes --diff" : "";
    const command = `ytvault lint ${quoted(path.startsWith("-") ? `./${path}` : path)} --select ${rule}${option}`;
    return el(
        "div",
        { class: "details" },
        places,
        el(
            "p",
            { class: "actions" },
            head.vault ? el("a", { class: "button", href: obsidian(path) }, "Open in Obsidian") : null,
            copier("Copy path", path, path),
            copier("Copy command", command, command),
            el("a", { href: address({ view: "graph", note: path }) }, "Its links"),
        ),
        el(
            "p",
            { class: "command" },
            el("code", null, visible(command)),
            rows.safe[row] ? " mends them" : rows.unsafe[row] ? " shows what is probably right" : " shows them",
        ),
    );
}
