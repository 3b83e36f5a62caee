// Channels × rules: a table of numbers, each as dark as there is much of it.

import { count, el, number } from "./dom.js";
import { NO_CHANNEL, findings, head } from "./data.js";
import { address, state } from "./state.js";
import { nameOf } from "./text.js";

const FIRST = 20; // channels that are shown at once

// What a group of notes is called: a channel by its note, a folder by its name.
export function groupName(group) {
    if (group === NO_CHANNEL) return "no channel";
    return group.endsWith("/") ? `${nameOf(group.slice(0, -1))}/` : nameOf(group);
}

export async function drawChannels(place, all = false) {
    const title = el("h2", { id: "channels-title" }, "Channels and rules");
    const rows = await findings();
    const sums = head.groups.map(() => new Map());
    const notes = new Array(head.groups.length).fill(0);
    for (const group of rows.groups) notes[group] += 1;
    const per = new Map();
    for (let row = 0; row < rows.length; row++) {
        const { rule } = rows.kinds[rows.kind[row]];
        if (state.rule && rule !== state.rule) continue;
        const sum = sums[rows.groups[rows.note[row]]];
        sum.set(rule, (sum.get(rule) ?? 0) + rows.count[row]);
        per.set(rule, (per.get(rule) ?? 0) + rows.count[row]);
    }
    const rules = [...per].sort((a, b) => b[1] - a[1]).map(([rule]) => rule);
    const total = (sum) => [...sum.values()].reduce((a, b) => a + b, 0);
    const order = sums
        .map((sum, group) => ({ group, sum, all: total(sum) }))
        .sort((a, b) => b.all - a.all || a.group - b.group);
    const shown = all ? order : order.slice(0, FIRST);
    if (!rules.length || order.length < 1) {
        place.replaceChildren(title, el("p", { class: "empty" }, "There is nothing to compare."));
        return;
    }
    const most = Math.max(...order.flatMap(({ sum }) => [...sum.values()]));
    const table = el(
        "table",
        { class: "heat", onkeydown: moves },
        el(
            "thead",
            null,
            el(
                "tr",
                null,
                el("th", { scope: "col" }, "Channel or folder"),
                el("th", { scope: "col", class: "n" }, "Notes"),
                rules.map((rule) => el("th", { scope: "col", class: "slant" }, el("span", null, rule))),
            ),
        ),
        el(
            "tbody",
            null,
            shown.map(({ group, sum }) => line(group, sum, notes[group], rules, most)),
        ),
    );
    const more = order.length - shown.length;
    place.replaceChildren(
        title,
        el("p", { class: "hint" }, "The stronger its colour, the more. A number leads to its findings; the arrow keys move among them."),
        el("div", { class: "scroll", role: "group", "aria-label": "Table of channels and rules", tabindex: 0 }, table),
        more > 0
            ? el(
                  "button",
                  { type: "button", class: "button", onclick: () => drawChannels(place, true) },
                  `Show ${number(more)} more`,
              )
            : "",
    );
    table.querySelector("td a")?.setAttribute("tabindex", "0");
}

function line(group, sum, notes, rules, most) {
    const channel = head.groups[group];
    const link = el("a", { href: address({ view: "findings", channel, rule: state.rule }) }, groupName(channel));
    return el(
        "tr",
        null,
        el("th", { scope: "row" }, link),
        el("td", { class: "n" }, number(notes)),
        rules.map((rule) => {
            const n = sum.get(rule) ?? 0;
            if (!n) return el("td", { class: "heat-cell" }, el("span", { class: "hidden" }, "0"));
            const strength = Math.max(1, Math.min(5, Math.ceil((5 * Math.log(n + 1)) / Math.log(most + 1))));
            const label = `${short(n)}: ${count(n, "finding")} of ${rule} in ${groupName(channel)}`;
            const target = { view: "findings", rule, channel };
            return el(
                "td",
                { class: `heat-cell heat-${strength}` },
                el("a", { href: address(target), tabindex: -1, "aria-label": label, title: label }, short(n)),
            );
        }),
    );
}

const short = (n) => (n < 1000 ? String(n) : n < 10_000 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`);

// The arrow keys lead from a number to the next one in that direction.
function moves(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const cell = event.target.closest?.("td");
    if (!step || !cell) return;
    let [row, column] = [cell.parentNode.rowIndex, cell.cellIndex];
    const { rows } = cell.closest("table");
    for (;;) {
        row += step[0];
        column += step[1];
        const next = rows[row]?.cells[column];
        if (!next || row < 1) return;
        const link = next.querySelector("td > a");
        if (link) {
            event.preventDefault();
            event.target.setAttribute("tabindex", "-1");
            link.setAttribute("tabindex", "0");
            link.focus();
            return;
        }
    }
}
