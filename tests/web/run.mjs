// The game in a real browser: `node tests/web/run.mjs [NAME…]`, after `web/build`.
//
// Needs `chromium`, and the native binary for the proof that both play the same game. Installs
// Playwright's driver beside the other tools. Pictures go to `$COMMONWATCH_PICTURES`, if set.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./server.mjs";
import { tests } from "./tests.mjs";

const DRIVER = "playwright-core@1.65.1";
const FLAGS = [
  "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
  "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const native = process.env.COMMONWATCH ?? join(target, "debug/commonwatch");
const dist = join(root, "web/dist");

function driver() {
  const home = join(target, "tools/playwright");
  const here = createRequire(join(home, "package.json"));
  const at = DRIVER.lastIndexOf("@");
  const [name, version] = [DRIVER.slice(0, at), DRIVER.slice(at + 1)];
  const found = join(home, "node_modules", name, "package.json");
  if (!existsSync(found) || here(found).version !== version) {
    mkdirSync(home, { recursive: true });
    const words = ["install", "--silent", "--no-fund", "--no-audit", "--prefix", home, DRIVER];
    execFileSync("npm", words, { stdio: "inherit" });
  }
  return here(name);
}

for (const [path, what] of [[join(dist, "build.js"), "web/build"], [native, "cargo build"]]) {
  if (!existsSync(path)) {
    console.error(`${path} is missing: run ${what} first.`);
    process.exit(2);
  }
}

const { chromium } = driver();
const scratch = mkdtempSync(join(tmpdir(), "commonwatch-web-"));
const pictures = process.env.COMMONWATCH_PICTURES ?? join(scratch, "pictures");
mkdirSync(pictures, { recursive: true });
const server = await serve(dist);
const browsers = new Map();

/** A page of its own, with a storage of its own, and everything that went wrong in it. */
async function open(path, { flags = [], context, wait = true, prepare, ...options } = {}) {
  const key = flags.join(" ");
  if (!browsers.has(key)) {
    const args = [...FLAGS, ...flags];
    browsers.set(key, await chromium.launch({ executablePath: "/usr/bin/chromium", args }));
  }
  context ??= await browsers.get(key).newContext({
    viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options,
  });
  await prepare?.(context);
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (line) => line.type() === "error" && page.faults.push(line.text()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("request", (request) => {
    const known = [server.origin, `blob:${server.origin}`, "data:"];
    if (!known.some((start) => request.url().startsWith(start))) page.faults.push(`asks ${request.url()}`);
  });
  await page.goto(server.origin + path);
  if (wait) await page.waitForFunction(() => window.commonwatch?.drawn || window.commonwatch?.problem, null, { timeout: 120_000 });
  return page;
}

const world = {
  open, server, scratch, pictures,
  run: (...words) => execFileSync(native, words, { encoding: "utf8" }),
};
const wanted = process.argv.slice(2);
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const start = Date.now();
  try {
    const note = await test(world);
    console.log(`ok      ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)${note ? `: ${note}` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}: ${error.stack ?? error}`);
  }
  for (const browser of browsers.values()) {
    for (const context of browser.contexts()) await context.close();
  }
}
for (const browser of browsers.values()) await browser.close();
server.close();
rmSync(scratch, { recursive: true, force: true });
console.log(failed ? `${failed} failed` : "all passed");
process.exit(failed ? 1 : 0);
