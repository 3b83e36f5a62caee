// What a person does in the parts of a page, by mouse and by keyboard.

const numberOf = (text) => parseInt(text.replaceAll(",", ""), 10);

// Each number of the verdict and of the rules leads to as many findings, whatever rule is chosen meanwhile.
export async function numbers(look) {
    const { page } = look;
    await look.show("#overview?rule=unlinked-timestamp");
    const links = await page.$$eval(".since a, .tile a[href*='#findings'], .rules td a", (all) =>
        all.slice(0, 60).map((a) => [a.textContent, a.hash]),
    );
    for (const [n, hash] of links) {
        await look.show(hash);
        const said = await look.text(".count");
        if (numberOf(said) !== numberOf(n)) look.fail(`${n} leads to ${said}: ${hash}`);
    }
}

// A rule filters the findings; the view can be sent, cleared and searched.
export async function findings(look) {
    const { page, seen } = look;
    await look.show("#overview");
    const rule = await page.$(".rules tbody .rule");
    if (!rule) return;
    const name = await rule.textContent();
    await rule.click();
    if (!(await look.hash()).includes(`rule=${name}`)) look.fail(`a click on ${name} is not in the address`);
    if ((await page.getAttribute(".rules tbody .rule >> nth=0", "aria-pressed")) !== "true")
        look.fail("the rule does not look chosen");
    await page.click("nav a:has-text('Findings')");
    await look.filled();
    const said = await look.text(".count");
    const chips = await page.$$eval(".chip", (all) => [...new Set(all.map((chip) => chip.textContent))]);
    if (chips.length !== 1 || chips[0] !== name) look.fail(`filtered by ${name} it shows ${chips}`);
    if (numberOf(said) !== Number(seen.rules[name])) look.fail(`${name}: ${said}, and the rules say ${seen.rules[name]}`);
    const sent = await look.hash();
    await look.show("#overview");
    await look.show(sent);
    if ((await look.text(".count")) !== said) look.fail("the same address shows something else");
    await page.click(".filters button:has-text('Clear')");
    if ((await look.text(".count")) === said && Object.keys(seen.rules).length > 1) look.fail("Clear clears nothing");
    for (const [field, value] of [
        ["severity", "error"],
        ["mend", "safe"],
        ["sort", "most"],
    ]) {
        await page.selectOption(`#filter-${field}`, value);
        if (!(await look.hash()).includes(`${field}=${value}`)) look.fail(`${field} is not in the address`);
    }
    await page.click(".filters button:has-text('Clear')");
    await look.show("#overview");
    await look.show("#findings?view=nothing&rule=was-mended");
    if ((await page.inputValue("#filter-rule")) !== "was-mended") look.fail("a rule that is gone does not show as chosen");
    await page.click(".filters button:has-text('Clear')");
    await page.fill("#filter-q", "no such text anywhere");
    await page.waitForFunction(() => document.querySelector(".count").textContent === "Nothing passes these filters.");
    await page.goBack();
    await page.waitForSelector("main > .view.overview").catch(() => look.fail("back does not lead back"));
}

const focused = (page) =>
    page.evaluate(
        () =>
            document.activeElement.closest("[role=listitem]")?.getAttribute("aria-posinset") ??
            document.activeElement.outerHTML.slice(0, 80),
    );

// The findings by keyboard alone: to the list, along it, into a row and out of it.
export async function keyboard(look) {
    const { page, seen } = look;
    await page.goto("about:blank");
    await page.goto(`${look.home}#findings`);
    await page.waitForSelector("main h1");
    await look.filled();
    const rows = await page.evaluate(() =>
        Number(document.querySelector("[aria-setsize]")?.getAttribute("aria-setsize") ?? 0),
    );
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement.textContent)) !== "Skip to the content")
        look.fail("the first stop of Tab is not the skip link");
    if (rows < 3) return;
    for (let i = 0; i < 30 && (await focused(page)) !== "1"; i++) await page.keyboard.press("Tab");
    if ((await focused(page)) !== "1") look.fail("Tab does not reach the list");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    if ((await focused(page)) !== "3") look.fail(`the arrow keys lead to ${await focused(page)}`);
    await page.keyboard.press("Enter");
    if (!(await page.$(".row.open .details"))) look.fail("Enter opens nothing");
    if ((await focused(page)) !== "3") look.fail("to open a row moves the focus");
    seen.command = (await page.$(".row.open .command code")) ? await look.text(".row.open .command code") : "";
    seen.obsidian = (await page.$(".row.open a.button")) ? await page.getAttribute(".row.open a.button", "href") : "";
    await look.accessible("an open row");
    await page.keyboard.press("Enter");
    if (await page.$(".row.open")) look.fail("Enter does not close the row");
    await page.keyboard.press("End");
    if ((await focused(page)) !== String(rows)) look.fail(`End leads to ${await focused(page)} of ${rows}`);
    const inView = await page.evaluate(() => {
        const box = document.activeElement.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight + 1;
    });
    if (!inView) look.fail("the last row has the focus and is not in view");
    await page.keyboard.press("Home");
    if ((await focused(page)) !== "1") look.fail("Home does not lead to the first row");
}

