// The links of the whole vault, beneath its notes. Few are drawn line by line. Of many it is counted how often each point of the
// screen is crossed: that takes a tenth of the time, and where thousands cross one still sees which way most of them go.

import { el } from "./dom.js";

const FEW = 4000; // lines that are drawn one by one
const WAIT = 140; // milliseconds without a movement, after which they are drawn anew

// The part of a line within a rectangle, put into `into` from `at` on; false: it has none.
function clipped(x1, y1, x2, y2, width, height, into, at) {
    let [from, to] = [0, 1];
    const [dx, dy] = [x2 - x1, y2 - y1];
    for (let side = 0; side < 4; side++) {
        const step = side === 0 ? -dx : side === 1 ? dx : side === 2 ? -dy : dy;
        const room = side === 0 ? x1 : side === 1 ? width - x1 : side === 2 ? y1 : height - y1;
        if (step === 0) {
            if (room < 0) return false;
        } else if (step < 0) from = Math.max(from, room / step);
        else to = Math.min(to, room / step);
    }
    if (from >= to) return false;
    into[at] = x1 + from * dx;
    into[at + 1] = y1 + from * dy;
    into[at + 2] = x1 + to * dx;
    into[at + 3] = y1 + to * dy;
    return true;
}

export class Lines {
    // `pairs` are the numbers of notes, two by two; a view has the place of the vault's 0, 0 on the screen, and its scale.
    constructor(sky, { x, y }, pairs, { line, most }) {
        Object.assign(this, { sky, x, y, pairs, line, most, painted: null, timer: 0 });
        this.canvas = el("canvas", { class: "lines", "aria-hidden": "true" });
        sky.prepend(this.canvas);
        this.pen = this.canvas.getContext("2d", { willReadFrequently: true });
        this.ends = new Float32Array(2 * pairs.length);
    }

    // Shows them as they are seen in a view: as a picture that moves along, and drawn anew once it stands still.
    show(view) {
        const { painted } = this;
        if (painted && ["left", "top", "scale", "width", "height"].every((key) => painted[key] === view[key])) return;
        clearTimeout(this.timer);
        if (!painted || painted.width !== view.width || painted.height !== view.height) {
            this.paint(view);
            return;
        }
        const larger = view.scale / painted.scale;
        const [dx, dy] = [view.left - painted.left * larger, view.top - painted.top * larger];
        this.canvas.style.transform = `translate(${dx}px,${dy}px) scale(${larger})`;
        this.timer = setTimeout(() => this.paint(view), WAIT);
    }

    paint(view) {
        const { canvas, pen } = this;
        this.painted = view;
        canvas.style.transform = "";
        const n = this.clip(view);
        const density = n > FEW ? 1 : Math.min(2, devicePixelRatio || 1);
        Object.assign(canvas, { width: view.width * density, height: view.height * density });
        if (n > FEW) this.count(n, canvas.width, canvas.height);
        else {
            pen.setTransform(density, 0, 0, density, 0, 0);
            this.stroke(n);
        }
    }

    // Puts what is seen of each into `ends`; says of how many something is.
    clip({ left, top, scale, width, height }) {
        const { x, y, pairs, ends } = this;
        let n = 0;
        for (let i = 0; i < pairs.length; i += 2) {
            const [a, b] = [pairs[i], pairs[i + 1]];
            const [x1, y1] = [x[a] * scale + left, y[a] * scale + top];
            const [x2, y2] = [x[b] * scale + left, y[b] * scale + top];
            if (clipped(x1, y1, x2, y2, width - 1, height - 1, ends, 4 * n)) n += 1;
        }
        return n;
    }

    stroke(n) {
        const { pen, ends } = this;
        Object.assign(pen, { strokeStyle: `rgb(${this.line.join(" ")} / ${this.most / 2})`, lineWidth: 0.8 });
        pen.beginPath();
        for (let i = 0; i < 4 * n; i += 4) {
            pen.moveTo(ends[i], ends[i + 1]);
            pen.lineTo(ends[i + 2], ends[i + 3]);
        }
        pen.stroke();
    }

    count(n, width, height) {
        const { pen, ends, line } = this;
        const times = new Uint32Array(width * height);
        for (let i = 0; i < 4 * n; i += 4) {
            let [px, py] = [ends[i], ends[i + 1]];
            const [dx, dy] = [ends[i + 2] - px, ends[i + 3] - py];
            const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))) || 1;
            const [sx, sy] = [dx / steps, dy / steps];
            for (let s = 0; s < steps; s++) {
                times[(py | 0) * width + (px | 0)] += 1;
                px += sx;
                py += sy;
            }
        }
        const image = pen.createImageData(width, height);
        const pixels = new Uint32Array(image.data.buffer); // red is the lowest byte, as on all machines that browsers run on
        const colour = line[0] | (line[1] << 8) | (line[2] << 16);
        const shades = shadesOf(times, this.most);
        for (let i = 0; i < times.length; i++) {
            const n = times[i];
            if (n) pixels[i] = colour | (shades[Math.min(n, shades.length - 1)] << 24);
        }
        pen.putImageData(image, 0, 0);
    }

    end() {
        clearTimeout(this.timer);
        this.canvas.remove();
    }
}

// How much of the ground points cover that are crossed so many times: the logarithm of it, up to that of all but the most crossed.
function shadesOf(times, most) {
    const counts = new Uint32Array(1024);
    let crossed = 0;
    for (const n of times) {
        if (!n) continue;
        counts[Math.min(n, counts.length - 1)] += 1;
        crossed += 1;
    }
    let top = counts.length - 1;
    for (let above = 0; top > 1 && above + counts[top] < crossed / 50; top--) above += counts[top];
    return Uint8Array.from(counts, (_, n) => 255 * most * Math.min(1, 0.12 + (0.88 * Math.log1p(n)) / Math.log1p(top)));
}
