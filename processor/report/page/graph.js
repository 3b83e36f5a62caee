// How the notes are linked: of one note, and of the whole vault.

import { el } from "./dom.js";
import { begins, block, findings } from "./data.js";
import { drawNote } from "./ego.js";
import { finder } from "./finder.js";
import { go, state } from "./state.js";
import { drawWhole } from "./whole.js";

let graph = null;

// The links of the vault, both ways, as stretches of numbers of notes.
async function links() {
    if (graph) return graph;
    const [data, missing, rows] = await Promise.all([block("graph"), block("missing"), findings()]);
    const from = begins(data.links);
    const to = new Int32Array(data.to.length);
    const incoming = new Int32Array(data.links.length);
    for (let note = 0; note < data.links.length; note++) {
        for (let i = from[note], at = 0; i < from[note + 1]; i++) incoming[(to[i] = at += data.to[i])] += 1;
    }
    const back = begins(incoming);
    const fill = back.slice();
    const by = new Int32Array(to.length);
    for (let note = 0; note < data.links.length; note++)
        for (let i = from[note]; i < from[note + 1]; i++) by[fill[to[i]]++] = note;
    const asks = new Map();
    missing.notes.forEach((steps, name) => {
        let note = 0;
        for (const step of steps) asks.set((note += step), [...(asks.get(note) ?? []), name]);
    });
    graph = {
        x: data.x,
        y: data.y,
        rows,
        incoming,
        missing,
        length: data.links.length,
        to: to.length,
        leads: (note) => to.subarray(from[note], from[note + 1]),
        led: (note) => by.subarray(back[note], back[note + 1]),
        wants: (note) => asks.get(note) ?? [],
    };
    return graph;
}

export async function drawGraph(main) {
    const place = el("div");
    const whole = el("div", { class: "whole" });
    main.append(
        el("h1", null, "Links"),
        el("p", { class: "lead" }, "What leads to a note, and where it leads; the whole vault in one picture below."),
    );
    const found = await links();
    if (!found.length) {
        main.append(el("p", { class: "empty" }, "There are no notes here."));
        return null;
    }
    main.append(
        finder(found, "note", "Note", (note) => go({ note: found.rows.paths[note] })),
        place,
        whole,
    );
    const show = () => {
        const asked = found.rows.paths.indexOf(state.note ?? "");
        drawNote(place, found, asked >= 0 ? asked : mostWanted(found));
    };
    show();
    drawWhole(whole, found);
    return show;
}

const mostWanted = (found) => found.incoming.reduce((best, n, note) => (n > found.incoming[best] ? note : best), 0);
