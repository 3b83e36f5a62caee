// Renders every note of a folder with markdown-it, serves the pages, and clicks through them in headless Chromium:
//   node check.js FOLDER EXPECTED.json CHROMIUM
// EXPECTED is what `ytvault inspect` says of the folder. Prints counts and failures as JSON.

import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import MarkdownIt from "markdown-it";
import frontMatter from "markdown-it-front-matter";
import wikilinks from "@ig3/markdown-it-wikilinks";
import { chromium } from "playwright-core";

const [folder, expectedFile, executablePath] = process.argv.slice(2);
const expected = JSON.parse(fs.readFileSync(expectedFile, "utf8"));
const failures = [];
const counts = { pages: 0, stamps: 0, clicked: 0, links: 0 };

// The pages

const files = fs
  .readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/"))
  .filter((file) => !file.split("/").some((part) => part.startsWith(".")));

const address = (file) => "/" + file.split("/").map(encodeURIComponent).join("/");

// Where a wikilink of the page that is rendered leads: a path from the root, else one below its own folder, else the shortest
// path that ends so.
let rendered = "";
function resolve(target) {
  const [name, fragment] = target.split(/#(.*)/s, 2);
  if (name === "") return fragment === undefined ? null : "#" + fragment;
  const fits = files.filter((file) =>
    [file, file.replace(/\.md$/, "")].some((f) => ("/" + f).toLowerCase().endsWith("/" + name.trim().toLowerCase())),
  );
  const own = rendered.slice(0, rendered.lastIndexOf("/") + 1);
  const isElsewhere = (file) => Number(!file.startsWith(own));
  const isPartOfPath = (file) => Number(file.replace(/\.md$/, "").toLowerCase() !== name.trim().toLowerCase());
  fits.sort((a, b) => isPartOfPath(a) - isPartOfPath(b) || isElsewhere(a) - isElsewhere(b) || a.length - b.length);
  return fits.length ? address(fits[0]) + (fragment ? "#" + encodeURIComponent(fragment) : "") : "/missing/" + encodeURIComponent(target);
}

const markdown = new MarkdownIt({ html: true, linkify: false })
  .use(frontMatter, () => {})
  .use(
    wikilinks({
      linkPattern: /!?\[\[([^[\]|\n]+)(\\?\|([^[\]\n]+))?\]\]/,
      makeAllLinksAbsolute: true,
      baseURL: "",
      uriSuffix: "",
      htmlAttributes: { class: "wikilink" },
      // the leading slash is put back where the plugin takes it away
      postProcessPageName: (name) => resolve(name.trim().replace(/\\$/, "")).replace(/^\//, "//root/"),
      generatePageNameFromLabel: (label) => label,
    }),
  );
const render = (file) => {
  rendered = file;
  return markdown.render(fs.readFileSync(path.join(folder, file), "utf8")).replaceAll('href="root/', 'href="/');
};

const server = http.createServer((request, response) => {
  const file = decodeURIComponent(new URL(request.url, "http://localhost").pathname).slice(1);
  if (!files.includes(file)) {
    response.writeHead(404).end("no such page");
  } else if (file.endsWith(".md")) {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>${file}</title><body>${render(file)}`);
  } else {
    response.writeHead(200).end(fs.readFileSync(path.join(folder, file)));
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const home = `http://127.0.0.1:${server.address().port}`;

// What must hold of each page

const seconds = (clock) => clock.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
const isStamp = (a) => /^https:\/\/(www\.youtube\.com\/watch\?|youtu\.be\/)/.test(a.href) && /[?&]t=/.test(a.href);
const sorted = (list) => list.map((x) => JSON.stringify(x)).sort();

function compare(file, what, seen, wanted) {
  const [a, b] = [sorted(seen), sorted(wanted)];
  const left = [...b];
  for (const one of a) {
    const i = left.indexOf(one);
    if (i < 0) failures.push(`${file}: ${what} that should not be: ${one}`);
    else left.splice(i, 1);
  }
  for (const one of left) failures.push(`${file}: ${what} that is missing: ${one}`);
}

const profile = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  args: "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" "),
});
const page = await browser.newPage();
page.setDefaultTimeout(10_000);
let asked = [];
const followed = new Set();
await browser.route(
  (url) => url.hostname !== "127.0.0.1",
  (route) => {
    asked.push(route.request().url());
    return route.fulfill({ status: 204 }); // the page stays
  },
);

async function check(file) {
  const note = expected[file];
  const open = () => page.goto(home + address(file));
  await open();
  counts.pages += 1;
  const anchors = await page.$$eval("a", (all) =>
    all.map((a) => ({ href: a.getAttribute("href"), text: a.textContent, internal: a.className === "wikilink" })),
  );
  const plain = (a) => ({ href: a.href, text: a.text.replace(/^\[|\]$/g, "") });
  // an anchor that no click follows is one that `lint` still reports
  compare(file, "a dead link", anchors.filter((a) => !a.href).map((a) => plain(a).text), note.left);

  const stamps = anchors.filter((a) => a.href && isStamp(a));
  counts.stamps += stamps.length;
  compare(file, "a stamp", stamps.map(plain), note.stamps);
  for (const a of stamps.map(plain)) {
    const url = new URL(a.href);
    const start = parseInt(url.searchParams.get("t"), 10);
    const video = url.searchParams.get("v") ?? url.pathname.slice(1);
    const known = note.disputed.includes(a.href);
    if (!known && /^[\d:]+$/.test(a.text) && seconds(a.text) !== start) failures.push(`${file}: ${a.text} starts at ${start}`);
    if (!known && note.video && video !== note.video) failures.push(`${file}: ${a.text} starts ${video}, not ${note.video}`);
  }

  const wiki = anchors.filter((a) => a.internal).map((a) => decodeURIComponent(a.href.split("#")[0]).slice(1) || file);
  counts.links += wiki.length;
  compare(file, "a wikilink", wiki, note.links);

  const text = await page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    for (const code of copy.querySelectorAll("code, pre")) code.remove();
    return copy.textContent;
  });
  for (const raw of text.match(/<\/?[a-z][^>\n]*>|yt-timestamp|data-t=|\[\[|\]\]/gi) ?? []) failures.push(`${file}: shows ${raw}`);

  // click: every stamp asks for its video, and every page that is linked to is there
  for (const link of await page.$$("a[href]")) {
    const href = await link.getAttribute("href");
    if (isStamp({ href })) {
      asked = [];
      await link.click();
      for (let wait = 0; wait < 100 && !asked.length; wait++) await page.waitForTimeout(2);
      if (asked[0] !== href) failures.push(`${file}: a click on ${href} asks for ${asked[0]}`);
      counts.clicked += 1;
    }
  }
  const hrefs = await page.$$eval("a[href^='/']", (all) => all.map((a) => a.getAttribute("href")));
  for (const [i, href] of hrefs.entries()) {
    if (followed.has(href) || href.startsWith("/missing/")) continue; // known to lead to a page, or to none
    const answer = page.waitForResponse((r) => r.request().isNavigationRequest());
    await page.locator("a[href^='/']").nth(i).click();
    const status = (await answer).status();
    if (status === 200) followed.add(href);
    else failures.push(`${file}: ${href} answers ${status}`);
    await open();
  }
}

try {
  for (const file of Object.keys(expected)) await check(file);
} finally {
  await browser.close();
  server.close();
  fs.rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify({ ...counts, followed: followed.size, failures }));
