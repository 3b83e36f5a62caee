// The videos: of each its notes, and their stamps drawn along its time.

import { count, debounced, el, number, svg } from "./dom.js";
import { block, findings, head, begins } from "./data.js";
import { groupName } from "./channels.js";
import { obsidian } from "./findings.js";
import { List } from "./list.js";
import { choices, go, state } from "./state.js";
import { clock, nameOf, visible } from "./text.js";

const STATES = {
    l: ["linked", "linked"],
    u: ["unlinked", "not linked"],
    d: ["doubtful", "doubtful"],
    p: ["past", "past the end"],
};
const [NEAR, SHORTEST] = [60, 120]; // seconds: as `ytvault captions --coverage` has them
const [TOP, TOP_NARROW, STRIP, NAMED, AXIS] = [44, 66, 20, 18, 26]; // pixels, as in style.css
const TICK = 2.5; // pixels: how wide a stamp is drawn
const TICKS = 600; // places along a strip that can be told apart
const MOST_LISTED = 1000; // stamps of a note
const MOST_STRIPS = 6; // notes of a video that are drawn before it is opened
let videos = null;
let rows = null;
let list = null;
let chosen = [];

export async function drawVideos(main) {
    const result = el("p", { class: "count", role: "status" });
    const search = el("input", {
        id: "video",
        type: "search",
        value: state.q ?? "",
        placeholder: "Video, note",
        autocomplete: "off",
    });
    search.addEventListener(
        "input",
        debounced(60, () => go({ q: search.value.trim() })),
    );
    const pick = (name, label, options) =>
        el(
            "span",
            { class: "field" },
            el("label", { for: `video-${name}` }, label),
            el(
                "select",
                { id: `video-${name}`, onchange: (event) => go({ [name]: event.target.value }) },
                choices(name, options).map(([value, text]) => el("option", { value, selected: (state[name] ?? "") === value }, text)),
            ),
        );
    const channels = [...head.groups].sort((a, b) => (groupName(a) < groupName(b) ? -1 : 1));
    list?.close();
    list = new List({ label: "Videos", height, draw });
    main.append(
        el("h1", null, "Videos"),
        el("p", { class: "lead" }, "The stamps of each note along the time of its video."),
        el(
            "ul",
            { class: "legend" },
            Object.values(STATES).map(([name, text]) => el("li", null, el("span", { class: `key ${name}` }), text)),
            el("li", null, el("span", { class: "key gap" }), "no note speaks of it"),
        ),
        el(
            "form",
            {
                class: "filters",
                role: "search",
                "aria-label": "Filter the videos",
                onsubmit: (event) => event.preventDefault(),
            },
            el("span", { class: "field wide" }, el("label", { for: "video" }, "Search"), search),
            pick("stamps", "Stamps", [
                ["", "all"],
                ["u", "some not linked"],
                ["d", "some doubtful"],
                ["p", "some past the end"],
            ]),
            pick("channel", "Channel", [["", "all"], ...channels.map((group) => [group, groupName(group)])]),
        ),
        result,
        list.element,
    );
    rows = await findings();
    videos = made(await block("videos"));
    const show = () => {
        chosen = videos.filter(passes);
        const stamps = chosen.reduce((sum, video) => sum + video.stamps, 0);
        result.textContent = chosen.length
            ? `${count(chosen.length, "video")} with ${count(stamps, "stamp")}`
            : videos.length
              ? "No video passes these filters."
              : "No note is about a video.";
        list.reset(chosen.length);
    };
    show();
    return show;
}

// The videos as objects, made once.
function made(data) {
    if (data.made) return data.made;
    const from = begins(data.stamps);
    let strip = 0;
    data.made = data.strips.map((strips, i) => {
        const of = [];
        let [all, end, last] = [0, 0, 0];
        for (let n = 0; n < strips; n++, strip++) {
            const seconds = [];
            let at = 0;
            for (let j = from[strip]; j < from[strip + 1]; j++) seconds.push((at += data.seconds[j]));
            of.push({ note: data.note[strip], seconds, states: data.states.slice(from[strip], from[strip + 1]) });
            all += seconds.length;
            last = Math.max(last, at);
            const { states } = of.at(-1);
            for (let j = 0; j < seconds.length; j++) if (isSure(states[j])) end = Math.max(end, seconds[j]);
        }
        of.sort((a, b) => b.seconds.length - a.seconds.length);
        return {
            id: data.id[i] ?? "",
            title: data.title[i] ?? "",
            number: i + 1,
            length: data.length[i],
            end: data.length[i] || end || last,
            strips: of,
            stamps: all,
        };
    });
    return data.made;
}

const isSure = (state) => state === "l" || state === "u";

