// The picture of all notes on a 2D canvas: where there is no WebGL 2, or only one that the processor imitates.

import { el } from "./dom.js";
import { Lines } from "./lines.js";
import { nameOf } from "./text.js";

const CELL = 40; // of the grid by which notes are found, in the units of their places
const REACH = 9; // pixels from a note within which it is pointed at
const MOST_LABELS = 40;
const WAIT = 160; // milliseconds after a movement until all is drawn again

export class Plane {
    // `show` says how it looks: colours of notes, and of lines, lit ones and text; `edges` are the links that are drawn.
    constructor(sky, found, show, { hover, click }) {
        Object.assign(this, { sky, found, show, hover, click, lit: null, moving: 0, frame: 0, pointers: new Map() });
        this.canvas = el("canvas", { class: "plane" });
        this.threads = new Lines(sky, found, show.edges, show);
        sky.append(this.canvas);
        this.pen = this.canvas.getContext("2d", { willReadFrequently: true }); // where it is drawn by the processor
        const largest = [...found.x.keys()].sort((a, b) => found.incoming[b] - found.incoming[a]).slice(0, 3000);
        this.hubs = new Set(show.hubs.sort((a, b) => found.incoming[b] - found.incoming[a]));
        this.named = [...this.hubs, ...largest.filter((note) => !this.hubs.has(note))];
        this.index();
        this.listen();
        this.sized = new ResizeObserver(() => this.resize());
        this.sized.observe(sky);
        this.resize();
        this.reset();
    }

    index() {
        this.cells = new Map();
        this.byGroup = new Map();
        const { x, y } = this.found;
        for (let note = 0; note < x.length; note++) {
            const cell = `${Math.floor(x[note] / CELL)} ${Math.floor(y[note] / CELL)}`;
            if (!this.cells.has(cell)) this.cells.set(cell, []);
            this.cells.get(cell).push(note);
            const colour = this.show.colours[note];
            if (!this.byGroup.has(colour)) this.byGroup.set(colour, []);
            this.byGroup.get(colour).push(note);
        }
    }

    resize() {
        const { clientWidth, clientHeight } = this.sky;
        const density = Math.min(2, devicePixelRatio || 1);
        Object.assign(this, { width: clientWidth, height: clientHeight, density });
        Object.assign(this.canvas, { width: clientWidth * density, height: clientHeight * density });
        this.ask();
    }

    // The whole vault in view.
    reset() {
        const { x, y } = this.found;
        let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
        for (let i = 0; i < x.length; i++) {
            left = Math.min(left, x[i]);
            right = Math.max(right, x[i]);
            top = Math.min(top, y[i]);
            bottom = Math.max(bottom, y[i]);
        }
        this.whole = Math.min(this.width / (right - left + 60), this.height / (bottom - top + 60), 6);
        Object.assign(this, { x: (left + right) / 2, y: (top + bottom) / 2, scale: this.whole });
        this.ask();
    }

    look(note) {
        Object.assign(this, { x: this.found.x[note], y: this.found.y[note], scale: Math.max(this.scale, 3) });
        this.ask();
    }

    zoom(factor, at = [this.width / 2, this.height / 2]) {
        const scale = Math.max(this.whole / 2, Math.min(20, this.scale * factor));
        const [dx, dy] = [at[0] - this.width / 2, at[1] - this.height / 2];
        this.x += dx / this.scale - dx / scale;
        this.y += dy / this.scale - dy / scale;
        this.scale = scale;
        this.move();
    }

    light(note) {
        this.lit = note;
        this.ask();
    }

    end() {
        cancelAnimationFrame(this.frame);
        clearTimeout(this.moving);
        this.sized.disconnect();
        this.threads.end();
    }

    ask() {
        this.frame ||= requestAnimationFrame(() => {
            this.frame = 0;
            this.paint();
        });
    }

    // Draws the most of it now, and the rest when it stands still.
    move() {
        clearTimeout(this.moving);
        this.moving = setTimeout(() => {
            this.moving = 0;
            this.ask();
        }, WAIT);
        this.ask();
    }

    place(note) {
        return [
            (this.found.x[note] - this.x) * this.scale + this.width / 2,
            (this.found.y[note] - this.y) * this.scale + this.height / 2,
        ];
    }

    radius(note) {
        return Math.min(
            24,
            Math.max(0.9, Math.min(5, 3.1 * this.scale)) * (1 + 0.12 * Math.sqrt(this.found.incoming[note])),
        );
    }

    paint() {
        const { pen, density, width, height } = this;
        pen.setTransform(density, 0, 0, density, 0, 0);
        pen.clearRect(0, 0, width, height);
        const [left, top] = [width / 2 - this.x * this.scale, height / 2 - this.y * this.scale];
        this.threads.show({ left, top, scale: this.scale, width, height });
        for (const [colour, notes] of this.byGroup) this.dots(notes, colour);
        if (this.lit !== null) this.paintLit();
        if (!this.moving) this.labels();
    }