// From a note far down in the list to its links, and back to the same place.
export async function wayBack(look) {
    const { page } = look;
    await look.show("#findings");
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    await page.waitForTimeout(50); // a click that comes soon
    const before = await page.evaluate(() => scrollY);
    await page.$eval("nav a[href^='#graph']", (link) => link.click()); // a mouse on a busy machine may scroll before it clicks
    await page.waitForSelector("main > .view.graph");
    await look.filled();
    if (await page.evaluate(() => scrollY)) look.fail("another part does not begin at its top");
    await page.goBack();
    await page.waitForSelector("main > .view.findings");
    await page
        .waitForFunction((y) => Math.abs(scrollY - y) < 3, before, { timeout: 5000 })
        .catch(async () => look.fail(`the way back leads to ${await page.evaluate(() => scrollY)}, not ${before}`));
}

// The table of channels and rules, and the page of a rule.
export async function channels(look) {
    const { page } = look;
    await look.show("#overview");
    await page.waitForSelector(".heat, .empty");
    const cells = await page.$$(".heat td a");
    if (cells.length > 1) {
        await cells[0].focus();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowRight");
        if (!(await page.evaluate(() => document.activeElement.closest(".heat td"))))
            look.fail("the arrow keys leave the heat map");
        const number = (await page.$$eval(".heat td a", (all) => all.map((a) => a.getAttribute("aria-label"))))[0];
        await cells[0].focus();
        await page.keyboard.press("Enter");
        await page.waitForSelector("main > .view.findings");
        await look.filled();
        const said = await look.text(".count");
        const wanted = numberOf(number.split(": ")[1]);
        if (numberOf(said) !== wanted) look.fail(`${number} leads to ${said}`);
        await page.goBack();
        await page.waitForSelector("main > .view.overview");
    }
    if (await page.$(".rules .sort")) {
        await page.click(".rules .sort[data-key=count]");
        const counts = await page.$$eval(".rules tbody tr", (rows) => rows.map((row) => row.cells[1].textContent));
        const sorted = counts.map(numberOf).sort((a, b) => b - a);
        if (counts.map(numberOf).join() !== sorted.join()) look.fail(`sorted by count the rules are ${counts}`);
        await page.click(".rules .quiet", { force: true });
        await page.waitForSelector("dialog[open] .prose p");
        if (await page.$eval("dialog", (dialog) => dialog.scrollTop)) look.fail("the page of a rule does not begin with its name");
        await look.accessible("the page of a rule");
        await page.keyboard.press("Escape");
        await page
            .waitForSelector("dialog", { state: "detached", timeout: 5000 })
            .catch(() => look.fail("Escape does not close the page of a rule"));
    }
}

// What was meant by the first broken link, and the command that mends it.
export async function missing(look) {
    const { page, seen } = look;
    await look.show("#missing");
    const at = await page.$$eval(".row", (rows) =>
        rows.findIndex((row) => /is meant|perhaps /.test(row.querySelector(".folder")?.textContent)),
    );
    if (at < 0) return;
    await page.click(`.row >> nth=${at} >> .opener`);
    await page.waitForSelector(".row.open .details");
    seen.meant = await page.textContent(".row.open .details > p >> nth=-2");
    seen.mending = await page.textContent(".row.open .command code");
    await look.accessible("an open missing note");
    await page.fill("#wanted", "zzzz no such name");
    await page.waitForFunction(() => document.querySelector(".count").textContent === "No name is like that.");
}

// A stamp leads to its second at YouTube, from the picture and from the list behind it.
export async function videos(look) {
    const { page, seen } = look;
    await look.show("#videos");
    const tick = await page.$(".ticks rect.linked, .ticks rect.unlinked");
    if (!tick || (await look.text(".chip")) === "no id") return;
    const asked = [];
    await page.context().route(`https://www.youtube.com/**`, (route) => {
        asked.push(route.request().url());
        return route.fulfill({ body: "" });
    });
    await tick.click({ force: true });
    for (let i = 0; i < 100 && !asked.length; i++) await page.waitForTimeout(50);
    for (const other of page.context().pages()) if (other !== page) await other.close();
    await page.bringToFront(); // what is behind draws nothing
    if (asked.length !== 1 || !/^https:\/\/www\.youtube\.com\/watch\?v=[\w-]{11}&t=\d+s$/.test(asked[0]))
        look.fail(`a click on a stamp leads to ${asked}`);
    await page.focus(".row .opener");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".row.open .details");
    seen.stamp = (await page.$(".row.open .stamps a")) ? await page.getAttribute(".row.open .stamps a", "href") : "";
    await look.accessible("an open video");
    if (await page.$("#video-stamps")) {
        await page.selectOption("#video-stamps", "u");
        if (!(await look.hash()).includes("stamps=u")) look.fail("the filter of stamps is not in the address");
    }
}
