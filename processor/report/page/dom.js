// Elements made of data: whatever a note holds becomes text, and never markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
    for (const [name, value] of Object.entries(properties ?? {})) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else if (name === "style") for (const [key, set] of Object.entries(value)) element.style.setProperty(key, set);
        else if (name === "value") element.value = value;
        else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(
        ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
    );
    return element;
}

// An element with attributes (`on…` is a listener, `style` an object) and children, of which strings are text.
export function el(tag, properties, ...children) {
    return fill(document.createElement(tag), properties, children);
}

export function svg(tag, properties, ...children) {
    return fill(document.createElementNS(SVG, tag), properties, children);
}

const NUMBERS = new Intl.NumberFormat("en");
export const number = (n) => NUMBERS.format(n);
export const count = (n, noun, many = `${noun}s`) => `${number(n)} ${n === 1 ? noun : many}`;
export function percent(part, whole) {
    if (!whole) return "–";
    const tenths = Math.floor((1000 * part) / whole);
    return part && !tenths ? "< 0.1 %" : `${tenths / 10} %`;
}

// Tells a screen reader what has happened, without moving the focus.
export function say(text) {
    document.getElementById("said").textContent = text;
}

export function debounced(wait, work) {
    let timer = 0;
    return (...args) => {
        clearTimeout(timer);
        timer = setTimeout(() => work(...args), wait);
    };
}

// A button that copies a text, and says so.
export function copier(label, text, title) {
    const button = el("button", { type: "button", class: "quiet", title }, label);
    button.addEventListener("click", async (event) => {
        event.stopPropagation();
        let done = true;
        try {
            await navigator.clipboard.writeText(text);
        } catch {
            done = copiedOldWay(text);
        }
        button.textContent = done ? "Copied" : "Not copied";
        say(done ? `Copied: ${text}` : "The browser did not let the page copy");
        setTimeout(() => (button.textContent = label), 1500);
    });
    return button;
}

function copiedOldWay(text) {
    const field = el("textarea", { class: "hidden", value: text, "aria-hidden": "true" });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
}
