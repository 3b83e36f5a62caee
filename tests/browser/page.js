// Looks at a page of `ytvault report` in headless Chromium, by mouse and by keyboard:
//   node page.js PAGE.html CHROMIUM [SHOTS] [webgl]
// Prints what it saw and what was wrong as JSON; with SHOTS, a folder, it leaves a picture of each part there. With `webgl` it
// looks only at the picture of the whole vault, as a graphics card draws it.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { frames, measure } from "./speed.js";

const [file, executablePath, shots, only] = process.argv.slice(2);
const home = pathToFileURL(path.resolve(file)).href;
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const VIEWS = ["overview", "findings", "missing", "videos", "graph"];
const seen = { failures: [], rules: {}, times: {} };
const fail = (text) => seen.failures.push(text);

const profile = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    bypassCSP: false,
    args: "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --use-angle=swiftshader --enable-unsafe-swiftshader".split(
        " ",
    ),
});

async function open(hash, { width = 1024, scheme = "light" } = {}) {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    page.on("console", (message) => message.type() === "error" && fail(`${hash}: ${message.text()}`));
    page.on("pageerror", (error) => fail(`${hash}: ${error.stack}`));
    page.on("dialog", (dialog) => fail(`${hash}: a dialog says ${dialog.message()}`) || dialog.dismiss());
    page.on(
        "request",
        (request) => /^(file|blob|data):/.test(request.url()) || fail(`${hash}: asks for ${request.url()}`),
    );
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
    const started = Date.now();
    await page.goto(home + hash);
    await page.waitForSelector("main h1");
    seen.times[`${hash} first`] ??= Date.now() - started;
    return page;
}

// The list of a part has its rows, or the part says that there are none.
const filled = (page) =>
    page.waitForFunction(
        () =>
            document.querySelector(".row, .rules, .ego, .empty") ||
            /\.$/.test(document.querySelector(".count")?.textContent ?? ""),
    );

async function look(page, what) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) fail(`${what}: ${wide} pixels wider than the window`);
    const strange = await page.evaluate(
        () =>
            document.querySelectorAll("img, iframe, object, embed, script[src], link, main style, main script").length,
    );
    if (strange) fail(`${what}: there are elements that the page does not make`);
}

async function accessible(page, what) {
    await page.evaluate(axe);
    const violations = await page.evaluate(() =>
        globalThis.axe.run().then((found) =>
            found.violations.map(
                (v) =>
                    `${v.id}: ${v.nodes
                        .slice(0, 3)
                        .map((n) => n.target.join(" "))
                        .join(" | ")}`,
            ),
        ),
    );
    for (const violation of violations) fail(`${what}: ${violation}`);
}

async function everyPart() {
    for (const [width, scheme] of [
        [390, "dark"],
        [390, "light"],
        [1024, "light"],
        [1024, "dark"],
        [1600, "light"],
        [1600, "dark"],
    ]) {
        if (!shots && width === 1600 && scheme === "dark") continue;
        for (const view of VIEWS) {
            const page = await open(`#${view}`, { width, scheme });
            await filled(page);
            await look(page, `${view} at ${width}`);
            if (width === 390 || (width === 1024 && scheme === "light"))
                await accessible(page, `${view} at ${width}, ${scheme}`);
            if (shots) await page.screenshot({ path: path.join(shots, `${view}-${width}-${scheme}.png`) });
            await page.close();
        }
    }
}

async function figures() {
    const page = await open("#overview");
    await filled(page);
    seen.title = await page.textContent("h1");
    seen.rules = Object.fromEntries(
        await page.$$eval(".rules tbody tr", (rows) =>
            rows.map((row) => [row.querySelector(".rule").textContent, row.cells[1].textContent.replaceAll(",", "")]),
        ),
    );
    await page.goto(home + "#findings");
    await filled(page);
    seen.findings = await page.textContent(".count");
    await page.goto(home + "#missing");
    await filled(page);
    seen.missing = await page.textContent(".count");
    seen.names = await page.$$eval(".row .name", (names) => names.map((name) => name.textContent));
    await page.goto(home + "#videos");
    await filled(page);
    seen.videos = await page.textContent(".count");
    await page.close();
}

async function byMouse() {
    const page = await open("#overview");
    await filled(page);
    const rule = await page.$(".rules tbody .rule");
    if (!rule) return page.close();
    const name = await rule.textContent();
    await rule.click();
    if (!(await page.evaluate(() => location.hash)).includes(`rule=${name}`))
        fail(`a click on ${name} is not in the address`);
    if ((await page.getAttribute(".rules tbody .rule >> nth=0", "aria-pressed")) !== "true")
        fail("the rule does not look chosen");
    await page.click("nav a:has-text('Findings')");
    await filled(page);
    const said = await page.textContent(".count");
    const chips = await page.$$eval(".chip", (all) => [...new Set(all.map((chip) => chip.textContent))]);
    if (chips.length !== 1 || chips[0] !== name) fail(`filtered by ${name} it shows ${chips}`);
    if (parseInt(said.replaceAll(",", ""), 10) !== Number(seen.rules[name]))
        fail(`${name}: ${said}, and the rules say ${seen.rules[name]}`);
    const sent = await open(await page.evaluate(() => location.hash));
    await filled(sent);
    if ((await sent.textContent(".count")) !== said) fail("the same address shows something else");
    await sent.close();
    await page.click(".filters button:has-text('Clear')");
    if ((await page.textContent(".count")) === said && Object.keys(seen.rules).length > 1) fail("Clear clears nothing");
    await page.fill("#filter-q", "no such text anywhere");
    await page.waitForFunction(() => document.querySelector(".count").textContent === "Nothing passes these filters.");
    await page.goBack();
    if (!(await page.evaluate(() => location.hash)).startsWith("#overview")) fail("back does not lead back");
    await page.close();
}

