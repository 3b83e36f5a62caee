// How fast a page answers.

import fs from "node:fs";

// The memory of the largest of the browser's processes that show a page, in MB; 0 where the system does not tell.
function resident() {
    const below = new Set([process.pid]);
    let most = 0;
    try {
        for (const pid of fs.readdirSync("/proc").filter(Number).map(Number).sort((a, b) => a - b)) {
            const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
            if (!below.has(Number(/^PPid:\s+(\d+)/m.exec(status)[1]))) continue;
            below.add(pid);
            if (fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer"))
                most = Math.max(most, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1000);
        }
    } catch {
        return Math.round(most); // a process ended meanwhile, or there is no /proc
    }
    return Math.round(most);
}

// How many frames a second the page draws while something is done.
export async function frames(page, work) {
    await page.evaluate(() => {
        globalThis.drawn = [];
        globalThis.stop = false;
        const step = (at) => {
            globalThis.drawn.push(at);
            if (!globalThis.stop) requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
    });
    await work();
    const all = await page.evaluate(() => {
        globalThis.stop = true;
        return globalThis.drawn;
    });
    return Math.round((1000 * (all.length - 1)) / (all.at(-1) - all[0]));
}

// How long the list of findings takes to answer, in milliseconds, how it scrolls, in frames a second, and the memory, in
// MB, when every part was shown.
export async function measure(look) {
    const { page, seen } = look;
    await look.filled();
    if (!(await page.$(".row"))) return;
    await page.waitForTimeout(1000);
    const filter = (change) =>
        page.evaluate(
            ([id, value]) =>
                new Promise((done) => {
                    const field = document.getElementById(id);
                    const started = performance.now();
                    field.value = value;
                    field.dispatchEvent(new Event(id === "filter-q" ? "input" : "change"));
                    setTimeout(
                        () =>
                            requestAnimationFrame(() =>
                                setTimeout(() => done(Math.round(performance.now() - started))),
                            ),
                        id === "filter-q" ? 61 : 0,
                    );
                }),
            change,
        );
    seen.times.search = (await filter(["filter-q", "weights open"])) - 60;
    seen.times.again = (await filter(["filter-q", "weights"])) - 60;
    seen.times.cleared = (await filter(["filter-q", ""])) - 60;
    seen.times.severity = await filter(["filter-severity", "error"]);
    await filter(["filter-severity", ""]);
    seen.times.scrolled = await frames(page, () =>
        page.evaluate(async () => {
            for (let i = 0; i < 60; i++) {
                scrollBy(0, 400);
                await new Promise(requestAnimationFrame);
            }
        }),
    );
    for (const view of ["missing", "videos", "graph"]) await look.show(`#${view}`);
    await page.click(".whole .button");
    await page.waitForSelector(".sky canvas.plane");
    await page.waitForTimeout(500);
    seen.memory = await page.evaluate(() => Math.round((performance.memory?.usedJSHeapSize ?? 0) / 1e6));
    seen.resident = resident();
}
