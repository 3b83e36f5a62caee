// The verdict, and the rules.

import { count, el, number, percent } from "./dom.js";
import { SEVERITIES, head } from "./data.js";
import { address, go, state } from "./state.js";
import { showPage, spans } from "./rulepage.js";
import { drawChannels } from "./channels.js";

const total = (of) => head.rules.reduce((sum, rule) => sum + of(rule), 0);
// A link from the verdict, which is of all rules and channels.
const all = (changes) => address({ rule: "", channel: "", severity: "", mend: "", ...changes });
const byHand = (rule) => rule.count - rule.safe - rule.unsafe;

export function drawOverview(main) {
    const ruled = el("div");
    main.append(verdict(), el("section", { "aria-labelledby": "rules-title" }, ruled));
    drawRules(ruled);
    const channels = el("section", { "aria-labelledby": "channels-title" });
    main.append(channels);
    drawChannels(channels);
    return () => {
        const pressed = document.activeElement?.textContent;
        drawRules(ruled);
        [...ruled.querySelectorAll("button.rule")].find((button) => button.textContent === pressed)?.focus();
        drawChannels(channels);
    };
}

// The verdict

function verdict() {
    const found = total((rule) => rule.count);
    const sentence = found
        ? `${count(found, "finding")} in ${count(head.notes, "note")}`
        : `Nothing is found in ${count(head.notes, "note")}`;
    const narrowed = head.whole
        ? null
        : el("p", { class: "notice" }, "This report is about some notes of the vault, not about all.");
    return el(
        "section",
        { "aria-labelledby": "verdict-title", class: "verdict" },
        el("h1", { id: "verdict-title" }, sentence),
        narrowed,
        head.redacted ? el("p", { class: "notice" }, "Names and texts are left out of this report.") : null,
        since(),
        el("dl", { class: "tiles" }, grave(), mending(found), clickable(), missing(), size()),
    );
}

function since() {
    const { since: past } = head;
    if (!past) return null;
    const than = past.file ? `Since ${past.file}: ` : "Since then: ";
    const came = el("a", { href: all({ view: "findings", since: "new" }) }, `${number(past.came)} came`);
    return el(
        "p",
        { class: "since" },
        than,
        past.came ? came : "none came",
        `, ${past.went ? number(past.went) : "none"} went.`,
    );
}

function tile(name, value, detail, { bar, to } = {}) {
    const inner = to ? el("a", { href: to }, value) : value;
    return el(
        "div",
        { class: "tile" },
        el("dt", null, name),
        el("dd", null, el("span", { class: "big" }, inner), bar, el("span", { class: "detail" }, detail)),
    );
}

function stacked(parts) {
    const all = parts.reduce((sum, [n]) => sum + n, 0) || 1;
    const pieces = parts
        .filter(([n]) => n)
        .map(([n, kind]) => el("span", { class: `part ${kind}`, style: { "flex-grow": n / all } }));
    return el("span", { class: "stack", "aria-hidden": "true" }, pieces);
}

function grave() {
    const sums = SEVERITIES.map((severity) => [
        total((rule) => (rule.severity === severity ? rule.count : 0)),
        severity,
    ]);
    const [errors, warnings, information] = sums.map(([n]) => n);
    const to = errors ? all({ view: "findings", severity: "error" }) : null;
    return tile("Errors", number(errors), `${count(warnings, "warning")}, ${number(information)} for information`, {
        bar: stacked(sums),
        to,
    });
}

function mending(found) {
    const [safe, unsafe] = [total((rule) => rule.safe), total((rule) => rule.unsafe)];
    const parts = [
        [safe, "safe"],
        [unsafe, "unsafe"],
        [found - safe - unsafe, "hand"],
    ];
    const to = safe ? all({ view: "findings", mend: "safe" }) : null;
    return tile(
        "Mended by --fix",
        number(safe),
        `${number(unsafe)} more by --unsafe-fixes, ${number(parts[2][0])} by hand`,
        { bar: stacked(parts), to },
    );
}

function clickable() {
    const { stamps, clickable: good, states } = head;
    const doubt = states.d || states.p ? `; ${number(states.d)} doubtful, ${number(states.p)} past the end` : "";
    const detail = stamps ? `${number(good)} of ${number(stamps)} start their video${doubt}` : "no note has a stamp";
    return tile("Stamps that work", stamps ? percent(good, stamps) : "–", detail, {
        bar: stacked([
            [good, "linked"],
            [stamps - good, "unlinked"],
        ]),
        to: head.videos ? all({ view: "videos" }) : null,
    });
}

function missing() {
    const { names, links } = head.missing;
    const detail = links
        ? `${count(links, "link")} ${links === 1 ? "asks" : "ask"} for them`
        : "every link leads somewhere";
    return tile("Missing notes", number(names), detail, { to: names ? all({ view: "missing" }) : null });
}