const focused = (page) =>
    page.evaluate(
        () =>
            document.activeElement.closest("[role=listitem]")?.getAttribute("aria-posinset") ??
            document.activeElement.outerHTML.slice(0, 80),
    );

async function byKeyboard() {
    const page = await open("#findings");
    await filled(page);
    const rows = await page.evaluate(() =>
        Number(document.querySelector("[aria-setsize]")?.getAttribute("aria-setsize") ?? 0),
    );
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement.textContent)) !== "Skip to the content")
        fail("the first stop of Tab is not the skip link");
    if (rows < 3) return page.close();
    for (let i = 0; i < 30 && (await focused(page)) !== "1"; i++) await page.keyboard.press("Tab");
    if ((await focused(page)) !== "1") fail("Tab does not reach the list");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    if ((await focused(page)) !== "3") fail(`the arrow keys lead to ${await focused(page)}`);
    await page.keyboard.press("Enter");
    if (!(await page.$(".row.open .details"))) fail("Enter opens nothing");
    if ((await focused(page)) !== "3") fail("to open a row moves the focus");
    seen.command = await page.textContent(".row.open .command code").catch(() => "");
    seen.obsidian = await page.getAttribute(".row.open a.button", "href").catch(() => "");
    await accessible(page, "an open row");
    await page.keyboard.press("Enter");
    if (await page.$(".row.open")) fail("Enter does not close the row");
    await page.keyboard.press("End");
    if ((await focused(page)) !== String(rows)) fail(`End leads to ${await focused(page)} of ${rows}`);
    const inView = await page.evaluate(() => {
        const box = document.activeElement.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight + 1;
    });
    if (!inView) fail("the last row has the focus and is not in view");
    await page.keyboard.press("Home");
    if ((await focused(page)) !== "1") fail("Home does not lead to the first row");
    await page.goto(home + "#overview");
    await filled(page);
    await page.waitForSelector(".heat, .empty");
    const cells = await page.$$(".heat td a");
    if (cells.length > 1) {
        await cells[0].focus();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowRight");
        if (!(await page.evaluate(() => document.activeElement.closest(".heat td"))))
            fail("the arrow keys leave the heat map");
    }
    await page.click(".rules .quiet", { force: true });
    await page.waitForSelector("dialog[open] .prose p");
    await accessible(page, "the page of a rule");
    await page.keyboard.press("Escape");
    await page
        .waitForSelector("dialog", { state: "detached", timeout: 5000 })
        .catch(() => fail("Escape does not close the page of a rule"));
    await page.close();
}

async function graph() {
    const page = await open(only ? `#graph?draw=${only}` : "#graph");
    await filled(page);
    if (!(await page.$(".ego"))) return page.close();
    const note = await page.textContent("#ego-title");
    seen.ego = note;
    await page.fill("#note", (seen.names ?? []).length ? "a" : "e");
    await page.waitForTimeout(120);
    if (await page.$("#note-options:not([hidden]) li")) {
        await page.focus("#note");
        await page.keyboard.press("Enter");
        if (!(await page.evaluate(() => location.hash)).includes("note="))
            fail("a note that was found is not in the address");
    }
    await page.click(".whole .button");
    const started = Date.now();
    await page.waitForSelector(".sky canvas");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    seen.times.graph = Date.now() - started;
    seen.drawn = (await page.$(".sky canvas.plane")) ? "canvas" : "sigma";
    await accessible(page, "the picture");
    await page.locator(".sky").scrollIntoViewIfNeeded();
    const box = await page.locator(".sky").boundingBox();
    seen.times.panned = await frames(page, async () => {
        await page.mouse.move(box.x + 300, box.y + 200);
        await page.mouse.down();
        for (let i = 0; i < 40; i++) await page.mouse.move(box.x + 300 + 4 * i, box.y + 200 + 2 * i);
        await page.mouse.up();
    });
    if (shots) await page.screenshot({ path: path.join(shots, "picture.png") });
    await page.close();
}

async function speed() {
    const page = await open("#findings");
    await filled(page);
    if (await page.$(".row")) await measure(page, seen);
    await page.close();
}

try {
    for (const part of only ? [graph] : [figures, everyPart, byMouse, byKeyboard, graph, speed]) await part();
} catch (error) {
    fail(String(error.stack));
} finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify(seen));
