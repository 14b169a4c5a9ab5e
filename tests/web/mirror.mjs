// The page for those who do not look at the canvas: its elements, and nothing but them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { log, place, replay, seen, until } from "./page.mjs";

/** A text of the interface as the game's own table has it. */
function say(lang, key) {
  const table = readFileSync(new URL(`../../assets/text/interface.${lang}.ron`, import.meta.url), "utf8");
  const found = table.match(new RegExp(`^\\s*"${key.replaceAll(".", "\\.")}": "(.*)",$`, "m"));
  assert(found, `${lang} lacks ${key}`);
  return found[1];
}

const mirror = (page) => page.locator("#mirror");
const control = (page, role, name) => mirror(page).getByRole(role, { name, exact: true });
const screen = (page, id) => until(page, (next) => window.commonwatch.place.screen === next, id);
/** What a screen reader does when it is asked to press something. */
const press = (locator) => locator.evaluate((element) => element.click());

/** What assistive technology finds: everything with a role and a name, and what is wrong with it. */
async function check(page, lang) {
  const found = await page.evaluate(() => {
    const things = [...document.querySelectorAll("#mirror [data-id]")].filter((it) => !it.closest("[inert]"));
    return things.map((it) => ({
      id: it.dataset.id,
      role: it.getAttribute("role") ?? it.tagName.toLowerCase(),
      name: it.getAttribute("aria-label") ?? [...it.childNodes].find((node) => node.nodeType === 3)?.nodeValue ?? "",
      lang: it.lang,
      group: it.parentElement.closest("[role=group]")?.dataset.id ?? "",
      press: it.tagName === "BUTTON",
    }));
  });
  const names = new Set();
  for (const { id, role, name, lang: own, group, press } of found) {
    assert(name.trim(), `${id} has no name`);
    if (lang === "en" && !own) assert(!/\p{Script=Han}/u.test(name), `${id}: ${name}`);
    if (lang === "zh-Hans" && !own) assert(!/[A-Za-z]{4,}/.test(name.replace("Commonwatch", "")), `${id}: ${name}`);
    if (!press) continue;
    const whole = `${group}/${role}/${name}`;
    assert(!names.has(whole), `${whole} is there twice`);
    names.add(whole);
  }
  const heads = await mirror(page).getByRole("heading").count();
  assert(heads > 0, "nothing says where one is");
  return found;
}

/** From the title to a played turn: by presses on elements that are found by role and name. */
async function playTurn(world, lang) {
  const page = await world.open(`/?seed=7&lang=${lang}`);
  assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
  for (const [key, next] of [
    ["title.start", "scenarios"], ["scenarios.go", "setup"], ["setup.start", "briefing"], ["briefing.begin", "command"],
  ]) {
    await check(page, lang);
    await press(control(page, "button", say(lang, key)));
    await screen(page, next);
  }
  const places = mirror(page).getByRole("listitem");
  assert((await places.count()) >= 3, "the precincts are not listed");
  const unit = mirror(page).locator('[role=radio][data-id^="take:"]').first();
  assert.equal(await unit.getAttribute("aria-checked"), "false");
  await press(unit);
  await until(page, () => document.querySelector('#mirror [data-id^="take:"]').getAttribute("aria-checked") === "true");
  await check(page, lang);
  const { orders } = await place(page);
  await press(places.first().getByRole("button"));
  await until(page, (before) => window.commonwatch.place.orders > before, orders);
  await check(page, lang);
  await press(control(page, "button", say(lang, "command.end-turn")));
  await screen(page, "response");
  await check(page, lang);
  for (let at = 0; at < 6 && (await place(page)).screen !== "command"; at += 1) {
    const before = await place(page);
    const onward = page.locator('#mirror [data-id="onward"]');
    const label = await onward.innerText();
    await press(onward);
    await page.waitForFunction(
      ([was, said]) => window.commonwatch.place.screen !== was
        || document.querySelector('#mirror [data-id="onward"]')?.innerText !== said,
      [before.screen, label],
    );
    await check(page, lang);
  }
  assert.equal((await place(page)).turn, 2);
  replay(world, await log(page), `by-elements-${lang}`);
  seen(page);
  return page;
}

