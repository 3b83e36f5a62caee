// The whole vault in one picture, drawn by sigma (WebGL 2). Where each note stands was worked out beforehand.

import { count, el, number, say } from "./dom.js";
import { head, unpacked } from "./data.js";
import { groupName } from "./channels.js";
import { address } from "./state.js";
import { nameOf } from "./text.js";

const MOST_LIT = 400; // neighbours that are lit at once
let libraries = null;
let sigma = null;

// Runs the libraries, once. The page's policy knows them by their digests.
async function opened() {
  if (libraries) return libraries;
  for (const name of ["graphology", "sigma"]) {
    const script = document.createElement("script");
    script.textContent = await unpacked(name);
    document.head.append(script);
  }
  libraries = { Graph: globalThis.graphology, Sigma: globalThis.Sigma };
  return libraries;
}

const hasWebGL = () => Boolean(document.createElement("canvas").getContext("webgl2"));

// Colours that differ, in their order, as light as the page is dark.
function colours(n, isDark) {
  return Array.from({ length: n }, (_, i) => {
    const hue = (i * 137.508 + 205) % 360;
    const [saturation, lightness] = [0.42 + 0.1 * (i % 3), (isDark ? 0.62 : 0.46) + 0.07 * (i % 2)];
    const part = (k) => {
      const at = (k + hue / 30) % 12;
      const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(at - 3, 9 - at, 1));
      return Math.round(255 * value).toString(16).padStart(2, "0");
    };
    return `#${part(0)}${part(8)}${part(4)}`;
  });
}

function graphOf(Graph, found, isDark) {
  const { groups, paths } = found.rows;
  const palette = colours(head.groups.length, isDark);
  const graph = new Graph({ type: "directed", multi: false });
  for (let note = 0; note < found.length; note++) {
    graph.addNode(String(note), { x: found.x[note], y: -found.y[note], size: 1.6 + 0.5 * Math.sqrt(found.incoming[note]), color: palette[groups[note]], label: nameOf(paths[note]) });
  }
  // that a note and its channel's lead to one another its place shows
  const hubs = new Map(head.groups.map((name, group) => [`${name}.md`, group]));
  const own = paths.map((path) => hubs.get(path));
  for (let note = 0; note < found.length; note++) {
    for (const next of found.leads(note)) {
      if (own[next] === groups[note] || own[note] === groups[next]) continue;
      graph.addEdge(String(note), String(next));
    }
  }
  return graph;
}

function styles(isDark) {
  const [line, lit, text] = isDark ? ["#ffffff10", "#f2c14e", "#eceae6"] : ["#00000010", "#b3382c", "#23221f"];
  return {
    nodes: {
      x: { attribute: "x" },
      y: { attribute: "y" },
      size: { attribute: "size" },
      color: { whenState: "isHighlighted", then: lit, else: { attribute: "color" } },
      label: { attribute: "label" },
      labelColor: text,
      labelSize: 12,
      labelVisibility: { whenState: "isHovered", then: "visible", else: "auto" },
      visibility: "visible",
      depth: { whenState: "isHighlighted", then: "topNodes", else: "nodes" },
    },
    edges: {
      size: { whenState: "isHighlighted", then: 1.5, else: 0.6 },
      color: { whenState: "isHighlighted", then: lit, else: line },
      depth: { whenState: "isHighlighted", then: "topEdges", else: "edges" },
      visibility: "visible",
    },
  };
}

// Draws the vault into a place, below a field to find a note by.
export async function drawPicture(place, found, finder) {
  if (!hasWebGL()) {
    place.append(el("p", { class: "notice" }, "This browser cannot draw so many notes (it has no WebGL 2). The table below tells how the channels are linked."));
    return;
  }
  const { Graph, Sigma } = await opened();
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const graph = graphOf(Graph, found, isDark);
  const sky = el("div", { class: "sky", role: "img", "aria-label": `${count(found.length, "note")}, in ${count(head.groups.length, "disc")} by channel or folder. The table below tells how these are linked.` });
  const told = el("p", { class: "sky-told" }, "Point at a note to see what it leads to, and what leads to it.");
  sigma?.kill();
  const button = (label, title, work) => el("button", { type: "button", class: "button", "aria-label": title, title, onclick: work }, label);
  const camera = () => sigma.getCamera();
  const tools = el("div", { class: "sky-tools" }, finder((note) => find(note)),
    el("span", { class: "actions" }, button("+", "+ larger", () => camera().animatedZoom()), button("−", "− smaller", () => camera().animatedUnzoom()), button("All", "All of the vault", () => camera().animatedReset())));
  place.append(tools, sky, told);
  sigma = new Sigma(graph, sky, {
    styles: styles(isDark),
    settings: { hideEdgesOnMove: true, hideLabelsOnMove: found.length > 3000, labelDensity: 0.6, labelRenderedSizeThreshold: 7, gestureTarget: "shared", enableCameraRotation: false, zIndex: true },
  });
  let lit = [[], []];
  const darken = () => {
    sigma.setNodesState(lit[0], { isHighlighted: false });
    sigma.setEdgesState(lit[1], { isHighlighted: false });
    lit = [[], []];
  };
  const light = (node) => {
    darken();
    const edges = graph.edges(node).slice(0, MOST_LIT);
    lit = [[...new Set([node, ...edges.map((edge) => graph.opposite(node, edge))])], edges];
    sigma.setNodesState(lit[0], { isHighlighted: true });
    sigma.setEdgesState(lit[1], { isHighlighted: true });
    tell(Number(node));
  };
  const tell = (note) => {
    const name = nameOf(found.rows.paths[note]);
    const link = el("a", { href: address({ note: found.rows.paths[note] }) }, name);
    told.replaceChildren(link, ` in ${groupName(head.groups[found.rows.groups[note]])}: ${number(found.incoming[note])} lead here, it leads to ${number(found.leads(note).length)}`);
  };
  const find = (note) => {
    light(String(note));
    const { x, y } = sigma.graphToFramedGraph({ x: found.x[note], y: -found.y[note] });
    camera().animate({ x, y, ratio: 0.12 }, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400 });
    say(told.textContent);
  };
  sigma.on("enterNode", ({ node }) => light(node));
  sigma.on("leaveNode", darken);
  sigma.on("clickNode", ({ node }) => {
    location.hash = address({ note: found.rows.paths[Number(node)] });
    document.getElementById("ego-title").scrollIntoView();
  });
}
