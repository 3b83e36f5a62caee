// The page of a rule, as its author wrote it.

import { el } from "./dom.js";
import { block } from "./data.js";

export async function showPage(rule) {
    const pages = await block("rules");
    const text = pages[rule.rule] ?? "";
    const close = el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Close");
    const dialog = el(
        "dialog",
        { "aria-labelledby": "page-title", class: "page" },
        el("h2", { id: "page-title" }, rule.rule),
        el("div", { class: "prose", tabindex: 0 }, prose(text)),
        close,
    );
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    dialog.scrollTop = 0; // the focus went to the button at its foot
}

// Paragraphs, headings and samples of a docstring.
function prose(text) {
    const parts = [];
    for (const [i, piece] of text.split(/^````?[^\n]*\n/m).entries()) {
        if (i % 2) parts.push(el("pre", { tabindex: 0 }, el("code", null, piece)));
        else
            for (const paragraph of piece.split(/\n\s*\n/))
                if (paragraph.trim()) parts.push(...passage(paragraph.trim()));
    }
    return parts;
}

// A paragraph, and the list below it or alone.
function passage(text) {
    const [above, ...items] = text.split(/^[-*] /m);
    return [
        above.trim() ? el("p", null, spans(above.trim())) : null,
        items.length ? el("ul", null, items.map((item) => el("li", null, spans(item.trim())))) : null,
    ].filter(Boolean);
}

export const spans = (text) =>
    text.split(/(`` .+? ``|`[^`]+`|\*\*[^*]+\*\*)/).map((part, i) => {
        if (i % 2 === 0) return part;
        return part[0] === "*" ? el("b", null, part.slice(2, -2)) : el("code", null, part.replace(/^`+ ?| ?`+$/g, ""));
    });
