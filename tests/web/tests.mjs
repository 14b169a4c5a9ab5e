// What a reader of the page would notice. Each test is one sentence about the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { both, choose, words } from "../../web/words.js";
import { mirrorTests } from "./mirror.mjs";
import { firstOrder, log, place, replay, seen, send, shown, takeBack, until } from "./page.mjs";

export const tests = {
  async "every word is there in both languages"() {
    const han = /\p{Script=Han}/u;
    for (const [key, { en, zh }] of Object.entries(words)) {
      assert.equal([en].flat().length, [zh].flat().length, key);
      for (const text of [en].flat()) assert(!han.test(text) && text.trim(), key);
      for (const text of [zh].flat()) assert(han.test(text), key);
      const slots = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
      assert.deepEqual(slots([en].flat().join()), slots([zh].flat().join()), key);
    }
    assert.equal(both("again", "zh-Hans")[0][0], "zh-Hans");
    assert.equal(choose("?lang=zh", ["en-GB"]), "zh-Hans");
    assert.equal(choose("?lang=xx", ["fr", "zh-CN"]), "zh-Hans");
    assert.equal(choose("", ["fr"]), "en");
  },

  async "the title is drawn and fills the page"({ open, pictures }) {
    const page = await open("/");
    assert.equal((await place(page)).screen, "title");
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert(!(await shown(page, "#loading")));
    assert.equal(await page.evaluate(() => document.activeElement.id), "game");
    for (const [width, height] of [[1280, 800], [1024, 700]]) {
      await page.setViewportSize({ width, height });
      await until(page, ([w, h]) => {
        const box = document.getElementById("game").getBoundingClientRect();
        return box.width === w && box.height === h;
      }, [width, height]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.waitForTimeout(1000);
    const picture = await page.screenshot({ path: join(pictures, "title-en.png") });
    // A page of one colour packs to almost nothing.
    assert(picture.length > 40_000, `${picture.length} bytes of picture`);
    seen(page);
  },

  async "the browser's language is taken, and the address wins over it"({ open, pictures }) {
    const page = await open("/", { locale: "zh-CN" });
    assert.equal((await place(page)).lang, "zh-Hans");
    await page.waitForTimeout(1000);
    await page.screenshot({ path: join(pictures, "title-zh.png") });
    await page.keyboard.press("Shift+G");
    await until(page, () => document.documentElement.lang === "en");
    const other = await open("/?lang=zh-Hans");
    assert.equal((await place(other)).lang, "zh-Hans");
    seen(page);
  },

  async "a whole game ends where the laboratory ends, and its log is verified"(world) {
    const { open, run, pictures } = world;
    const page = await open("/?scenario=first-watch&lang=en&autopilot=hotspot&seed=7");
    await page.waitForFunction(() => window.commonwatch.outcome, null, { timeout: 600_000 });
    const outcome = await page.evaluate(() => window.commonwatch.outcome);
    assert.equal(outcome.stopped, undefined);
    const table = run("simulate", "first-watch", "--policy", "hotspot", "--seeds", "7", "--format", "csv");
    const digest = /^7,([0-9a-f]{32}),/m.exec(table)?.[1];
    assert.equal(outcome.digest, digest);
    await page.screenshot({ path: join(pictures, "debrief-en.png") });
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.evaluate(() => window.commonwatch.download()),
    ]);
    assert.equal(file.suggestedFilename(), "first-watch.cwlog");
    const text = readFileSync(await file.path(), "utf8");
    assert.equal(text, await log(page));
    replay(world, text, "whole-game");
    seen(page);
    return `digest ${digest}, log ${text.length} bytes`;
  },

  async "a reload in the middle of a turn loses nothing"(world) {
    const page = await world.open("/?seed=7");
    await firstOrder(page);
    await takeBack(page);
    const before = await log(page);
    await page.reload();
    await until(page, () => window.commonwatch?.drawn);
    assert.equal((await place(page)).saved, 1);
    await page.keyboard.press("Enter");
    await until(page, () => window.commonwatch.place.screen === "command");
    assert.equal(await log(page), before);
    await page.keyboard.press("Control+Enter");
    await until(page, () => window.commonwatch.place.screen === "response");
    await page.reload();
    await until(page, () => window.commonwatch?.drawn);
    assert.equal((await place(page)).saved, 2);
    await page.keyboard.press("Enter");
    await until(page, () => window.commonwatch.place.turn === 2);
    const after = await log(page);
    assert(after.startsWith(before));
    replay(world, after, "reloaded");
    seen(page);
  },

  async "a page that is killed loses nothing that was shown"(world) {
    const page = await world.open("/?seed=7");
    await firstOrder(page);
    const before = await log(page);
    const context = page.context();
    const crashed = page.waitForEvent("crash");
    page.goto("chrome://crash").catch(() => {});
    await crashed;
    const again = await world.open("/", { context });
    assert.equal((await place(again)).saved, 1);
    await again.keyboard.press("Enter");
    await until(again, () => window.commonwatch.place.screen === "command");
    assert.equal(await log(again), before);
  },

  async "a second page takes the game, and the first is told"(world) {
    const first = await world.open("/?seed=7");
    await firstOrder(first);
    const second = await world.open("/", { context: first.context() });
    await second.keyboard.press("Enter");
    await until(second, () => window.commonwatch.place.screen === "command");
    const { orders } = await place(first);
    await first.bringToFront();
    await first.keyboard.press("Backspace");
    await first.waitForTimeout(1500);
    assert.equal((await place(first)).orders, orders);
    await first.screenshot({ path: join(world.pictures, "taken-by-another-page.png") });
    await second.bringToFront();
    for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await second.keyboard.press(key);
    await takeBack(second);
    replay(world, await log(second), "two-pages");
  },

  async "where nothing is kept, the game goes on and says so"(world) {
    const prepare = (context) => context.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("closed", "SecurityError");
        },
      });
    });
    const page = await world.open("/?seed=7", { prepare });
    assert(!(await shown(page, "#strip")));
    await firstOrder(page);
    assert(await shown(page, "#strip"));
    const said = await page.locator("#strip").innerText();
    assert.match(said, /This browser keeps no saves here\. Download the replay file instead\./);
    assert.match(said, /\p{Script=Han}/u);
    await page.screenshot({ path: join(world.pictures, "no-saves.png") });
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#strip button").first().click(),
    ]);
    replay(world, readFileSync(await file.path(), "utf8"), "unkept");
    seen(page);
  },

  async "a full storage is told, and takes the game when there is room"(world) {
    const page = await world.open("/?seed=7");
    await firstOrder(page);
    assert((await place(page)).kept);
    await page.evaluate(() => {
      window.roomy = Storage.prototype.setItem;
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await takeBack(page);
    assert(!(await place(page)).kept);
    assert(await shown(page, "#strip"));
    await page.evaluate(() => {
      Storage.prototype.setItem = window.roomy;
    });
    await page.locator("#game").focus();
    await send(page);
    assert((await place(page)).kept);
    assert(!(await shown(page, "#strip")));
    const before = await log(page);
    await page.reload();
    await until(page, () => window.commonwatch?.drawn);
    await page.keyboard.press("Enter");
    await until(page, () => window.commonwatch.place.screen === "command");
    assert.equal(await log(page), before);
    seen(page);
  },

  async "without WebGL 2 there are words and no canvas"({ open, server, pictures }) {
    const asked = server.requests.length;
    const page = await open("/", { flags: ["--disable-3d-apis"] });
    assert.equal(await page.evaluate(() => window.commonwatch.problem), "noGraphics");
    assert.equal(await page.locator("canvas").count(), 0);
    const panel = page.getByRole("alertdialog");
    const said = await panel.innerText();
    assert.match(said, /The game needs WebGL 2/);
    assert.match(said, /游戏需要 WebGL 2/);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Try again 重试");
    assert(!server.requests.slice(asked).some(({ name }) => name.endsWith(".wasm")));
    await page.screenshot({ path: join(pictures, "no-webgl.png") });
    seen(page);
  },

  async "a download that stops goes on where it was"({ open, server, pictures }) {
    const half = 3_000_000;
    for (const noRanges of [false, true]) {
      Object.assign(server.faults, { silentAfter: half, noRanges });
      const asked = server.requests.length;
      const page = await open("/");
      assert.equal(await page.evaluate(() => window.commonwatch.problem), "stalled");
      assert(await shown(page, "#loading"));
      if (!noRanges) await page.screenshot({ path: join(pictures, "stalled.png") });
      await page.locator("#panel button").click();
      await until(page, () => window.commonwatch.drawn);
      const asks = server.requests.slice(asked).filter(({ name }) => name.endsWith(".wasm"));
      assert.deepEqual(asks.map(({ from }) => from), [null, noRanges ? null : half]);
      seen(page);
      await page.context().close();
    }
    server.faults.noRanges = false;
  },

  async "an address that asks for nothing we have is answered"({ open }) {
    for (const [search, said] of [
      ["?scenario=first-wach", /first-wach.*first-watch, harbour-town/s],
      ["?seed=seven", /seven.*4294967295/s],
      ["?autopilot=robot", /robot.*hotspot/s],
    ]) {
      const page = await open(`/${search}`);
      assert.match(await page.getByRole("alertdialog").innerText(), said);
      seen(page);
    }
  },

  async "another built-in scenario opens"({ open }) {
    const page = await open("/?scenario=harbour-town");
    assert.equal((await place(page)).scenario, "harbour-town");
    seen(page);
  },

  async "a program that fails says what is safe and what to do"({ open, pictures }) {
    const page = await open("/?seed=7");
    await firstOrder(page);
    const text = await log(page);
    await page.evaluate(() => window.commonwatch.tell('{"event":"failed","about":"panicked at x"}'));
    const panel = page.getByRole("alertdialog");
    const said = await panel.innerText();
    assert.match(said, /kept in this browser/);
    assert.match(said, /\p{Script=Han}/u);
    await page.screenshot({ path: join(pictures, "failed.png") });
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("button", { name: "Download the replay file" }).click(),
    ]);
    assert.equal(readFileSync(await file.path(), "utf8"), text);
  },

  async "leaving the game offers the way back and the replay file"({ open }) {
    const page = await open("/");
    await page.keyboard.press("Shift+Tab");
    const free = await page.evaluate(() => document.activeElement.id !== "game");
    assert(free, "the keyboard is shut in on the canvas");
  },

  async "a finger on a phone places a team and ends the turn"(world) {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
    for (const lang of ["en", "zh-Hans"]) {
      const page = await world.open(`/?seed=7&lang=${lang}`, phone);
      // The page's elements tell where a thing lies on the canvas; the finger goes there.
      const tap = async (id) => {
        const [x, y] = await page.locator(`#mirror [data-id^="${id}"]`).first().evaluate((it) => {
          const box = it.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        });
        assert(x > 0 && x < 390 && y > 0 && y < 844, `${id} lies outside the page`);
        await page.touchscreen.tap(x, y);
      };
      for (const [id, next] of [
        ["browse", "scenarios"], ["set-up", "setup"], ["start", "briefing"], ["begin", "command"],
      ]) {
        await tap(id);
        await until(page, (screen) => window.commonwatch.place.screen === screen, next);
      }
      const { orders } = await place(page);
      await tap("take:");
      await until(page, () => document.querySelector('[data-id^="take:"]').getAttribute("aria-checked") === "true");
      await tap("precinct:");
      await until(page, (before) => window.commonwatch.place.orders > before, orders);
      await page.screenshot({ path: join(world.pictures, `phone-${lang}.png`) });
      await tap("end-turn");
      await until(page, () => window.commonwatch.place.screen === "response");
      replay(world, await log(page), `phone-${lang}`);
      seen(page);
    }
  },

  ...mirrorTests,
};