function passes(video) {
    if (state.stamps && !video.strips.some((strip) => strip.states.includes(state.stamps))) return false;
    if (state.channel) {
        const group = head.groups.indexOf(state.channel);
        if (!video.strips.some((strip) => rows.groups[strip.note] === group)) return false;
    }
    const words = (state.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return true;
    const text = [video.id, video.title, ...video.strips.map((strip) => rows.paths[strip.note])]
        .join("\n")
        .toLowerCase();
    return words.every((word) => text.includes(word));
}

// The note that says most of a video gives it a name, where there is no title.
const titleOf = (video) =>
    visible(video.title) || (head.redacted ? `video ${video.number}` : nameOf(rows.paths[video.strips[0].note]));
const shownStrips = (video) => Math.min(video.strips.length, MOST_STRIPS);

function height(i) {
    return (innerWidth < 720 ? TOP_NARROW : TOP) + shownStrips(chosen[i]) * (STRIP + NAMED) + AXIS;
}

// The stretches of which no note speaks.
function gaps(video) {
    const sure = (strip) => strip.seconds.filter((_, i) => isSure(strip.states[i]));
    const all = video.strips.flatMap(sure).sort((a, b) => a - b);
    const found = [];
    let at = 0;
    for (const second of [...all, video.length ? video.length + NEAR : NaN]) {
        if (second - NEAR - at >= SHORTEST) found.push([at, second - NEAR]);
        at = Math.max(at, second + NEAR);
    }
    return found;
}

const youtube = (video, second) => `https://www.youtube.com/watch?v=${encodeURIComponent(video.id)}&t=${second}s`;

function draw(i, isOpen) {
    const video = chosen[i];
    const strips = isOpen ? video.strips : video.strips.slice(0, MOST_STRIPS);
    const opener = el(
        "button",
        { type: "button", class: "opener", "aria-expanded": String(isOpen), onclick: () => list.toggle(i) },
        el("span", { class: "name" }, titleOf(video)),
        el(
            "span",
            { class: "folder" },
            video.strips.length > 1 ? `and ${count(video.strips.length - 1, "more note")}` : "",
        ),
    );
    const facts = el(
        "span",
        { class: "facts" },
        el("span", { class: "chip" }, video.id || "no id"),
        el("span", { class: "times" }, count(video.stamps, "stamp")),
        el("span", { class: "how" }, video.length ? clock(video.length) : "length unknown"),
    );
    const silent = gaps(video);
    return el(
        "div",
        { class: `row video${isOpen ? " open" : ""}`, style: isOpen ? {} : { height: `${height(i)}px` } },
        el("div", { class: "row-head" }, opener, facts),
        strips.map((strip) => stripOf(video, strip, silent)),
        el(
            "div",
            { class: "axis", "aria-hidden": "true" },
            el("span", null, "0:00:00"),
            el("span", null, clock(video.end)),
        ),
        isOpen ? details(video, silent) : null,
    );
}

// Ticks lie over one another: of those near the pointer the nearest is meant.
function openNearest(video, strip, end, event) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const away = (second) => Math.abs(left + (0.997 * width * Math.min(second, end)) / end + TICK / 2 - event.clientX);
    const nearest = strip.seconds.reduce((best, second) => (away(second) < away(best) ? second : best));
    if (away(nearest) <= 2 * TICK) open(youtube(video, nearest), "_blank", "noreferrer");
}

function stripOf(video, strip, silent) {
    const name = nameOf(rows.paths[strip.note]);
    const end = Math.max(video.end, 1);
    const x = (second) => `${((99.7 * Math.min(second, end)) / end).toFixed(2)}%`;
    const drawn = new Set();
    const ticks = strip.seconds.map((second, i) => {
        const place = `${Math.round((TICKS * Math.min(second, end)) / end)} ${strip.states[i]}`;
        if (drawn.has(place)) return null;
        drawn.add(place);
        const [kind, words] = STATES[strip.states[i]];
        return svg(
            "rect",
            { class: kind, x: x(second), y: 2, width: TICK, height: 16 },
            svg("title", null, `${clock(second)}, ${words}`),
        );
    });
    const bands = silent.map(([a, b]) =>
        svg("rect", { class: "gap", x: x(a), y: 7, width: `${((100 * (b - a)) / end).toFixed(2)}%`, height: 6 }),
    );
    const sums = Object.entries(STATES)
        .map(([key, [, words]]) => [strip.states.split(key).length - 1, words])
        .filter(([n]) => n);
    const ground = svg("rect", { class: "ground", x: 0, y: 7, width: "100%", height: 6 });
    const size = { width: "100%", height: 20 };
    const picture = svg("svg", { class: "ticks", ...size, "aria-hidden": "true", focusable: "false" }, ground, bands, ticks);
    if (video.id && strip.seconds.length) picture.addEventListener("click", (event) => openNearest(video, strip, end, event));
    const label = `${name}: ${sums.map(([n, words]) => `${n} ${words}`).join(", ") || "no stamps"}`;
    return el(
        "div",
        { class: "strip" },
        el("span", { class: "strip-name" }, name),
        el(
            "span",
            { role: "img", "aria-label": label, class: "strip-picture" },
            picture,
        ),
    );
}

function details(video, silent) {
    const tables = video.strips.map((strip) => {
        const path = rows.paths[strip.note];
        const items = strip.seconds.slice(0, MOST_LISTED).map((second, i) => {
            const [kind, words] = STATES[strip.states[i]];
            return el(
                "li",
                null,
                el("span", { class: `key ${kind}` }),
                video.id
                    ? el("a", { href: youtube(video, second), target: "_blank", rel: "noreferrer" }, clock(second))
                    : clock(second),
                strip.states[i] === "l" ? "" : ` ${words}`,
            );
        });
        const title = head.vault ? el("a", { href: obsidian(path) }, nameOf(path)) : nameOf(path);
        return el(
            "section",
            null,
            el("h2", { class: "small" }, title),
            items.length ? el("ul", { class: "stamps" }, items) : el("p", { class: "hint" }, "no stamps"),
            strip.seconds.length > MOST_LISTED
                ? el("p", { class: "hint" }, `and ${number(strip.seconds.length - MOST_LISTED)} more`)
                : null,
        );
    });
    const said = silent.length
        ? el(
              "p",
              { class: "hint" },
              `No note speaks of ${silent
                  .slice(0, 20)
                  .map(([a, b]) => `${clock(a)} to ${clock(b)}`)
                  .join(", ")}${silent.length > 20 ? ` and ${number(silent.length - 20)} more stretches` : ""}.`,
          )
        : null;
    const whole = video.id
        ? el(
              "p",
              null,
              el("a", { href: youtube(video, 0), target: "_blank", rel: "noreferrer" }, "The video at YouTube"),
          )
        : null;
    return el("div", { class: "details" }, whole, said, tables);
}
