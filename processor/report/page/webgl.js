// The picture of all notes drawn by sigma, on WebGL 2.

import { unpacked } from "./data.js";
import { Lines } from "./lines.js";
import { nameOf } from "./text.js";

const NAMED = 7; // the size from which on a note has its name beside it, as a hub always has
let libraries = null;

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

function styles({ line, lit, text }) {
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

// What `Plane` does, by sigma.
export class Stars {
    static async in(sky, found, show, told) {
        const { Graph, Sigma } = await opened();
        return new Stars(new Graph({ type: "directed", multi: false }), Sigma, sky, found, show, told);
    }

    constructor(graph, Sigma, sky, found, show, { hover, click }) {
        Object.assign(this, { graph, found, sky, lit: [[], []] });
        const hubs = new Set(show.hubs);
        for (let note = 0; note < found.length; note++) {
            const size = Math.max(hubs.has(note) ? NAMED : 0, 2.2 + 0.35 * Math.sqrt(found.incoming[note]));
            graph.addNode(String(note), {
                x: found.x[note],
                y: -found.y[note],
                size,
                color: show.colours[note],
                label: nameOf(found.rows.paths[note]),
            });
        }
        this.sigma = new Sigma(graph, sky, {
            styles: styles(show),
            settings: {
                hideEdgesOnMove: true,
                hideLabelsOnMove: true,
                labelDensity: 0.6,
                labelRenderedSizeThreshold: NAMED,
                gestureTarget: "shared",
                enableCameraRotation: false,
            },
        });
        this.threads = new Lines(sky, found, show.edges, show);
        this.sigma.on("afterRender", () => this.follow());
        this.follow();
        this.sigma.on("enterNode", ({ node }) => hover(Number(node)));
        this.sigma.on("leaveNode", () => hover(-1));
        this.sigma.on("clickNode", ({ node }) => click(Number(node)));
    }

    // Has the links seen as the notes are.
    follow() {
        const [from, to] = [
            { x: 0, y: 0 },
            { x: 1000, y: 0 },
        ].map((place) => this.sigma.graphToViewport(place));
        const { clientWidth: width, clientHeight: height } = this.sky;
        this.threads.show({ left: from.x, top: from.y, scale: (to.x - from.x) / 1000, width, height });
    }

    zoom(factor) {
        const camera = this.sigma.getCamera();
        camera.setState({ ratio: camera.getState().ratio / factor });
    }

    reset() {
        this.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1 });
    }

    look(note) {
        const { x, y } = this.sigma.graphToFramedGraph({ x: this.found.x[note], y: -this.found.y[note] });
        this.sigma.getCamera().setState({ x, y, ratio: 0.12 });
    }

    light(note) {
        const { graph, sigma, found } = this;
        sigma.setNodesState(this.lit[0], { isHighlighted: false });
        for (const edge of this.lit[1]) graph.dropEdge(edge);
        this.lit = [[], []];
        if (note === null) return;
        const own = String(note);
        const pairs = [...found.leads(note)]
            .map((next) => [note, next])
            .concat([...found.led(note)].map((before) => [before, note]));
        for (const [from, to] of pairs.slice(0, 400))
            if (!graph.hasEdge(String(from), String(to))) graph.addEdge(String(from), String(to));
        const edges = graph.edges(own).slice(0, 400);
        this.lit = [[...new Set([own, ...edges.map((edge) => graph.opposite(own, edge))])], edges];
        sigma.setNodesState(this.lit[0], { isHighlighted: true });
        sigma.setEdgesState(edges, { isHighlighted: true });
    }

    end() {
        this.threads.end();
        this.sigma.kill();
    }
}
