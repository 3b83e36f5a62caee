// Looks at pages of `ytvault report` in one headless Chromium, by mouse and by keyboard:
//   node page.js JOBS.json CHROMIUM
// A job is {"page": FILE}, with "only": "webgl" to look at nothing but the picture of the whole vault, as a graphics card draws it, with
// "brief" not in all sizes, with "shots": FOLDER to leave a picture of each part there, with "picture": FILE, "hash": "#findings" to make nothing but a picture of that.
// Prints of each job what was seen and what was wrong, as JSON.

import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { channels, findings, keyboard, missing, numbers, videos, wayBack } from "./doing.js";
import { graph } from "./drawing.js";
import { measure } from "./speed.js";

const [jobs, executablePath] = process.argv.slice(2);
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
    executablePath,
    headless: true,
    // SwiftShader draws what asks for WebGL; the page itself is put together as on any machine without a graphics card.
    args: "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --enable-unsafe-swiftshader --enable-precise-memory-info".split(
        " ",
    ),
});
const VIEWS = ["overview", "findings", "missing", "videos", "graph"];
const SIZES = [
    [1024, "light"],
    [390, "dark"],
    [390, "light"],
    [1600, "light"],
    [1600, "dark"],
    [1024, "dark"],
];

// One page that is looked at, and what is seen of it.
class Look {
    constructor(job) {
        this.job = job;
        this.home = pathToFileURL(path.resolve(job.page)).href;
        this.seen = { failures: [], rules: {}, times: {} };
        this.opened = []; // addresses outside of the page to which a click led
    }

    fail(text) {
        this.seen.failures.push(text);
    }

    async begin(hash = "#overview") {
        this.page = await browser.newPage(); // in a window of its own: a tab behind another one draws nothing
        const { page } = this;
        page.setDefaultTimeout(60_000);
        page.on("console", (message) => message.type() === "error" && this.fail(`${page.url()}: ${message.text()}`));
        page.on("pageerror", (error) => this.fail(`${page.url()}: ${error.stack}`));
        page.on("dialog", (dialog) => this.fail(`a dialog says ${dialog.message()}`) || dialog.dismiss());
        page.on("request", (request) => {
            if (!/^(file|blob|data):/.test(request.url())) this.fail(`${page.url()} asks for ${request.url()}`);
        });
        await page.setViewportSize({ width: 1024, height: 900 });
        await page.emulateMedia({ colorScheme: "light" });
        await page.goto(this.home + hash);
        await page.waitForSelector("main h1");
        this.seen.times[`first ${hash}`] = await page.evaluate(() => {
            const shown = performance.getEntriesByName("first-contentful-paint")[0];
            return Math.round(shown ? shown.startTime : performance.now());
        });
    }

    // Shows a part, as a link to it does.
    async show(hash) {
        await this.page.evaluate((to) => (location.hash = to), hash);
        await this.page.waitForFunction((to) => document.querySelector(`main > .view.${to}`), hash.slice(1).split("?")[0]);
        await this.filled();
    }

    // The list of a part has its rows, or the part says that there are none.
    filled() {
        return this.page.waitForFunction(
            () =>
                document.querySelector(".row, .rules, .ego, .empty") ||
                /\.$/.test(document.querySelector(".count")?.textContent ?? ""),
        );
    }

    text(selector) {
        return this.page.textContent(selector);
    }

    hash() {
        return this.page.evaluate(() => location.hash);
    }

    async accessible(what) {
        await this.page.evaluate((code) => globalThis.axe || (0, eval)(code), axe);
        const violations = await this.page.evaluate(() =>
            globalThis.axe.run({ resultTypes: ["violations"] }).then((found) =>
                found.violations.map(
                    (v) =>
                        `${v.id}: ${v.nodes
                            .slice(0, 3)
                            .map((n) => n.target.join(" "))
                            .join(" | ")}`,
                ),
            ),
        );
        for (const violation of violations) this.fail(`${what}: ${violation}`);
    }

