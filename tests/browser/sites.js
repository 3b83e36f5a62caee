// Renders every note of a folder as a site would, without a browser, and looks where its links lead:
//   node sites.js FOLDER quartz|plain
// `quartz` is Quartz's own plugins, in the order of its default configuration; `plain` is GitHub's Markdown and its anchors. Prints as
// JSON: pages, links that were followed, those that lead nowhere, pieces of text that were meant for links, and faults of formulas.

import fs from "node:fs";
import path from "node:path";
import { unified } from "unified";
import remarkParse from "remark-parse";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkRehype from "remark-rehype";
import rehypeKatex from "rehype-katex";
import rehypeRaw from "rehype-raw";
import rehypeSlug from "rehype-slug";
import { visit, SKIP } from "unist-util-visit";
import { VFile } from "vfile";

const [folder, renderer] = process.argv.slice(2);

function* files(where) {
  for (const entry of fs.readdirSync(where, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const full = path.join(where, entry.name);
    if (entry.isDirectory()) yield* files(full);
    else yield path.relative(folder, full).split(path.sep).join("/");
  }
}

const all = [...files(folder)];
const notes = all.filter((file) => file.endsWith(".md"));

async function quartz() {
  const { slugifyFilePath } = await import("@quartz-community/utils/path");
  const { ObsidianFlavoredMarkdown } = await import("@quartz-community/obsidian-flavored-markdown");
  const { GitHubFlavoredMarkdown } = await import("@quartz-community/github-flavored-markdown");
  const { CrawlLinks } = await import("@quartz-community/crawl-links");
  const ctx = { allSlugs: all.map((file) => slugifyFilePath(file)), argv: {}, cfg: { configuration: {} } };
  const plugins = [
    ObsidianFlavoredMarkdown({ enableInHtmlEmbed: false }),
    GitHubFlavoredMarkdown(),
    CrawlLinks({ markdownLinkResolution: "shortest" }),
    { markdownPlugins: () => [remarkMath], htmlPlugins: () => [[rehypeKatex, { output: "html" }]] }, // its `Latex`
  ];
  const of = (name) => plugins.flatMap((plugin) => plugin[name]?.(ctx) ?? []);
  const processor = unified()
    .use(remarkParse)
    .use(remarkFrontmatter, ["yaml"])
    .use(of("markdownPlugins"))
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(of("htmlPlugins"));
  return {
    page: (file) => slugifyFilePath(file),
    at: (slug) => `/${slug}`,
    find: (address) => {
      const slug = decodeURI(address).replace(/^\//, "");
      return [slug, `${slug}index`, `${slug}/index`, slug.replace(/\/$/, "")].find((name) => ctx.allSlugs.includes(name));
    },
    text: (source) => plugins.reduce((text, plugin) => plugin.textTransform?.(ctx, text) ?? text, source),
    processor,
  };
}

function plain() {
  const processor = unified()
    .use(remarkParse)
    .use(remarkFrontmatter, ["yaml"])
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSlug);
  return {
    page: (file) => file,
    at: (file) => `/${encodeURI(file)}`,
    find: (address) => {
      const file = decodeURIComponent(address).replace(/^\//, "");
      return all.includes(file) ? file : undefined;
    },
    text: (source) => source,
    processor,
  };
}

const site = renderer === "quartz" ? await quartz() : plain();
const pages = new Map();
for (const file of notes) {
  const source = fs.readFileSync(path.join(folder, file), "utf8").replace(/^\uFEFF/, "");
  const slug = site.page(file);
  const vfile = { value: site.text(source.trim()), data: { slug, filePath: file, frontmatter: { tags: [] } }, path: file };
  const found = { file, slug, ids: new Set([""]), links: [], left: [], faults: [], stamps: [], formulas: [] };
  try {
    const input = new VFile(vfile);
    const tree = await site.processor.run(site.processor.parse(input), input);
    visit(tree, "element", (node) => {
      const { id, name, href, src, className } = node.properties ?? {};
      if (id) found.ids.add(String(id).replace(/^user-content-/, ""));
      if (name && node.tagName === "a") found.ids.add(String(name));
      if (typeof href === "string" && !String(className ?? "").includes("tag-link")) found.links.push(href);
      if (typeof src === "string") found.links.push(src);
      if (String(className ?? "").includes("katex-error")) found.faults.push(String(node.properties.title));
      if ((className ?? []).includes?.("katex")) found.formulas.push(1);
      if (node.properties?.dataT) found.stamps.push([node.properties.dataT, href ?? ""]);
      if (["code", "pre", "script", "style"].includes(node.tagName)) return SKIP;
    });
    visit(tree, (node) => {
      if (node.type === "element" && ["code", "pre", "script", "style"].includes(node.tagName)) return SKIP;
      if (node.type === "text" && /\[\[|<a\b|%%|\]\]\(/.test(node.value)) found.left.push(node.value.trim().slice(0, 200));
    });
  } catch (error) {
    found.faults.push(String(error));
  }
  pages.set(slug, found);
}

const dead = [];
let followed = 0;
for (const page of pages.values()) {
  for (const href of page.links) {
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) continue;
    followed += 1;
    const url = new URL(href, `https://x.example${site.at(page.slug)}`);
    const slug = href.startsWith("#") ? page.slug : site.find(url.pathname);
    const anchor = decodeURIComponent(url.hash.slice(1));
    const target = pages.get(slug);
    if (slug === undefined) dead.push(`${page.file}: ${href}`);
    else if (target && !target.ids.has(anchor) && !anchor.startsWith("fn") && !anchor.startsWith("user-content-fn"))
      dead.push(`${page.file}: ${href} (no such anchor)`);
  }
}
const told = (name) => [...pages.values()].flatMap((page) => page[name].map((what) => `${page.file}: ${what}`));
const stamps = [...pages.values()].flatMap((page) => page.stamps.map(([clock, href]) => [page.file, clock, href]));
console.log(JSON.stringify({ pages: pages.size, followed, dead, left: told("left"), faults: told("faults"), formulas: told("formulas").length, stamps }));