export const mirrorTests = {
  async "a turn is played by the page's elements alone, in English"(world) {
    await playTurn(world, "en");
  },

  async "a turn is played by the page's elements alone, in Chinese"(world) {
    await playTurn(world, "zh-Hans");
  },

  async "what is behind a menu is not there, and the focus comes back"({ open }) {
    const page = await open("/");
    await press(control(page, "button", "Start an exercise"));
    await screen(page, "scenarios");
    await press(control(page, "button", "Set up"));
    await screen(page, "setup");
    const settings = control(page, "button", "Settings");
    await settings.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Settings" });
    await dialog.waitFor({ state: "attached" });
    await until(page, () => document.activeElement.matches("[role=dialog]"));
    // The rest of the page cannot be reached, by Tab or by a screen reader.
    assert.equal(await control(page, "button", "Start").count(), 0);
    assert.equal(await page.locator('#mirror [data-id="start"]').evaluate((it) => Boolean(it.closest("[inert]"))), true);
    await check(page, "en");
    // Two switches are both called On; each group says which it is.
    const motion = page.getByRole("group", { name: "Things move" }).getByRole("radio", { name: "Off" });
    await motion.focus();
    await page.keyboard.press("Space");
    await until(page, () => document.querySelector('[data-id="motion:off"]').getAttribute("aria-checked") === "true");
    // Drawn anew, and the focus is where it was.
    assert.equal(await page.evaluate(() => document.activeElement.dataset.id), "motion:off");
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector("#mirror [role=dialog]"));
    assert.equal(await page.evaluate(() => document.activeElement.dataset.id), "settings");
    seen(page);
  },

  async "the elements follow the language, and keep the focus"({ open }) {
    const page = await open("/?lang=en");
    const other = control(page, "button", "中文");
    assert.equal(await other.getAttribute("lang"), "zh-Hans");
    await other.focus();
    const before = await other.elementHandle();
    await page.keyboard.press("Enter");
    await until(page, () => document.documentElement.lang === "zh-Hans");
    await control(page, "button", "开始推演").waitFor({ state: "attached" });
    const now = await page.evaluateHandle(() => document.activeElement);
    assert(await now.evaluate((it, was) => it === was, before), "the focus is on another element");
    assert.equal(await now.evaluate((it) => it.firstChild.nodeValue), "English");
    await check(page, "zh-Hans");
    seen(page);
  },

  async "Tab goes from the canvas through what can be pressed and out again"({ open }) {
    const page = await open("/");
    const ids = await page.evaluate(() => [...document.querySelectorAll("#mirror button")]
      .filter((it) => it.tabIndex === 0).map((it) => it.dataset.id));
    assert(ids.length >= 3);
    for (const id of ids) {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.dataset.id), id);
    }
    for (const _ of ids) await page.keyboard.press("Shift+Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "game");
    // The game's own keys work from its elements too.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+G");
    await until(page, () => document.documentElement.lang === "zh-Hans");
    seen(page);
  },

  async "a screen reader hears where the arrows point"({ open }) {
    const page = await open("/?seed=7");
    for (const next of ["scenarios", "setup", "briefing", "command"]) {
      await page.keyboard.press("Enter");
      await screen(page, next);
    }
    await page.keyboard.press("1");
    await page.keyboard.press("ArrowRight");
    await until(page, () => document.activeElement.dataset.id?.startsWith("precinct:"));
    const first = await page.evaluate(() => document.activeElement.dataset.id);
    await page.keyboard.press(".");
    await until(page, (was) => document.activeElement.dataset.id !== was, first);
    const { orders } = await place(page);
    await page.keyboard.press("Enter");
    await until(page, (before) => window.commonwatch.place.orders > before, orders);
    await page.keyboard.press("Control+Enter");
    await screen(page, "response");
    seen(page);
  },

  async "at rest nothing is drawn and nothing of the page changes"({ open }) {
    const page = await open("/");
    await page.keyboard.press("Tab");
    const watch = () => page.evaluate(() => new Promise((told) => {
      let [drawn, changed] = [0, 0];
      const draw = WebGL2RenderingContext.prototype.drawElements;
      WebGL2RenderingContext.prototype.drawElements = function (...words) {
        drawn += 1;
        return draw.apply(this, words);
      };
      const watcher = new MutationObserver((all) => { changed += all.length; });
      watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      setTimeout(() => {
        watcher.disconnect();
        WebGL2RenderingContext.prototype.drawElements = draw;
        told({ drawn, changed });
      }, 3000);
    }));
    // A slow computer takes a while to come to rest; what never rests never passes.
    let count = await watch();
    for (let again = 0; again < 4 && (count.drawn || count.changed); again += 1) count = await watch();
    assert.deepEqual(count, { drawn: 0, changed: 0 });
    seen(page);
  },
};
