// The whole vault: the way to its picture, a table behind that, and what is linked with nothing else.

import { count, el, number } from "./dom.js";
import { head } from "./data.js";
import { groupName } from "./channels.js";
import { finder } from "./finder.js";
import { colours, drawPicture } from "./picture.js";
import { address } from "./state.js";
import { nameOf } from "./text.js";

const MOST_LISTED = 500;

export function drawWhole(place, found) {
    const sky = el("div");
    const start = el(
        "button",
        {
            type: "button",
            class: "button",
            onclick: async () => {
                start.disabled = true;
                start.textContent = "Drawing…";
                await new Promise((ready) => setTimeout(ready, 20));
                await drawPicture(sky, found, (choose) => finder(found, "star", "Find in the picture", choose));
                start.remove();
            },
        },
        `Draw all ${count(found.length, "note")}`,
    );
    const alone = [...Array(found.length).keys()].filter((note) => !found.incoming[note] && !found.leads(note).length);
    const orphans = alone.length
        ? el(
              "details",
              null,
              el(
                  "summary",
                  null,
                  `${count(alone.length, "note")} ${alone.length === 1 ? "has" : "have"} no link to or from another`,
              ),
              el(
                  "ul",
                  { class: "askers" },
                  alone
                      .slice(0, MOST_LISTED)
                      .map((note) =>
                          el(
                              "li",
                              null,
                              el(
                                  "a",
                                  { href: address({ note: found.rows.paths[note] }) },
                                  nameOf(found.rows.paths[note]),
                              ),
                          ),
                      ),
              ),
              alone.length > MOST_LISTED
                  ? el("p", { class: "hint" }, `and ${number(alone.length - MOST_LISTED)} more`)
                  : null,
          )
        : null;
    place.append(
        el(
            "section",
            { "aria-labelledby": "whole-title" },
            el("h2", { id: "whole-title" }, "The whole vault"),
            el(
                "p",
                { class: "hint" },
                "A dot a note, as large as much leads to it; a disc and a colour a channel or folder, within which a note stands near what it is linked with.",
            ),
            start,
            sky,
            byGroup(found),
            orphans,
            islands(found),
        ),
    );
}

// The groups of notes that are linked among themselves, and to no other note, but for the largest.
function islands(found) {
    const parent = Int32Array.from({ length: found.length }, (_, note) => note);
    const top = (note) => {
        while (parent[note] !== note) note = parent[note] = parent[parent[note]];
        return note;
    };
    for (let note = 0; note < found.length; note++) for (const next of found.leads(note)) parent[top(note)] = top(next);
    const members = new Map();
    for (let note = 0; note < found.length; note++) {
        const one = top(note);
        if (!members.has(one)) members.set(one, []);
        members.get(one).push(note);
    }
    const apart = [...members.values()]
        .sort((a, b) => b.length - a.length)
        .slice(1)
        .filter((of) => of.length > 1);
    if (!apart.length) return null;
    const item = (of) =>
        el(
            "li",
            null,
            el("a", { href: address({ note: found.rows.paths[of[0]] }) }, nameOf(found.rows.paths[of[0]])),
            ` and ${count(of.length - 1, "other note")}`,
        );
    return el(
        "details",
        null,
        el("summary", null, `${count(apart.length, "island")}: notes that are linked with one another only`),
        el("ul", { class: "askers" }, apart.slice(0, MOST_LISTED).map(item)),
    );
}

// The table behind the picture: how the channels are linked.
function byGroup(found) {
    const { groups } = found.rows;
    const palette = colours();
    const rows = head.groups.map((name, i) => ({ name, colour: palette[i], notes: 0, inside: 0, out: 0 }));
    for (let note = 0; note < found.length; note++) {
        const own = rows[groups[note]];
        own.notes += 1;
        for (const next of found.leads(note)) own[groups[next] === groups[note] ? "inside" : "out"] += 1;
    }
    rows.sort((a, b) => b.notes - a.notes);
    return el(
        "details",
        null,
        el("summary", null, "The picture as a table"),
        el(
            "div",
            { class: "scroll", role: "group", "aria-label": "Links by channel", tabindex: 0 },
            el(
                "table",
                null,
                el(
                    "thead",
                    null,
                    el(
                        "tr",
                        null,
                        ["Channel or folder", "Notes", "Links within", "Links to others"].map((t, i) =>
                            el("th", { scope: "col", class: i ? "n" : null }, t),
                        ),
                    ),
                ),
                el(
                    "tbody",
                    null,
                    rows.map((row) =>
                        el(
                            "tr",
                            null,
                            el(
                                "th",
                                { scope: "row" },
                                el("span", { class: "key", style: { background: row.colour } }),
                                groupName(row.name),
                            ),
                            [row.notes, row.inside, row.out].map((n) => el("td", { class: "n" }, number(n))),
                        ),
                    ),
                ),
            ),
        ),
    );
}
