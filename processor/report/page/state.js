// What is shown, and by which filters: it stands in the address, so that a view can be sent.

export const VIEWS = ["overview", "findings", "missing", "videos", "graph"];
export const FILTERS = ["q", "rule", "severity", "mend", "channel", "folder", "since"];
const listeners = new Set();
export const state = read();

function read() {
    const [view, query] = location.hash.slice(1).split(/\?(.*)/s);
    const known = VIEWS.includes(view) ? view : "overview";
    return { ...Object.fromEntries(new URLSearchParams(query ?? "")), view: known };
}

// The address of what is shown with some changes; an empty value takes a filter away.
export function address(changes) {
    const { view, ...rest } = { ...state, ...changes };
    const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value));
    return `#${view}${query.size ? `?${query}` : ""}`;
}

// The options of a filter, with what an address asks for that is not there any more.
export function choices(name, options) {
    const asked = state[name];
    return !asked || options.some(([value]) => value === asked) ? options : [...options, [asked, `${asked} (none)`]];
}

// Shows something else. What only narrows a view leaves no step to go back to.
export function go(changes) {
    const before = { ...state };
    const to = address(changes);
    if (to === location.hash) return;
    const isStep = changes.view !== undefined && changes.view !== before.view;
    history[isStep ? "pushState" : "replaceState"](null, "", to);
    moved(before);
}

function moved(before) {
    for (const key of Object.keys(state)) delete state[key];
    Object.assign(state, read());
    for (const listener of listeners) listener(state, before);
}

export function onChange(listener) {
    listeners.add(listener);
}

addEventListener("popstate", () => {
    if (location.hash !== "#main") moved({ ...state });
});
