// A field in which a note is found by its name.

import { count, debounced, el, say } from "./dom.js";
import { folderOf, nameOf } from "./text.js";

export function finder(found, id, label, choose) {
    const options = el("ul", {
        class: "options",
        role: "listbox",
        id: `${id}-options`,
        "aria-label": label,
        hidden: true,
    });
    const input = el("input", {
        id,
        type: "search",
        role: "combobox",
        "aria-expanded": "false",
        "aria-controls": `${id}-options`,
        "aria-autocomplete": "list",
        autocomplete: "off",
        placeholder: "Find a note by its name",
    });
    let [shown, active] = [[], -1];
    const close = () => {
        options.hidden = true;
        input.setAttribute("aria-expanded", "false");
        input.removeAttribute("aria-activedescendant");
    };
    const take = (i) => {
        input.value = "";
        close();
        choose(shown[i]);
    };
    const light = (i) => {
        active = i;
        [...options.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === i)));
        if (i >= 0) input.setAttribute("aria-activedescendant", `${id}-${i}`);
    };
    const look = () => {
        const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        if (!words.length) return close();
        shown = [];
        for (let note = 0; note < found.length && shown.length < 4000; note++) {
            const path = found.rows.paths[note].toLowerCase();
            if (words.every((word) => path.includes(word))) shown.push(note);
        }
        shown.sort((a, b) => found.incoming[b] - found.incoming[a]).splice(12);
        options.replaceChildren(
            ...shown.map((note, i) =>
                el(
                    "li",
                    {
                        role: "option",
                        id: `${id}-${i}`,
                        "aria-selected": "false",
                        onmousedown: (event) => event.preventDefault(),
                        onclick: () => take(i),
                    },
                    nameOf(found.rows.paths[note]),
                    " ",
                    el("span", { class: "folder" }, folderOf(found.rows.paths[note])),
                ),
            ),
        );
        options.hidden = !shown.length;
        input.setAttribute("aria-expanded", String(shown.length > 0));
        light(shown.length ? 0 : -1);
        say(shown.length ? count(shown.length, "note") : "No note has that name");
        return null;
    };
    input.addEventListener("input", debounced(50, look));
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
        if (event.key === "Escape") close();
        if (options.hidden) return;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) light((active + step + shown.length) % shown.length);
        else if (event.key === "Enter" && active >= 0) take(active);
        else return;
        event.preventDefault();
    });
    return el("div", { class: "finder field" }, el("label", { for: id }, label), input, options);
}