    // Nothing is wider than the window, and there is no element that the page does not make.
    async sound(what) {
        const [wide, strange] = await this.page.evaluate(() => [
            document.documentElement.scrollWidth - innerWidth,
            document.querySelectorAll("img, iframe, object, embed, script[src], link, main style, main script").length,
        ]);
        if (wide > 0) this.fail(`${what}: ${wide} pixels wider than the window`);
        if (strange) this.fail(`${what}: there are elements that the page does not make`);
    }
}

// Each part in each width, light and dark.
async function everyPart(look) {
    const { page, job } = look;
    for (const [width, colorScheme] of job.brief ? SIZES.slice(0, 2) : SIZES) {
        await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
        await page.emulateMedia({ colorScheme });
        for (const view of VIEWS) {
            const what = `${view} at ${width}, ${colorScheme}`;
            await look.show(`#${view}`);
            await look.sound(what);
            if (width === 390 || (width === 1024 && colorScheme === "light")) await look.accessible(what);
            if (job.shots) await page.screenshot({ path: path.join(job.shots, `${view}-${width}-${colorScheme}.png`) });
        }
    }
    await page.setViewportSize({ width: 1024, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
}

// On paper all is as by daylight: dark marks would hide the black text on them.
async function paper(look) {
    const { page, seen } = look;
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    seen.paper = await page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        return ["--ink", "--mark", "--come"].map((name) => style.getPropertyValue(name));
    });
    await look.show("#graph");
    await page.setViewportSize({ width: 720, height: 900 });
    const wide = await page.evaluate(() => (document.querySelector(".ego")?.getBoundingClientRect().right ?? 0) - innerWidth);
    if (wide > 0) look.fail(`on paper the picture of a note's links is cut off by ${wide} pixels`);
    await page.setViewportSize({ width: 1024, height: 900 });
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
}

// What the parts say, to be compared with what the program says elsewhere.
async function figures(look) {
    const { page, seen } = look;
    await look.show("#overview");
    seen.title = await look.text("h1");
    seen.since = (await page.$(".since")) ? await look.text(".since") : "";
    const rules = await page.$$eval(".rules tbody tr", (rows) =>
        rows.map((row) => [row.querySelector(".rule").textContent, Number(row.cells[1].textContent.replaceAll(",", ""))]),
    );
    seen.rules = {}; // a rule of two severities has two rows
    for (const [rule, n] of rules) seen.rules[rule] = String(Number(seen.rules[rule] ?? 0) + n);
    seen.tiles = await page.$$eval(".tile", (tiles) =>
        Object.fromEntries(tiles.map((tile) => [tile.querySelector("dt").textContent, tile.querySelector(".big").textContent])),
    );
    for (const view of ["findings", "missing", "videos"]) {
        await look.show(`#${view}`);
        seen[view] = await look.text(".count");
        if (view === "missing") seen.names = await page.$$eval(".row .name", (all) => all.map((name) => name.textContent));
    }
}

const all = JSON.parse(fs.readFileSync(jobs, "utf8"));
// A picture of one part, as README shows it.
async function picture(look) {
    await look.show(look.job.hash);
    await look.page.screenshot({ path: look.job.picture });
}

const results = new Array(all.length);
let next = 0;

// Does one job after another, as long as there are some.
async function work() {
    while (next < all.length) {
        const n = next++;
        const look = new Look(all[n]);
        const started = Date.now();
        try {
            await look.begin();
            const parts = all[n].picture ? [picture] : all[n].only ? [graph] : [figures, everyPart, paper, numbers, findings, wayBack, keyboard, channels, missing, videos, graph];
            for (const part of parts) {
                const begun = Date.now();
                await part(look);
                look.seen.times[`${part.name}, s`] = (Date.now() - begun) / 1000;
            }
            if (!all[n].only && !all[n].picture && !all[n].brief) {
                await look.page.context().close();
                await look.begin("#findings"); // anew: what axe-core left would be measured too
                await measure(look);
            }
        } catch (error) {
            look.fail(String(error.stack));
        }
        await look.page?.context().close();
        look.seen.seconds = (Date.now() - started) / 1000;
        results[n] = look.seen;
    }
}

try {
    await Promise.all([work(), work()]); // two at once, as much of it is waiting
} finally {
    await browser.close();
}
console.log(JSON.stringify(results));
