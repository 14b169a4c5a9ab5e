// The page around the game: progress, panels, and the object through which program and page talk.

import { build } from "./build.js";
import { fetchProgram, Silence } from "./load.js";
import { makeMirror } from "./mirror.js";
import { both, choose } from "./words.js";

const $ = (id) => document.getElementById(id);
/** How much of the line is behind the reader at each stop. */
const STOPS = { program: 0.55, fonts: 0.7, map: 0.85, scenario: 1 };

const page = (window.commonwatch = {
  build,
  lang: choose(location.search, navigator.languages ?? [navigator.language]),
  /** Where the game is: language, screen, turn, orders in the log, digest once it is over. */
  place: null,
  /** How a game that plays itself has ended. */
  outcome: null,
  /** What is in the way: the name of the panel that is shown. */
  problem: null,
  drawn: false,
  /** The log of the game as text; the program brings it. */
  export: () => "",
  /** By which an element asks the program for something; the program brings it. */
  ask: () => {},
  download,
  stage,
  tell,
});

// ---------------------------------------------------------------- words

function setLanguage(lang) {
  page.lang = lang;
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll("[data-words]")) {
    element.textContent = both(element.dataset.words, lang)[0][1][0];
  }
}

/** Puts both languages of a message into an element; the first text is a heading if asked for. */
function say(element, key, { slots, heading } = {}) {
  const parts = both(key, page.lang, slots).flatMap(([lang, texts]) =>
    texts.map((text, at) => {
      const inline = element.tagName === "P";
      const part = document.createElement(inline ? "span" : heading && at === 0 ? "h2" : "p");
      part.lang = lang;
      part.textContent = text;
      return part;
    }),
  );
  element.replaceChildren(...parts);
}

function button(key, act, main) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = main ? "main" : "";
  for (const [at, [lang, [text]]] of both(key, page.lang).entries()) {
    const part = document.createElement("span");
    part.lang = lang;
    part.textContent = text;
    made.append(...(at ? [" "] : []), part);
  }
  made.addEventListener("click", act);
  return made;
}

// ---------------------------------------------------------------- progress

