// Uses the index of an archive as a reader does, and prints what it saw, step by step, as JSON.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
const [executablePath, file, hostile, ...others] = process.argv.slice(2);
const url = pathToFileURL(file).href;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const found = { asked: [], told: [] };
const open = async (address, options = {}) => {
  const page = await browser.newPage(options);
  page.on("request", (each) => { if (each.url().split("#")[0] !== address.split("#")[0]) found.asked.push(each.url()); });
  page.on("console", (each) => found.told.push(each.text()));
  page.on("pageerror", (each) => found.told.push(each.message));
  await page.goto(address);
  return page;
};
const count = (page) => page.textContent("#count");
const ids = (page) => page.$$eval("#rows .id", (all) => all.map((each) => each.textContent));
const cells = (page, name) => page.$$eval(`#rows .${name}`, (all) => all.map((each) => each.textContent));
const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const rowsOf = (page) => page.$$eval("#rows tr", (all) => all.slice(0, 50).map((each) => each.outerHTML));

const still = await open(url, { javaScriptEnabled: false });
found.still = await rowsOf(still);
found.stillForm = [String(await still.isVisible("#filters")), String(await still.isVisible("#pager")), await count(still)];

const page = await open(url);
found.moving = await rowsOf(page);
found.start = [await count(page), await page.textContent("#page")];
await page.locator("#q").pressSequentially("login second");
found.search = [await count(page), await hash(page), ...new Set(await page.$$eval("#rows .title a", (all) => all.map((each) => each.textContent.split(" (")[0])))];
await page.fill("#q", "resume");
found.accents = [...new Set(await page.$$eval("#rows .title a", (all) => all.map((each) => each.textContent.split(" (")[0])))];
await page.fill("#q", "zoë dubois");
found.owners = [await count(page)];
await page.fill("#q", "no such words");
found.nothing = [await count(page), String(await page.isVisible("#list"))];
await page.getByRole("button", { name: "Clear all filters" }).click();
found.cleared = [await count(page), await page.inputValue("#q"), await hash(page), await page.evaluate(() => document.activeElement.id)];

await page.selectOption("#year", "2021");
await page.selectOption("#severity", "SEV2");
await page.selectOption("#service", "checkout");
await page.selectOption("#status", "open");
found.filtered = [await hash(page), ...new Set((await cells(page, "date")).map((each) => each.slice(0, 4))), ...new Set(await cells(page, "severity")), ...new Set(await cells(page, "status"))];
const before = await ids(page);
await page.reload();
found.reloaded = [String((await ids(page)).join() === before.join()), await page.inputValue("#severity"), await count(page)];
await page.evaluate(() => { location.hash = "#severity=(none)"; });
await page.waitForFunction(() => document.getElementById("year").value === "");
found.none = [await count(page), ...new Set(await cells(page, "severity"))];
await page.goto(`${url}#severity=SEV9&sort=nonsense&page=-4&rows=7`);
await page.reload();
found.nonsense = [await count(page), await page.inputValue("#severity"), await page.inputValue("#size")];

await page.goto(url);
await page.reload();
const heads = () => page.$$eval("th[aria-sort]", (all) => all.map((each) => `${each.textContent} ${each.getAttribute("aria-sort")}`));
found.sorted = [...(await heads())];
await page.getByRole("button", { name: "Incident ID", exact: true }).focus();
await page.keyboard.press("Enter");
found.sorted.push(...(await heads()), ...(await ids(page)).slice(0, 3));
await page.keyboard.press("Space");
found.sorted.push(...(await heads()), (await ids(page))[0]);
await page.getByRole("button", { name: "Severity", exact: true }).click();
found.severities = [(await cells(page, "severity"))[0]];
await page.getByRole("button", { name: "Severity", exact: true }).click();
found.severities.push((await cells(page, "severity"))[0]);
await page.getByRole("button", { name: "Time to resolve", exact: true }).click();
found.times = (await cells(page, "time")).slice(0, 1);
await page.getByRole("button", { name: "Last", exact: true }).click();
found.times.push(...(await cells(page, "time")).slice(-1));

await page.goto(url);
await page.reload();
const first = (await ids(page))[0];
found.paged = [await page.getAttribute('[data-go="previous"]', "aria-disabled")];
await page.click('[data-go="previous"]', { force: true });
found.paged.push(String((await ids(page))[0] === first));
await page.focus('[data-go="next"]');
await page.keyboard.press("Enter");
found.paged.push(await count(page), await hash(page), await page.evaluate(() => document.activeElement.id), String((await ids(page))[0] !== first));
await page.selectOption("#size", "200");
found.paged.push(await page.textContent("#page"), String((await ids(page)).length));
await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
found.printed = [String((await ids(page)).length), await count(page)];
await page.evaluate(() => dispatchEvent(new Event("afterprint")));
found.printed.push(String((await ids(page)).length));

await page.goto(url);
await page.reload();
await page.keyboard.press("Tab");
found.keys = [await page.evaluate(() => document.activeElement.className)];
await page.keyboard.press("Enter");
found.keys.push(await page.evaluate(() => document.activeElement.id));
await page.keyboard.press("Tab");
found.keys.push(await page.evaluate(() => document.activeElement.id), await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle));

const trap = await open(pathToFileURL(hostile).href);
await trap.fill("#q", "ran");
found.trap = [await trap.title(), String(await trap.$$eval("#rows img, #rows b, #rows script", (all) => all.length)), (await trap.textContent("#rows .title"))];
await trap.evaluate(() => { try { document.body.innerHTML = "<p>x</p>"; } catch (error) { document.title = error.name; } });
found.trap.push(await trap.title());
found.told = found.told.filter((each) => !each.includes("TrustedHTML"));

found.wide = [];
for (const other of others) {
  for (const width of [320, 800]) {
    const narrow = await open(pathToFileURL(other).href, { viewport: { width, height: 800 } });
    const over = await narrow.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) found.wide.push(`${other.split("/").pop()} at ${width}: ${over} pixels too wide`);
    await narrow.close();
  }
}
await browser.close();
console.log(JSON.stringify(found));
