// The pictures of how notes are linked.

import path from "node:path";
import { frames } from "./speed.js";

const twoFrames = (page) =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

// How many pixels of the notes' canvas are as the page colours what is pointed at.
const lit = (page) =>
    page.evaluate(() => {
        const canvas = document.querySelector(".sky canvas.plane");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let n = 0;
        for (let i = 0; i < data.length; i += 4)
            if (data[i + 3] > 200 && data[i] === 0xb3 && data[i + 1] === 0x38 && data[i + 2] === 0x2c) n += 1;
        return n;
    });

export async function graph(look) {
    const { page, job, seen } = look;
    await look.show(job.only ? `#graph?draw=${job.only}` : "#graph");
    if (!(await page.$(".ego"))) return;
    await ofOneNote(look);
    seen.beside = await page.$$eval(".whole summary", (all) => all.map((summary) => summary.textContent));
    const started = Date.now();
    await page.click(".whole .button");
    await page.waitForSelector(job.only ? ".sky canvas:not(.lines)" : ".sky canvas.plane");
    await twoFrames(page);
    seen.times.graph = Date.now() - started;
    seen.drawn = (await page.$(".sky canvas.plane")) ? "canvas" : "sigma";
    seen.crossed = await page.$eval(".sky canvas.lines", (canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, i) => i % 4 === 3 && value).length; // pixels on which a link lies
    });
    await look.accessible("the picture");
    await page.locator(".sky").scrollIntoViewIfNeeded();
    const box = await page.locator(".sky").boundingBox();
    seen.times.panned = await frames(page, async () => {
        await page.mouse.move(box.x + 300, box.y + 200);
        await page.mouse.down();
        for (let i = 0; i < 40; i++) await page.mouse.move(box.x + 300 + 4 * i, box.y + 200 + 2 * i);
        await page.mouse.up();
    });
    await page.click(".sky-tools button:has-text('All')");
    if (seen.drawn === "canvas") await pointedAt(look);
    if (job.shots) await page.screenshot({ path: path.join(job.shots, "picture.png") });
}

// The note with the most backlinks comes first; another one is found by its name, by keyboard.
async function ofOneNote(look) {
    const { page, seen } = look;
    seen.ego = await look.text("#ego-title");
    await page.fill("#note", (seen.names ?? []).length ? "a" : "e");
    await page.waitForTimeout(120);
    if (!(await page.$("#note-options:not([hidden]) li"))) return;
    await page.focus("#note");
    await page.keyboard.press("Enter");
    if (!(await look.hash()).includes("note=")) look.fail("a note that was found is not in the address");
}

// A note that is found in the picture stands out with its neighbours, and is told of.
async function pointedAt(look) {
    const { page, seen } = look;
    await page.fill("#star", "a");
    await page.waitForTimeout(120);
    if (!(await page.$("#star-options:not([hidden]) li"))) return;
    await page.focus("#star");
    await page.keyboard.press("Enter");
    await twoFrames(page);
    seen.lit = await lit(page);
    if (!seen.lit) look.fail("a note that was found is not lit");
    if (!/lead/.test(await look.text(".sky-told"))) look.fail("nothing is told of the note that was found");
    const box = await page.locator(".sky").boundingBox();
    await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 + 60);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2); // where it stands now
    await twoFrames(page);
    if (!(await lit(page))) look.fail("a note that is pointed at is not lit");
    const told = await look.text(".sky-told a");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForFunction((name) => document.querySelector("#ego-title").textContent.startsWith(name), told);
}
