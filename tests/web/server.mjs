// Hands out `web/dist` on this machine alone, as well or as badly as a test asks.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Starts a server; `faults.silentAfter` makes it stop once after so many bytes of the program. */
export async function serve(root) {
  const faults = { silentAfter: null, noRanges: false };
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const name = path === "/" ? "index.html" : normalize(path).replace(/^[/\\]+/, "");
    let body;
    try {
      body = await readFile(join(root, name));
    } catch {
      response.writeHead(404).end();
      return;
    }
    const from = faults.noRanges ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
    requests.push({ name, from: from === undefined ? null : Number(from) });
    const headers = { "Content-Type": TYPES[extname(name)] ?? "text/plain", "Cache-Control": "no-cache" };
    const part = from === undefined ? body : body.subarray(Number(from));
    if (from !== undefined) headers["Content-Range"] = `bytes ${from}-${body.length - 1}/${body.length}`;
    response.writeHead(from === undefined ? 200 : 206, { ...headers, "Content-Length": part.length });
    if (name.endsWith(".wasm") && faults.silentAfter !== null) {
      response.write(part.subarray(0, faults.silentAfter));
      faults.silentAfter = null;
      return;
    }
    response.end(part);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    requests,
    faults,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
