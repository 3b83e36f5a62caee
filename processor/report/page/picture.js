// The whole vault in one picture. Where each note stands was worked out beforehand.

import { count, el, number, say } from "./dom.js";
import { head } from "./data.js";
import { groupName } from "./channels.js";
import { Plane } from "./plane.js";
import { address, state } from "./state.js";
import { nameOf } from "./text.js";
import { Stars } from "./webgl.js";

let picture = null;

const IMITATED = /swiftshader|llvmpipe|softpipe|software|basic render/i;

// Whether there is WebGL 2, and no processor that imitates it, which is many times slower than a canvas.
function hasWebGL() {
    if (state.draw === "webgl") return true;
    const gl = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
    if (!gl) return false;
    const told = gl.getExtension("WEBGL_debug_renderer_info");
    const isImitated = IMITATED.test(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
    gl.getExtension("WEBGL_lose_context")?.loseContext();
    return !isImitated;
}

const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

// The colours of the groups: they differ, in their order, and are as light as the page is dark.
export function colours(n = head.groups.length) {
    return Array.from({ length: n }, (_, i) => {
        const hue = (i * 137.508 + 205) % 360;
        const [saturation, lightness] = [0.3 + 0.08 * (i % 3), (isDark() ? 0.6 : 0.5) + 0.07 * (i % 2)];
        const part = (k) => {
            const at = (k + hue / 30) % 12;
            const value =
                lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(at - 3, 9 - at, 1));
            return Math.round(255 * value)
                .toString(16)
                .padStart(2, "0");
        };
        return `#${part(0)}${part(8)}${part(4)}`;
    });
}

// The channel of which each note is the hub, if it is one.
function hubsOf(found) {
    const hubs = new Map(head.groups.map((name, group) => [`${name}.md`, group]));
    return found.rows.paths.map((path) => hubs.get(path));
}

// All links, but for those between a note and its channel's: these its place shows.
function edgesOf(found, own) {
    const { groups } = found.rows;
    const edges = [];
    for (let note = 0; note < found.length; note++) {
        for (const next of found.leads(note))
            if (own[next] !== groups[note] && own[note] !== groups[next]) edges.push(note, next);
    }
    return Int32Array.from(edges);
}

function looks(found) {
    const palette = colours();
    const own = hubsOf(found);
    const [line, most, lit, text, ground] = isDark()
        ? [[200, 205, 215], 0.55, "#f2c14e", "#eceae6", "#201f1e"]
        : [[70, 75, 90], 0.5, "#b3382c", "#23221f", "#ffffff"];
    const colour = found.rows.groups.map((group) => palette[group]);
    const hubs = [...own.keys()].filter((note) => own[note] !== undefined);
    return { colours: colour, line, most, lit, text, ground, hubs, edges: edgesOf(found, own) };
}

// Draws the vault into a place, below a field to find a note by.
export async function drawPicture(place, found, finder) {
    const label = `${count(found.length, "note")}, in ${count(head.groups.length, "disc")} by channel or folder. The table below tells how these are linked.`;
    const sky = el("div", { class: "sky", role: "img", "aria-label": label });
    const told = el("p", { class: "sky-told" }, "Point at a note to see what it leads to, and what leads to it.");
    const button = (text, title, work) =>
        el("button", { type: "button", class: "button", "aria-label": title, title, onclick: work }, text);
    const tools = el(
        "div",
        { class: "sky-tools" },
        finder((note) => {
            light(note);
            picture.look(note);
            say(told.textContent);
        }),
        el(
            "span",
            { class: "actions" },
            button("+", "+ larger", () => picture.zoom(1.5)),
            button("−", "− smaller", () => picture.zoom(1 / 1.5)),
            button("All", "All of the vault", () => picture.reset()),
        ),
    );
    place.append(tools, sky, told);
    let lit = -1;
    const light = (note) => {
        if (note === lit) return;
        lit = note;
        picture.light(note < 0 ? null : note);
        if (note < 0) return;
        const path = found.rows.paths[note];
        told.replaceChildren(
            el("a", { href: address({ note: path }) }, nameOf(path)),
            ` in ${groupName(head.groups[found.rows.groups[note]])}: ${number(found.incoming[note])} lead here, it leads to ${number(found.leads(note).length)}`,
        );
    };
    const click = (note) => {
        location.hash = address({ note: found.rows.paths[note] });
        document.getElementById("ego-title").scrollIntoView();
    };
    picture?.end();
    const doings = { hover: light, click };
    picture = hasWebGL()
        ? await Stars.in(sky, found, looks(found), doings)
        : new Plane(sky, found, looks(found), doings);
}
