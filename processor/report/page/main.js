// Which part of the report is shown.

import { el, number } from "./dom.js";
import { head } from "./data.js";
import { drawFindings } from "./findings.js";
import { drawGraph } from "./graph.js";
import { drawMissing } from "./missing.js";
import { drawOverview } from "./overview.js";
import { VIEWS, address, onChange, state } from "./state.js";
import { drawVideos } from "./videos.js";
import { visible } from "./text.js";

const NAMES = {
    overview: "Overview",
    findings: "Findings",
    missing: "Missing notes",
    videos: "Videos",
    graph: "Links",
};
const DRAW = {
    overview: drawOverview,
    findings: drawFindings,
    missing: drawMissing,
    videos: drawVideos,
    graph: drawGraph,
};
const SHARED = ["rule", "channel"]; // filters that go along from one part to another
const main = document.getElementById("main");
let update = null;
let drawn = 0;

function navigation() {
    const kept = Object.fromEntries(
        Object.keys(state)
            .filter((key) => key !== "view")
            .map((key) => [key, SHARED.includes(key) ? state[key] : ""]),
    );
    const links = VIEWS.map((view) =>
        el(
            "li",
            null,
            el(
                "a",
                { href: address({ ...kept, view }), "aria-current": view === state.view ? "page" : null },
                NAMES[view],
            ),
        ),
    );
    const list = document.getElementById("nav");
    list.replaceChildren(...links);
    const current = list.querySelector("[aria-current]");
    list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}

async function show(isFirst) {
    const mine = ++drawn;
    clearTimeout(resting); // that was of the step before
    const y = history.state?.y ?? 0; // where one was in it before
    update = null;
    navigation();
    document.title = `${NAMES[state.view]} – ${head.vault ? visible(head.vault) : "ytvault report"}`;
    const inner = el("div", { class: `view ${state.view}` });
    main.replaceChildren(inner);
    const found = await DRAW[state.view](inner);
    if (mine !== drawn) return;
    update = typeof found === "function" ? found : null;
    if (y || !isFirst) scrollTo(0, y);
    if (!isFirst) main.focus({ preventScroll: true });
}

// Each step of the history remembers how far it was read, so that the way back leads to the same place: when the scrolling
// has come to rest, and before a click leads to the next step.
history.scrollRestoration = "manual";
let resting = 0;
const remember = () => {
    clearTimeout(resting);
    history.replaceState({ y: scrollY }, "");
};
addEventListener(
    "scroll",
    () => {
        clearTimeout(resting);
        resting = setTimeout(remember, 150);
    },
    { passive: true },
);
addEventListener("click", remember, { capture: true });

onChange((now, before) => {
    if (now.view !== before.view) return show(false);
    navigation();
    if (update) return update();
    const { id, dataset } = document.activeElement ?? {};
    const y = scrollY;
    return show(true).then(() => {
        scrollTo(0, y);
        if (id || dataset?.key) document.getElementById(id)?.focus();
    });
});

document.getElementById("vault").textContent = head.vault ? visible(head.vault) : "ytvault report";
document.getElementById("foot").textContent =
    `Made by ytvault ${head.version} from ${number(head.notes)} ${head.notes === 1 ? "note" : "notes"}. This file asks no server for anything.`;
show(true);
