// Fetches the program and compiles it while it comes. A download that stops goes on where it was.

/** How long a download may be silent. */
const PATIENCE = 15_000;

/**
 * The compiled program.
 *
 * `progress(bytes)` hears how much has come; `stopped(why)` is asked when nothing more comes, and
 * answers when somebody wants to go on.
 */
export function fetchProgram(url, { progress, stopped }) {
  let received = 0;
  let source;
  const body = new ReadableStream({
    async pull(controller) {
      for (;;) {
        try {
          source ??= await open(url, received);
          const { done, value } = await source.read();
          if (done) return controller.close();
          // A server that cannot go on in the middle sends all of it once more.
          const known = Math.min(source.repeated, value.length);
          source.repeated -= known;
          if (known === value.length) continue;
          const fresh = value.subarray(known);
          received += fresh.length;
          progress(received);
          return controller.enqueue(fresh);
        } catch (why) {
          source?.abort();
          source = undefined;
          await stopped(why);
        }
      }
    },
  });
  const headers = { "Content-Type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(body, { headers }));
}

/** Why a download stopped when it was only silent. */
export class Silence extends Error {}

async function open(url, from) {
  const abort = new AbortController();
  const patient = (promise) => {
    let timer;
    const silence = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Silence()), PATIENCE);
    });
    return Promise.race([promise, silence]).finally(() => clearTimeout(timer));
  };
  try {
    const headers = from > 0 ? { Range: `bytes=${from}-` } : {};
    const response = await patient(fetch(url, { headers, signal: abort.signal }));
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    const start = Number(/^bytes (\d+)-/.exec(response.headers.get("Content-Range") ?? "")?.[1]);
    // Places in a packed file are not places in the program.
    const packed = response.headers.get("Content-Encoding");
    const resumed = response.status === 206 && start === from && !packed;
    if (response.status === 206 && !resumed) {
      abort.abort();
      return { ...(await open(url, 0)), repeated: from };
    }
    const reader = response.body.getReader();
    return {
      repeated: resumed ? 0 : from,
      read: () => patient(reader.read()),
      abort: () => abort.abort(),
    };
  } catch (why) {
    abort.abort();
    throw why;
  }
}
