// What the page holds: blocks of JSON, deflated and in Base64, each opened when it is first needed.

export const head = JSON.parse(document.getElementById("head").textContent);
export const NO_CHANNEL = "/"; // what the group of notes without a channel and a folder is called in an address
head.groups = head.groups.map((name) => name || NO_CHANNEL);
export const SEVERITIES = ["error", "warning", "information"];
const FEW = 3; // excerpts of a row
const opened = new Map();

function bytes(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const packed = atob(text);
    const found = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i++) found[i] = packed.charCodeAt(i);
    return found;
}

// The text of a block; its packed form is given up.
export async function unpacked(name) {
    const element = document.getElementById(name);
    const stream = new Blob([bytes(element.textContent)]).stream().pipeThrough(new DecompressionStream("deflate"));
    element.remove();
    return new Response(stream).text();
}

export function block(name) {
    if (!opened.has(name)) opened.set(name, unpacked(name).then(JSON.parse));
    return opened.get(name);
}

// The numbers that distances from one to the next give.
export function summed(distances) {
    const found = new Int32Array(distances.length);
    for (let i = 0, at = 0; i < distances.length; i++) found[i] = at += distances[i];
    return found;
}

// Where each of some stretches of these lengths begins, and behind all of them where the last ends.
export function begins(lengths, most = Infinity) {
    const found = new Int32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) found[i + 1] = found[i] + Math.min(lengths[i], most);
    return found;
}

let made = null;

// The rows of findings: a note, a rule and a severity each.
export function findings() {
    made ??= Promise.all([block("notes"), block("rows")]).then(([notes, rows]) => new Rows(notes, rows));
    return made;
}

class Rows {
    constructor(notes, rows) {
        this.paths = notes.path;
        this.groups = notes.group;
        this.note = summed(rows.note);
        this.kinds = rows.kinds.map(([rule, severity]) => ({ rule, severity, rank: SEVERITIES.indexOf(severity) }));
        Object.assign(this, {
            kind: rows.kind,
            count: rows.count,
            safe: rows.safe,
            unsafe: rows.unsafe,
            was: rows.was,
        });
        this.gone = rows.gone ?? [];
        this.length = this.note.length;
        this.texts = null;
        this.haystacks = null;
    }

    // Opens what is shown of the rows.
    async open() {
        if (this.texts) return this;
        const texts = await block("texts");
        texts.from = begins(texts.line.length ? this.count : this.count.map(() => 0), FEW);
        texts.placed = begins(this.count);
        const edits = new Map();
        for (let i = 0; i < texts.edits.length;) {
            const [excerpt, n] = [texts.edits[i], texts.edits[i + 1]];
            const found = [];
            for (let j = 0; j < n; j++) found.push(texts.edits.slice(i + 2 + 3 * j, i + 5 + 3 * j));
            edits.set(excerpt, found);
            i += 2 + 3 * n;
        }
        texts.changes = edits;
        this.texts = texts;
        return this;
    }

    // How many excerpts a row has.
    shown(row) {
        return this.texts.from[row + 1] - this.texts.from[row];
    }

    excerpts(row) {
        const { texts } = this;
        const found = [];
        const places = this.places(row, FEW);
        for (let i = texts.from[row], n = 0; i < texts.from[row + 1]; i++, n++) {
            found.push({
                place: places[n],
                message: texts.messages[texts.message[i]],
                line: texts.line[i],
                start: texts.start[i],
                end: texts.end[i],
                fix: texts.fix[i] < 0 ? "" : texts.fixes[texts.fix[i]],
                safe: texts.safe[i] === 1,
                edits: texts.changes.get(i) ?? null,
            });
        }
        return found;
    }

    // The first places of a row, as line and column.
    places(row, most = Infinity) {
        const { texts } = this;
        const found = [];
        let line = 0;
        const end = Math.min(texts.placed[row + 1], texts.placed[row] + most);
        for (let i = texts.placed[row]; i < end; i++) {
            line += texts.places[2 * i];
            found.push([line, texts.places[2 * i + 1]]);
        }
        return found;
    }

    // What a search for text looks at, a string a row; made once.
    searched() {
        if (this.haystacks) return this.haystacks;
        const { texts, paths, note } = this;
        this.haystacks = Array.from({ length: this.length }, (_, row) => {
            let text = `${paths[note[row]]}\n${this.kinds[this.kind[row]].rule}`;
            for (let i = texts.from[row]; i < texts.from[row + 1]; i++)
                text += `\n${texts.messages[texts.message[i]]}\n${texts.line[i]}`;
            return text.toLowerCase();
        });
        return this.haystacks;
    }

    // How many findings of a row pass the filters that tell one from another.
    passing(row, filter) {
        const [all, safe, unsafe] = [this.count[row], this.safe[row], this.unsafe[row]];
        const n = { safe, unsafe, hand: all - safe - unsafe }[filter.mend] ?? all;
        return filter.since === "new" && this.was ? Math.min(n, all - this.was[row]) : n;
    }

    // The rows that pass some filters, in the order that is asked for.
    chosen(filter) {
        const { note, kind, safe, unsafe, count, kinds, groups, paths } = this;
        const wantedKinds = kinds.map(
            (k) => (!filter.rule || k.rule === filter.rule) && (!filter.severity || k.severity === filter.severity),
        );
        const group = filter.channel ? head.groups.indexOf(filter.channel) : null;
        const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
        const texts = words.length ? this.searched() : null;
        const found = [];
        for (let row = 0; row < this.length; row++) {
            if (!wantedKinds[kind[row]]) continue;
            if (group !== null && groups[note[row]] !== group) continue;
            if (filter.folder && !paths[note[row]].startsWith(filter.folder)) continue;
            if (filter.mend === "safe" && !safe[row]) continue;
            if (filter.mend === "unsafe" && !unsafe[row]) continue;
            if (filter.mend === "hand" && count[row] === safe[row] + unsafe[row]) continue;
            if (filter.since === "new" && this.was && count[row] <= this.was[row]) continue;
            if (texts && !words.every((word) => texts[row].includes(word))) continue;
            found.push(row);
        }
        if (filter.sort === "most") found.sort((a, b) => count[b] - count[a] || a - b);
        if (filter.sort === "gravest") found.sort((a, b) => kinds[kind[a]].rank - kinds[kind[b]].rank || a - b);
        return found;
    }
}