function size() {
    return tile("Notes", number(head.notes), `${count(head.videos, "video")}, ${count(head.channels, "channel")}`, {
        to: head.notes ? all({ view: "graph" }) : null,
    });
}

// The rules

const COLUMNS = [
    ["rule", "Rule", (r) => r.rule],
    ["count", "Findings", (r) => r.count],
    ["notes", "Notes", (r) => r.notes],
    ["safe", "By --fix", (r) => r.safe],
    ["unsafe", "By --unsafe-fixes", (r) => r.unsafe],
    ["hand", "By hand", byHand],
];
const order = { by: "", down: true };

function drawRules(place) {
    const title = el("h2", { id: "rules-title" }, "Rules");
    if (!head.rules.length) {
        place.replaceChildren(title, el("p", { class: "empty" }, "No rule has anything to say."));
        return;
    }
    const sorted = [...head.rules];
    const column = COLUMNS.find(([key]) => key === order.by);
    if (column) sorted.sort((a, b) => (order.down ? -1 : 1) * compare(column[2](a), column[2](b)));
    const most = Math.max(...head.rules.map((rule) => rule.count));
    const rows = sorted.map((rule) => ruleRow(rule, most));
    const extra = head.since ? el("th", { scope: "col", class: "n" }, "Came, went") : null;
    place.replaceChildren(
        title,
        el("p", { class: "hint" }, "A click on a rule shows that rule alone, here below and among the findings; a click on a number, the findings."),
        el(
            "ul",
            { class: "legend" },
            SEVERITIES.map((severity) => el("li", null, el("span", { class: `dot ${severity}` }), ` ${severity}`)),
        ),
        el(
            "div",
            { class: "scroll", role: "group", "aria-label": "Table of the rules", tabindex: 0 },
            el(
                "table",
                { class: "rules" },
                el(
                    "thead",
                    null,
                    el(
                        "tr",
                        null,
                        COLUMNS.map((c) => headCell(c, place)),
                        extra,
                    ),
                ),
                el("tbody", null, rows),
            ),
        ),
    );
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function headCell([key, label], place) {
    const on = order.by === key;
    const sort = () => {
        Object.assign(order, { by: key, down: on ? !order.down : key !== "rule" });
        drawRules(place);
        place.querySelector(`[data-key="${key}"]`).focus();
    };
    const arrow = el("span", { class: "arrow", "aria-hidden": "true" }, on ? (order.down ? "↓" : "↑") : "");
    return el(
        "th",
        {
            scope: "col",
            class: key === "rule" ? null : "n",
            "aria-sort": on ? (order.down ? "descending" : "ascending") : null,
        },
        el("button", { type: "button", class: "sort", "data-key": key, onclick: sort }, label, arrow),
    );
}

function ruleRow(rule, most) {
    const chosen = state.rule === rule.rule;
    const isOne = head.rules.filter((other) => other.rule === rule.rule).length === 1;
    const own = { view: "findings", rule: rule.rule, severity: isOne ? "" : rule.severity };
    const filter = el(
        "button",
        {
            type: "button",
            class: "rule",
            "aria-pressed": String(chosen),
            onclick: () => go({ rule: chosen ? "" : rule.rule }),
        },
        rule.rule,
    );
    const more = el(
        "button",
        { type: "button", class: "quiet", "aria-label": `About ${rule.rule}`, onclick: () => showPage(rule) },
        "About",
    );
    const bar = el("span", {
        class: `bar ${rule.severity}`,
        "aria-hidden": "true",
        style: { "inline-size": `${Math.max(0.5, (100 * rule.count) / most)}%` },
    });
    const cell = (n, mend) =>
        el(
            "td",
            { class: "n" },
            n && mend
                ? el("a", { href: address({ ...own, mend }) }, number(n))
                : n
                  ? number(n)
                  : el("span", { class: "none" }, "–"),
        );
    return el(
        "tr",
        { class: chosen ? "chosen" : null },
        el(
            "th",
            { scope: "row" },
            el(
                "span",
                { class: "rule-line" },
                el("span", { class: `dot ${rule.severity}`, title: rule.severity }),
                el("span", { class: "hidden" }, rule.severity),
                filter,
                more,
            ),
            el("span", { class: "detail" }, spans(rule.summary)),
            bar,
        ),
        el("td", { class: "n" }, rule.count ? el("a", { href: address(own) }, number(rule.count)) : "0"),
        cell(rule.notes),
        cell(rule.safe, "safe"),
        cell(rule.unsafe, "unsafe"),
        cell(byHand(rule), "hand"),
        head.since ? el("td", { class: "n" }, changes(rule)) : null,
    );
}

function changes(rule) {
    const { came, went } = rule;
    if (!came && !went) return el("span", { class: "none" }, "–");
    return el(
        "span",
        null,
        el("span", { class: "came" }, `+${number(came)}`),
        " ",
        el("span", { class: "went" }, `−${number(went)}`),
    );
}
