// The graph of one note: what leads to it, what it leads to, two steps far; and the way to the picture of the whole vault.

import { count, debounced, el, number, say, svg } from "./dom.js";
import { begins, block, findings, head } from "./data.js";
import { groupName } from "./channels.js";
import { obsidian } from "./findings.js";
import { drawPicture } from "./picture.js";
import { address, go, state } from "./state.js";
import { folderOf, nameOf, visible } from "./text.js";

const MOST_SHOWN = [14, 18]; // notes that are drawn a side, of the first step and of the second
const MOST_LISTED = 500;
let graph = null;

// The links of the vault, both ways, as stretches of numbers of notes.
export async function links() {
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
  for (let note = 0; note < data.links.length; note++) for (let i = from[note]; i < from[note + 1]; i++) by[fill[to[i]]++] = note;
  const asks = new Map();
  missing.notes.forEach((steps, name) => {
    let note = 0;
    for (const step of steps) asks.set((note += step), [...(asks.get(note) ?? []), name]);
  });
  graph = {
    x: data.x, y: data.y, rows, incoming, missing, length: data.links.length,
    leads: (note) => to.subarray(from[note], from[note + 1]),
    led: (note) => by.subarray(back[note], back[note + 1]),
    wants: (note) => asks.get(note) ?? [],
  };
  return graph;
}

export async function drawGraph(main) {
  const place = el("div");
  const whole = el("div", { class: "whole" });
  main.append(el("h1", null, "Links"), el("p", { class: "lead" }, "What leads to a note, and where it leads; the whole vault in one picture below."));
  const found = await links();
  if (!found.length) {
    main.append(el("p", { class: "empty" }, "There are no notes here."));
    return null;
  }
  main.append(finder(found, "note", "Note", (note) => go({ note: found.rows.paths[note] })), place, whole);
  const show = () => {
    const asked = found.rows.paths.indexOf(state.note ?? "");
    drawNote(place, found, asked >= 0 ? asked : mostWanted(found));
  };
  show();
  drawWhole(whole, found);
  return show;
}

const mostWanted = (found) => found.incoming.reduce((best, n, note) => (n > found.incoming[best] ? note : best), 0);

