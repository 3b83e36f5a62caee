// A list without end: only what is in view is drawn. Its rows are as high as they are said to be, one that is open as high as
// it turns out to be.

import { el } from "./dom.js";

const BEYOND = 600; // pixels that are drawn above and below what is in view
const PRINTED = 300; // rows on paper
const TALLEST = 12_000_000; // pixels that every browser can scroll

export class List {
    // `height(i)` in pixels, `draw(i, isOpen)` the element of a row, which holds a `.opener` that takes the focus.
    constructor({ label, height, draw }) {
        Object.assign(this, {
            height,
            draw,
            opened: -1,
            active: 0,
            extra: 0,
            drawn: new Map(),
            tops: new Float64Array(1),
            length: 0,
        });
        this.element = el("div", { class: "list", role: "list", "aria-label": label });
        this.element.addEventListener("keydown", (event) => this.key(event));
        this.element.addEventListener("focusin", (event) => {
            const row = event.target.closest("[role=listitem]");
            if (row) this.activate(Number(row.dataset.index), false);
        });
        this.look = () => this.paint();
        this.fit = () => this.resize();
        this.print = () => this.spread();
        addEventListener("scroll", this.look, { passive: true });
        addEventListener("resize", this.fit);
        addEventListener("beforeprint", this.print);
        addEventListener("afterprint", this.fit);
    }

    close() {
        for (const [event, listener] of [
            ["scroll", this.look],
            ["resize", this.fit],
            ["beforeprint", this.print],
            ["afterprint", this.fit],
        ])
            removeEventListener(event, listener);
    }

    // Draws the first rows one below another, as paper has no end that one could scroll to.
    spread() {
        if (!this.element.isConnected) return;
        this.clearRows();
        for (let i = 0; i < Math.min(PRINTED, this.length); i++) this.place(i, 0);
    }

    // Shows so many rows, from the first.
    reset(length) {
        Object.assign(this, { length, opened: -1, active: 0, extra: 0 });
        this.resize();
    }

    resize() {
        if (!this.element.isConnected) return;
        const { tops, length } = this;
        this.tops = tops.length === length + 1 ? tops : new Float64Array(length + 1);
        for (let i = 0; i < length; i++) this.tops[i + 1] = this.tops[i] + this.height(i);
        this.clearRows();
        this.stretch();
        this.paint();
    }

    stretch() {
        this.element.style.height = `${Math.min(TALLEST, this.tops[this.length] + this.extra)}px`;
    }

    clearRows() {
        for (const row of this.drawn.values()) row.remove();
        this.drawn.clear();
    }

    top(i) {
        return this.tops[i] + (this.opened >= 0 && i > this.opened ? this.extra : 0);
    }

    // The row at a height.
    at(y) {
        let [low, high] = [0, this.length - 1];
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if (this.top(middle) <= y) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    // How far the rows lie from where they would be, in a list that is taller than what can be scrolled.
    offset(above) {
        const all = this.tops[this.length] + this.extra;
        if (all <= TALLEST) return 0;
        const seen = Math.max(1, TALLEST - innerHeight);
        return Math.min(1, Math.max(0, above / seen)) * (all - TALLEST);
    }

    paint() {
        if (!this.element.isConnected || !this.length) return;
        const above = -this.element.getBoundingClientRect().top;
        const shift = this.offset(above);
        const first = this.at(Math.max(0, above + shift - BEYOND));
        const last = this.at(above + shift + innerHeight + BEYOND);
        const kept = this.element.contains(document.activeElement) ? this.active : -1;
        for (const [i, row] of this.drawn) {
            if ((i < first || i > last) && i !== kept) {
                row.remove();
                this.drawn.delete(i);
            }
        }
        for (let i = first; i <= last; i++) this.place(i, shift);
        if (kept >= 0 && this.drawn.has(kept)) this.place(kept, shift);
    }

    place(i, shift) {
        let row = this.drawn.get(i);
        if (!row) {
            row = this.draw(i, i === this.opened);
            row.dataset.index = i;
            for (const [name, value] of [
                ["role", "listitem"],
                ["aria-setsize", this.length],
                ["aria-posinset", i + 1],
            ])
                row.setAttribute(name, value);
            const after = [...this.drawn].filter(([j]) => j > i).sort((a, b) => a[0] - b[0])[0]?.[1] ?? null;
            this.drawn.set(i, row);
            this.element.insertBefore(row, after);
            this.roving(i, row);
        }
        const top = `translateY(${this.top(i) - shift}px)`;
        if (row.style.transform !== top) row.style.transform = top;
        return row;
    }

    roving(i, row) {
        row.querySelector(".opener")?.setAttribute("tabindex", i === this.active ? "0" : "-1");
    }

    activate(i, focus = true) {
        const before = this.drawn.get(this.active);
        this.active = i;
        if (before) this.roving(Number(before.dataset.index), before);
        if (focus) this.reveal(i);
        const row = this.drawn.get(i);
        if (!row) return;
        this.roving(i, row);
        if (focus) row.querySelector(".opener")?.focus({ preventScroll: true });
    }

    // Scrolls until a row is in view.
    reveal(i) {
        const box = this.element.getBoundingClientRect();
        const roof = document.querySelector(".top").offsetHeight + 8;
        const shift = this.offset(-box.top);
        const y = box.top + this.top(i) - shift;
        const height = this.top(i + 1) - this.top(i);
        if (y < roof) scrollBy(0, y - roof);
        else if (y + height > innerHeight) scrollBy(0, Math.min(y + height - innerHeight + 8, y - roof));
        this.paint();
        this.place(i, this.offset(-this.element.getBoundingClientRect().top));
    }

    // Opens a row, or closes it again.
    toggle(i) {
        const focused = this.element.contains(document.activeElement);
        this.opened = this.opened === i ? -1 : i;
        this.extra = 0;
        this.clearRows();
        this.paint();
        if (this.opened >= 0) {
            const row = this.drawn.get(i);
            this.extra = Math.max(0, (row?.offsetHeight ?? 0) - (this.tops[i + 1] - this.tops[i]));
        }
        this.stretch();
        this.paint();
        if (focused) this.activate(i);
    }

    key(event) {
        const page = Math.max(1, this.at(this.top(this.active) + innerHeight * 0.8) - this.active);
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.length, End: this.length }[
            event.key
        ];
        if (!step || !event.target.classList.contains("opener")) return;
        event.preventDefault();
        this.activate(Math.max(0, Math.min(this.length - 1, this.active + step)));
    }
}
