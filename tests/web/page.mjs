// What every test of the page asks it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the game is. */
export const place = (page) => page.evaluate(() => window.commonwatch.place);
/** The log of the game. */
export const log = (page) => page.evaluate(() => window.commonwatch.export());
export const until = (page, test, argument) => page.waitForFunction(test, argument, { timeout: 60_000 });
export const shown = (page, id) => page.locator(id).isVisible();

/** Nothing went wrong that only the console tells. */
export function seen(page) {
  assert.deepEqual(page.faults, []);
}

/** From the title to the first turn, with one team sent somewhere: by keys alone. */
export async function firstOrder(page) {
  for (const screen of ["scenarios", "setup", "briefing", "command"]) {
    await page.keyboard.press("Enter");
    await until(page, (next) => window.commonwatch.place.screen === next, screen);
  }
  await send(page);
}

/** Takes the team back from where it was sent; the only one that the first month can pay. */
export async function takeBack(page) {
  const { orders } = await place(page);
  await page.keyboard.press("Backspace");
  await until(page, (before) => window.commonwatch.place.orders > before, orders);
}

/** Sends the team to where the keys point. */
export async function send(page) {
  const { orders } = await place(page);
  await page.keyboard.press("1");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await until(page, (before) => window.commonwatch.place.orders > before, orders);
}

/** The log, played again by the native program. */
export function replay({ run, scratch }, text, name) {
  const file = join(scratch, `${name}.cwlog`);
  writeFileSync(file, text);
  return run("replay", file, "--verify");
}