// A field in which a note is found by its name.
export function finder(found, id, label, choose) {
  const options = el("ul", { class: "options", role: "listbox", id: `${id}-options`, "aria-label": label, hidden: true });
  const input = el("input", { id, type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-options`, "aria-autocomplete": "list", autocomplete: "off", placeholder: "Find a note by its name" });
  let [shown, active] = [[], -1];
  const close = () => {
    options.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (i) => {
    input.value = "";
    close();
    choose(shown[i]);
  };
  const light = (i) => {
    active = i;
    [...options.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === i)));
    if (i >= 0) input.setAttribute("aria-activedescendant", `${id}-${i}`);
  };
  const look = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return close();
    shown = [];
    for (let note = 0; note < found.length && shown.length < 4000; note++) {
      const path = found.rows.paths[note].toLowerCase();
      if (words.every((word) => path.includes(word))) shown.push(note);
    }
    shown.sort((a, b) => found.incoming[b] - found.incoming[a]).splice(12);
    options.replaceChildren(...shown.map((note, i) => el("li", { role: "option", id: `${id}-${i}`, "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => take(i) },
      nameOf(found.rows.paths[note]), " ", el("span", { class: "folder" }, folderOf(found.rows.paths[note])))));
    options.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    light(shown.length ? 0 : -1);
    say(shown.length ? count(shown.length, "note") : "No note has that name");
    return null;
  };
  input.addEventListener("input", debounced(50, look));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (options.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) light((active + step + shown.length) % shown.length);
    else if (event.key === "Enter" && active >= 0) take(active);
    else return;
    event.preventDefault();
  });
  return el("div", { class: "finder field" }, el("label", { for: id }, label), input, options);
}

// One note

function drawNote(place, found, note) {
  const { paths } = found.rows;
  const wants = found.wants(note);
  const [led, leads] = [[...found.led(note)], [...found.leads(note)]];
  const path = paths[note];
  const facts = `${count(led.length, "note")} ${led.length === 1 ? "leads" : "lead"} here; it leads to ${count(leads.length, "note")}${wants.length ? ` and asks for ${count(wants.length, "missing one", "missing ones")}` : ""}.`;
  const open = head.vault ? el("a", { class: "button", href: obsidian(path) }, "Open in Obsidian") : null;
  place.replaceChildren(
    el("section", { "aria-labelledby": "ego-title" }, el("h2", { id: "ego-title" }, nameOf(path), " ", el("span", { class: "folder" }, folderOf(path))),
      el("p", { class: "hint" }, facts, " ", open),
      el("div", { class: "scroll", role: "group", "aria-label": "The picture of its links", tabindex: 0 }, picture(found, note, [...led], [...leads], wants, Math.max(900, place.clientWidth))),
      el("div", { class: "columns" },
        listed("Leads to it", led, paths), listed("It leads to", leads, paths), wants.length ? absentOnes(found, wants) : null)));
}

function listed(title, notes, paths) {
  const items = notes.slice(0, MOST_LISTED).map((note) => el("li", null, el("a", { href: address({ note: paths[note] }) }, nameOf(paths[note]))));
  const more = notes.length > MOST_LISTED ? el("p", { class: "hint" }, `and ${number(notes.length - MOST_LISTED)} more`) : null;
  return el("section", null, el("h3", null, `${title} (${number(notes.length)})`), notes.length ? el("ul", null, items) : el("p", { class: "hint" }, "none"), more);
}

function absentOnes(found, wants) {
  return el("section", null, el("h3", null, `It asks for (${number(wants.length)})`), el("ul", null, wants.map((name) => el("li", null, visible(found.missing.name[name]), " ", el("span", { class: "hint" }, "missing")))));
}

function picture(found, note, led, leads, wants, room) {
  const { paths } = found.rows;
  const byWeight = (a, b) => found.incoming[b] - found.incoming[a] || a - b;
  const [first, second] = MOST_SHOWN;
  const right = leads.sort(byWeight).slice(0, first);
  const near = { right, left: led.filter((one) => !right.includes(one)).sort(byWeight).slice(0, first) };
  const both = right.filter((one) => led.includes(one));
  const seen = new Set([note, ...near.left, ...near.right]);
  const further = (of, step) => {
    const all = new Map();
    for (const one of of) for (const next of step(one)) if (!seen.has(next)) all.set(next, [...(all.get(next) ?? []), one]);
    return [...all].sort((a, b) => b[1].length - a[1].length || byWeight(a[0], b[0])).slice(0, second);
  };
  const [far, beyond] = [further(near.left, found.led), further(near.right, found.leads)];
  const ghosts = wants.slice(0, Math.max(3, first - near.right.length));
  const tallest = Math.max(far.length, near.left.length, near.right.length + ghosts.length, beyond.length, 3);
  const [width, step] = [room, 24];
  const high = tallest * step + 30;
  const column = (n, i) => (high * (i + 1)) / (n + 1);
  const at = new Map([[note, [width / 2, high / 2]]]);
  const put = (list, x) => list.forEach((one, i) => at.set(one, [x, column(list.length, i)]));
  put(far.map(([one]) => one), 0.11 * width);
  put(near.left, 0.3 * width);
  put([...near.right, ...ghosts.map((name) => `g${name}`)], 0.7 * width);
  put(beyond.map(([one]) => one), 0.89 * width);
  const curve = (a, b, kind) => {
    const [[x1, y1], [x2, y2]] = [at.get(a), at.get(b)];
    const middle = (x1 + x2) / 2;
    return svg("path", { class: `edge ${kind}`, d: `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}` });
  };
  const edges = [
    ...near.left.map((one) => curve(one, note, "near")), ...near.right.map((one) => curve(note, one, both.includes(one) ? "both" : "near")), ...ghosts.map((name) => curve(note, `g${name}`, "broken")),
    ...far.flatMap(([one, to]) => to.map((next) => curve(one, next, "far"))), ...beyond.flatMap(([one, from]) => from.map((next) => curve(next, one, "far"))),
  ];
  const dot = (one, kind) => {
    const [x, y] = at.get(one);
    const name = typeof one === "string" ? visible(found.missing.name[Number(one.slice(1))]) : nameOf(paths[one]);
    const short = name.length > 30 ? `${name.slice(0, 29)}…` : name;
    const radius = kind === "own" ? 9 : Math.min(8, 3 + Math.log1p(found.incoming[one] ?? 0));
    const group = svg("g", { class: `node ${kind}` }, svg("circle", { cx: x, cy: y, r: radius }), svg("text", { x, y: y - radius - 3, "text-anchor": "middle" }, short), svg("title", null, typeof one === "string" ? `${name} (missing)` : visible(paths[one])));
    if (typeof one !== "string" && kind !== "own") group.addEventListener("click", () => go({ note: paths[one] }));
    return group;
  };
  const nodes = [...far.map(([one]) => dot(one, "second")), ...beyond.map(([one]) => dot(one, "second")), ...near.left.map((one) => dot(one, "first")), ...near.right.map((one) => dot(one, "first")), ...ghosts.map((name) => dot(`g${name}`, "ghost")), dot(note, "own")];
  const label = `${nameOf(paths[note])} in the middle; what leads to it on the left, where it leads on the right. The lists below say the same.`;
  return el("div", { role: "img", "aria-label": label }, svg("svg", { class: "ego", viewBox: `0 0 ${width} ${high}`, width, height: high, "aria-hidden": "true" }, edges, nodes));
}

// The whole vault

function drawWhole(place, found) {
  const sky = el("div");
  const start = el("button", { type: "button", class: "button", onclick: async () => {
    start.disabled = true;
    start.textContent = "Drawing…";
    await new Promise((ready) => setTimeout(ready, 20));
    await drawPicture(sky, found, (choose) => finder(found, "star", "Find in the picture", choose));
    start.remove();
  } }, `Draw all ${count(found.length, "note")}`);
  const alone = [...Array(found.length).keys()].filter((note) => !found.incoming[note] && !found.leads(note).length);
  const orphans = alone.length ? el("details", null, el("summary", null, `${count(alone.length, "note")} ${alone.length === 1 ? "has" : "have"} no link to or from another`),
    el("ul", { class: "askers" }, alone.slice(0, MOST_LISTED).map((note) => el("li", null, el("a", { href: address({ note: found.rows.paths[note] }) }, nameOf(found.rows.paths[note]))))),
    alone.length > MOST_LISTED ? el("p", { class: "hint" }, `and ${number(alone.length - MOST_LISTED)} more`) : null) : null;
  place.append(el("section", { "aria-labelledby": "whole-title" }, el("h2", { id: "whole-title" }, "The whole vault"),
    el("p", { class: "hint" }, "A dot a note, as large as much leads to it; a colour and a disc a channel or folder."), start, sky, byGroup(found), orphans, islands(found)));
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
  const apart = [...members.values()].sort((a, b) => b.length - a.length).slice(1).filter((of) => of.length > 1);
  if (!apart.length) return null;
  const item = (of) => el("li", null, el("a", { href: address({ note: found.rows.paths[of[0]] }) }, nameOf(found.rows.paths[of[0]])), ` and ${count(of.length - 1, "other note")}`);
  return el("details", null, el("summary", null, `${count(apart.length, "island")}: notes that are linked with one another only`), el("ul", { class: "askers" }, apart.slice(0, MOST_LISTED).map(item)));
}

// The table behind the picture: how the channels are linked.
function byGroup(found) {
  const { groups } = found.rows;
  const rows = head.groups.map((name) => ({ name, notes: 0, inside: 0, out: 0 }));
  for (let note = 0; note < found.length; note++) {
    const own = rows[groups[note]];
    own.notes += 1;
    for (const next of found.leads(note)) own[groups[next] === groups[note] ? "inside" : "out"] += 1;
  }
  rows.sort((a, b) => b.notes - a.notes);
  return el("details", null, el("summary", null, "The picture as a table"), el("div", { class: "scroll", role: "group", "aria-label": "Links by channel", tabindex: 0 },
    el("table", null, el("thead", null, el("tr", null, ["Channel or folder", "Notes", "Links within", "Links to others"].map((t, i) => el("th", { scope: "col", class: i ? "n" : null }, t)))),
      el("tbody", null, rows.map((row) => el("tr", null, el("th", { scope: "row" }, groupName(row.name)), [row.notes, row.inside, row.out].map((n) => el("td", { class: "n" }, number(n)))))))));
}