    dots(notes, colour, more = 0) {
        const { pen, width, height } = this;
        pen.fillStyle = colour;
        pen.beginPath();
        for (const note of notes) {
            const [x, y] = this.place(note);
            if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
            const r = this.radius(note) + more;
            if (r < 2.2) pen.rect(x - r, y - r, 2 * r, 2 * r);
            else {
                pen.moveTo(x + r, y);
                pen.arc(x, y, r, 0, 2 * Math.PI);
            }
        }
        pen.fill();
    }

    lines(pairs, colour, wide) {
        const { pen } = this;
        Object.assign(pen, { strokeStyle: colour, lineWidth: wide });
        pen.beginPath();
        for (let i = 0; i < pairs.length; i += 2) {
            pen.moveTo(...this.place(pairs[i]));
            pen.lineTo(...this.place(pairs[i + 1]));
        }
        pen.stroke();
    }

    paintLit() {
        const { found, lit, show } = this;
        const near = [...found.leads(lit), ...found.led(lit)].slice(0, 400);
        this.lines(
            near.flatMap((other) => [lit, other]),
            show.lit,
            1.2,
        );
        this.dots([lit, ...near], show.lit, 1);
        this.label(lit, true);
    }

    // The names of the channels and of the notes to which most leads, of those in view and as far as there is room.
    labels() {
        this.taken = [];
        let n = 0;
        for (const note of this.named) {
            if (n >= MOST_LABELS) break;
            const [x, y] = this.place(note);
            if (x < 0 || y < 0 || x > this.width || y > this.height || (this.radius(note) < 3.4 && !this.hubs.has(note))) continue;
            if (this.label(note, false)) n += 1;
        }
        if (this.lit !== null) this.label(this.lit, true);
    }

    label(note, isLit) {
        const { pen, show } = this;
        const [x, y] = this.place(note);
        const text = nameOf(this.found.rows.paths[note]).slice(0, 60);
        pen.font = `${isLit ? "600 13px" : "12px"} system-ui, sans-serif`;
        const [aside, wide] = [this.radius(note) + 3, pen.measureText(text).width];
        const left = x + aside + wide > this.width && x > wide ? x - aside - wide : x + aside;
        const box = [left - 4, y - 9, left + wide + 4, y + 9];
        if (!isLit && this.taken.some(([a, b, c, d]) => a < box[2] && c > box[0] && b < box[3] && d > box[1]))
            return false;
        this.taken?.push(box);
        Object.assign(pen, {
            strokeStyle: show.ground,
            lineWidth: 3,
            lineJoin: "round",
            fillStyle: show.text,
            textBaseline: "middle",
        });
        pen.strokeText(text, left, y);
        pen.fillText(text, left, y);
        return true;
    }

    // The note at a place on the screen; -1: there is none.
    at(px, py) {
        const { found } = this;
        const [x, y] = [(px - this.width / 2) / this.scale + this.x, (py - this.height / 2) / this.scale + this.y];
        const reach = Math.min(4 * CELL, REACH / this.scale + 6);
        let [best, least] = [-1, Infinity];
        for (let cx = Math.floor((x - reach) / CELL); cx <= (x + reach) / CELL; cx++) {
            for (let cy = Math.floor((y - reach) / CELL); cy <= (y + reach) / CELL; cy++) {
                for (const note of this.cells.get(`${cx} ${cy}`) ?? []) {
                    const away = Math.hypot(found.x[note] - x, found.y[note] - y) * this.scale - this.radius(note);
                    if (away < least && away < REACH) [best, least] = [note, away];
                }
            }
        }
        return best;
    }

    listen() {
        const { canvas, pointers } = this;
        const where = (event) => {
            const box = canvas.getBoundingClientRect();
            return [event.clientX - box.left, event.clientY - box.top];
        };
        let travelled = 0;
        canvas.addEventListener("pointerdown", (event) => {
            canvas.setPointerCapture(event.pointerId);
            pointers.set(event.pointerId, where(event));
            travelled = 0;
        });
        canvas.addEventListener("pointermove", (event) => {
            const to = where(event);
            const from = pointers.get(event.pointerId);
            if (!from) return this.hover(this.at(...to));
            const others = [...pointers].filter(([id]) => id !== event.pointerId);
            pointers.set(event.pointerId, to);
            travelled += Math.hypot(to[0] - from[0], to[1] - from[1]);
            if (others.length) {
                const [, other] = others[0];
                return this.zoom(
                    Math.hypot(to[0] - other[0], to[1] - other[1]) /
                        Math.max(1, Math.hypot(from[0] - other[0], from[1] - other[1])),
                    other,
                );
            }
            this.x -= (to[0] - from[0]) / this.scale;
            this.y -= (to[1] - from[1]) / this.scale;
            return this.move();
        });
        const up = (event) => {
            const isClick = pointers.delete(event.pointerId) && travelled < 4 && event.type === "pointerup";
            const note = isClick ? this.at(...where(event)) : -1;
            if (note >= 0) this.click(note);
        };
        canvas.addEventListener("pointerup", up);
        canvas.addEventListener("pointercancel", up);
        canvas.addEventListener("pointerleave", () => this.hover(-1));
        canvas.addEventListener(
            "wheel",
            (event) => {
                if (!event.ctrlKey && !event.metaKey) return;
                event.preventDefault();
                this.zoom(Math.exp(-event.deltaY / 300), where(event));
            },
            { passive: false },
        );
    }
}
