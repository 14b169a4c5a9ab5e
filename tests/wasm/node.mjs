// Runs a WASI program under node: `node --no-warnings node.mjs PROGRAM ARGUMENTS…`.
// The program gets its arguments and its standard streams, no files and no environment.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [file, ...rest] = process.argv.slice(2);
const wasi = new WASI({ version: "preview1", args: [file, ...rest], env: {}, returnOnExit: true });
const module = await WebAssembly.compile(await readFile(file));
// Debian's C library for WASI has no `realpath`. There are no files, so none is found.
const env = { realpath: () => 0 };
const instance = await WebAssembly.instantiate(module, { ...wasi.getImportObject(), env });
process.exitCode = wasi.start(instance);