function advance(part, name) {
  const x = 12 + 508 * part;
  $("done").setAttribute("d", `M12 24H${x.toFixed(1)}`);
  $("token").setAttribute("transform", `translate(${x.toFixed(1)} 21)`);
  const percent = Math.floor(part * 100);
  $("percent").textContent = `${percent}%`;
  $("line").setAttribute("aria-valuenow", percent);
  for (const stop of document.querySelectorAll(".stop")) {
    stop.classList.toggle("reached", STOPS[stop.dataset.stop] < part);
  }
  if ($("doing").dataset.key !== name) {
    $("doing").dataset.key = name;
    say($("doing"), name);
  }
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** Shows what the program does next; answers once that is on the screen. */
function stage(name) {
  const names = Object.keys(STOPS);
  advance(STOPS[names[names.indexOf(name) - 1]] + 0.01, name);
  return new Promise((shown) => {
    // A page in the background is not drawn; it must load all the same.
    const late = setTimeout(shown, 200);
    requestAnimationFrame(() => requestAnimationFrame(() => {
      clearTimeout(late);
      shown();
    }));
  });
}

// ---------------------------------------------------------------- panels

function showPanel(key, { slots, details, buttons }) {
  page.problem = key;
  $("mirror").inert = true;
  say($("panel-words"), key, { slots, heading: true });
  $("panel-buttons").replaceChildren(...buttons);
  $("details").hidden = !details;
  $("details").querySelector("summary").textContent = both("details", page.lang)[0][1][0];
  $("details").querySelector("pre").textContent = details ?? "";
  $("strip").hidden = true;
  $("panel").hidden = false;
  document.body.classList.toggle("veiled", page.drawn);
  buttons[0]?.focus();
}

function hidePanel() {
  page.problem = null;
  $("mirror").inert = false;
  $("panel").hidden = true;
}

const reload = () => location.reload();
const first = () => location.assign(location.pathname);

function fail(details) {
  // The first report is the one that tells why.
  if (page.problem === "failed" || page.problem === "failedUnkept") return;
  if (!page.drawn) {
    return showPanel("noStart", { details, buttons: [button("reopen", reload, true)] });
  }
  const kept = page.place?.kept ?? true;
  showPanel(kept ? "failed" : "failedUnkept", {
    details,
    buttons: [button("reopen", reload, kept), button("download", download, !kept)],
  });
}

function showStrip() {
  say($("strip-words"), "unkept");
  $("strip-buttons").replaceChildren(
    button("download", download, true),
    button("close", () => {
      $("strip").hidden = true;
      $("game")?.focus();
    }),
  );
  $("strip").hidden = false;
}

// ---------------------------------------------------------------- the replay file

/** Hands the log to the reader as a file; says whether there is one. */
function download() {
  const text = page.export();
  if (!text) return false;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = `${page.place?.scenario ?? "commonwatch"}.cwlog`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}

// ---------------------------------------------------------------- what the program says

const REFUSED = { scenario: "unknownScenario", seed: "unknownSeed", autopilot: "unknownPolicy" };

const mirror = makeMirror({
  root: $("mirror"),
  said: $("said"),
  ask: (id, what) => page.ask(id, what),
  canvas: () => $("game"),
});

const heard = {
  drawn() {
    page.drawn = true;
    advance(1, "scenario");
    $("loading").hidden = true;
    $("mirror").hidden = false;
    for (const skip of document.querySelectorAll(".skip")) skip.hidden = false;
    $("game").focus();
  },
  place(place) {
    const before = page.place;
    page.place = place;
    if (place.lang !== page.lang) setLanguage(place.lang);
    if (!place.kept && (before?.kept ?? true)) showStrip();
    if (place.kept) $("strip").hidden = true;
  },
  mirror: mirror.apply,
  outcome(outcome) {
    page.outcome = outcome;
  },
  stopped(why) {
    page.outcome = { stopped: why };
  },
  refused({ what, given, known }) {
    const slots = { given, known: known.join(", ") };
    showPanel(REFUSED[what], { slots, buttons: [button("first", first, true)] });
  },
  broken(details) {
    showPanel("brokenScenario", { details, buttons: [button("first", first, true)] });
  },
  closed() {
    const kept = page.place?.kept ?? true;
    const buttons = [button("reopen", reload, kept)];
    if (page.export()) buttons.push(button("download", download, !kept));
    showPanel(kept ? "closed" : "closedUnkept", { buttons });
  },
  failed: fail,
};

function tell(text) {
  const { event, about } = JSON.parse(text);
  heard[event]?.(about);
}

// ---------------------------------------------------------------- start

/** Asked of a canvas outside the page: an OffscreenCanvas may draw where one of the page may not. */
function canDraw() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

function makeCanvas() {
  const canvas = document.createElement("canvas");
  canvas.id = "game";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "Commonwatch 守望与共");
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  canvas.addEventListener("webglcontextlost", () => {
    // The program's own end lets go of the picture too.
    if (page.problem) return;
    const kept = page.place?.kept ?? true;
    const buttons = [button("reload", reload, kept)];
    if (!kept) buttons.unshift(button("download", download, true));
    showPanel(kept ? "lost" : "lostUnkept", { buttons });
  });
  $("stage").append(canvas);
  document.body.classList.add("playing");
}

async function start() {
  setLanguage(page.lang);
  say($("hint"), "hint");
  advance(0, "program");
  document.addEventListener("click", (event) => {
    const act = event.target.closest?.("[data-act]")?.dataset.act;
    if (!act) return;
    event.preventDefault();
    if (act === "focus") $("game")?.focus();
    else download();
  });
  if (typeof WebAssembly?.compileStreaming !== "function") {
    return showPanel("tooOld", { buttons: [] });
  }
  if (!canDraw()) {
    return showPanel("noGraphics", { buttons: [button("again", reload, true)] });
  }
  const wait = (why) =>
    new Promise((again) => {
      const go = () => {
        hidePanel();
        again();
      };
      const silent = why instanceof Silence;
      showPanel(silent ? "stalled" : "broken", {
        details: silent ? undefined : String(why),
        buttons: [button("again", go, true)],
      });
    });
  window.addEventListener("error", (event) => {
    if (event.error instanceof WebAssembly.RuntimeError) fail(String(event.error.stack));
  });
  try {
    // The name changes with what is in the file, so that a browser never joins old and new.
    const name = `?v=${build.id}`;
    const glue = import(`./commonwatch.js${name}`);
    const program = await fetchProgram(`commonwatch_bg.wasm${name}`, {
      progress(bytes) {
        advance((STOPS.program * bytes) / Math.max(bytes, build.bytes), "program");
        $("megabytes").textContent = `${megabytes(bytes)} / ${megabytes(build.bytes)} MB`;
      },
      stopped: wait,
    });
    makeCanvas();
    await (await glue).default({ module_or_path: program });
  } catch (why) {
    fail(String(why?.stack ?? why));
  }
}

start();
