// The canvas as elements, for those who do not look at it: what the program says is there, by name,
// where it lies. They are not seen; a screen reader reads them, and Tab goes through them.
//
// An element stays as long as its thing does, so that nobody loses their place when the screen is
// drawn anew.

const TAGS = { heading: "h2", place: "li", group: "div", alert: "div", text: "p" };
const HAN = /\p{Script=Han}/u;

/**
 * Keeps `root` in step with the program.
 *
 * `said` tells what has opened to those who are not in `root`; `ask(id, what)` is how an element asks
 * the program for something: "click", "focus" or "blur".
 */
export function makeMirror({ root, said, ask, canvas }) {
  /** By name: what the program said, the element that stands in the page, and the one to press. */
  const known = new Map();
  /** The lists that places stand in, by what holds them. */
  const lists = new Map();
  const dialog = document.createElement("div");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  dialog.tabIndex = -1;
  let order = [];
  let last = { screen: "", modal: false };
  /** What had the focus before a dialog opened. */
  let back = null;
  /** While the program moves things about, the focus moves without anybody wishing it. */
  let busy = false;

  const name = (element) => element?.closest("[data-id]")?.dataset.id ?? null;
  const alive = (id) => {
    const target = known.get(id)?.target;
    return target?.isConnected && !target.closest("[inert]") ? target : null;
  };

  // ---------------------------------------------------------------- what is there

  function make(data) {
    const control = data.clickable || data.chosen !== null || data.role === "button";
    const outer = document.createElement(TAGS[data.role] ?? "button");
    let target = outer;
    if (data.role === "place" && control) {
      target = document.createElement("button");
      outer.append(target);
    }
    if (target.tagName === "BUTTON") target.type = "button";
    if (data.role === "choice") target.setAttribute("role", "radio");
    if (data.role === "group" || data.role === "alert") target.setAttribute("role", data.role);
    target.dataset.id = data.id;
    return { kind: `${data.role} ${control}`, outer, target };
  }

  function put(data) {
    const control = data.clickable || data.chosen !== null || data.role === "button";
    let entry = known.get(data.id);
    if (entry?.kind !== `${data.role} ${control}`) {
      const old = entry?.outer;
      entry = make(data);
      old?.replaceWith(entry.outer);
      known.set(data.id, entry);
    }
    const { outer, target } = entry;
    entry.data = data;
    if (data.role === "group") target.setAttribute("aria-label", data.name);
    else write(target, data);
    // The language of the page, unless the words are of the other one.
    const han = HAN.test(data.name);
    const page = document.documentElement.lang;
    const other = page === "en" ? han && "zh-Hans" : !han && /^[A-Za-z ]{3,}$/.test(data.name) && "en";
    if (other) target.lang = other;
    else target.removeAttribute("lang");
    if (target.tagName === "BUTTON") {
      target.tabIndex = data.focusable && data.role !== "place" ? 0 : -1;
      mark(target, "aria-disabled", data.enabled ? null : true);
      mark(target, data.role === "choice" ? "aria-checked" : "aria-pressed", data.chosen);
    }
    outer.inert = data.hidden;
    mark(outer, "aria-hidden", data.hidden || null);
    if (data.role !== "group") place(target, data.area);
  }

  /** A control says its value apart from its name; what is only read says both in a row. */
  function write(target, { name, value, id }) {
    if (target.tagName !== "BUTTON") {
      const colon = HAN.test(name) ? "：" : ": ";
      const text = value ? name + colon + value : name;
      if (target.textContent !== text) target.textContent = text;
      return;
    }
    let note = target.querySelector("span");
    if (target.firstChild?.nodeValue !== name) {
      target.textContent = name;
      note = null;
    }
    if (!value) {
      note?.remove();
      return mark(target, "aria-describedby", null);
    }
    if (!note) {
      note = document.createElement("span");
      note.id = `said-of ${id}`.replace(/\s/g, "-");
      note.hidden = true;
      target.append(note);
    }
    if (note.textContent !== value) note.textContent = value;
    mark(target, "aria-describedby", note.id);
  }

  function mark(element, attribute, value) {
    if (value === null) element.removeAttribute(attribute);
    else element.setAttribute(attribute, value);
  }

  /** Where the thing lies, for fingers that feel for it and for magnifiers; never outside the page. */
  function place(target, [left, top, width, height]) {
    const within = (at, most) => Math.min(Math.max(at, 0), most - 1);
    target.style.left = `${within(left, innerWidth)}px`;
    target.style.top = `${within(top, innerHeight)}px`;
    target.style.width = `${Math.max(width, 1)}px`;
    target.style.height = `${Math.max(height, 1)}px`;
  }

  // ---------------------------------------------------------------- in what order

  function arrange(modal) {
    const families = new Map([[root, []], [dialog, []]]);
    const rows = new Map();
    const there = new Set();
    for (const [group, ids] of order) {
      for (const id of ids) {
        there.add(id);
        const { data, outer } = known.get(id);
        const front = modal && !data.hidden ? dialog : root;
        const holder = group === null ? front : known.get(group).outer;
        if (!families.has(holder)) families.set(holder, []);
        const family = families.get(holder);
        if (data.role !== "place") {
          family.push(outer);
          continue;
        }
        if (!rows.has(holder)) {
          if (!lists.has(holder)) lists.set(holder, document.createElement("ul"));
          rows.set(holder, []);
          family.push(lists.get(holder));
        }
        rows.get(holder).push(outer);
      }
    }
    if (modal) families.get(root).push(dialog);
    for (const [holder, family] of families) settle(holder, family);
    for (const [holder, row] of rows) settle(lists.get(holder), row);
    for (const id of known.keys()) if (!there.has(id)) known.delete(id);
    for (const holder of lists.keys()) if (!rows.has(holder)) lists.delete(holder);
  }

  /** Moves as little as it can: what is moved loses the focus. */
  function settle(holder, family) {
    const stays = new Set(family);
    for (const child of [...holder.children]) if (!stays.has(child)) child.remove();
    let at = holder.firstChild;
    for (const child of family) {
      if (child === at) at = at.nextSibling;
      else holder.insertBefore(child, at);
    }
  }

  // ---------------------------------------------------------------- where the focus is

  function show(element) {
    element.focus({ preventScroll: true });
  }

  function follow(held, { opened, closed, turned, focus }) {
    const start = last.modal ? dialog : root;
    const kept = held && alive(held);
    if (opened) return show(dialog);
    if (closed && back && alive(back)) return show(alive(back));
    if (!kept) return document.activeElement === start ? undefined : show(start);
    if (document.activeElement !== kept) show(kept);
    // On the same screen it was taken away on purpose: the keys go to the map.
    if (focus === null && !turned && !closed) show(canvas());
  }

  function apply({ screen, modal, elements, order: fresh, focus }) {
    const active = document.activeElement;
    const inside = root.contains(active);
    const held = inside ? name(active) : null;
    const [turned, opened] = [screen !== last.screen, modal && !last.modal];
    const closed = !modal && last.modal;
    busy = true;
    elements.forEach(put);
    if (fresh) order = fresh;
    arrange(modal);
    busy = false;
    last = { screen, modal };
    const headings = [...(modal ? dialog : root).querySelectorAll("h2")];
    const title = headings.find((heading) => !heading.inert)?.textContent ?? "";
    (modal ? dialog : root).setAttribute("aria-label", title);
    if (opened) back = held;
    if (inside) follow(held, { opened, closed, turned, focus });
    else if (turned || opened) said.textContent = title;
    const to = focus && alive(focus);
    const here = inside || active === canvas() || active === document.body;
    if (to && here && to !== document.activeElement) {
      busy = true;
      show(to);
      busy = false;
    }
  }

  // ---------------------------------------------------------------- what is asked

  root.addEventListener("click", (event) => {
    const id = name(event.target);
    if (known.get(id)?.data.clickable) ask(id, "click");
  });
  root.addEventListener("focusin", (event) => {
    const id = name(event.target);
    if (id && !busy) ask(id, "focus");
  });
  root.addEventListener("focusout", (event) => {
    const id = name(event.target);
    const left = !root.contains(event.relatedTarget) && document.hasFocus();
    if (id && left && !busy) ask(id, "blur");
  });

  // The game's keys work wherever the focus is; those that press an element are the element's own.
  for (const type of ["keydown", "keyup"]) {
    root.addEventListener(type, (event) => {
      const presses = event.key === "Enter" || event.key === " ";
      const held = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      // On a place Enter is the map's: the arrows before it may not have been followed yet.
      const own = name(event.target) && !(event.key === "Enter" && event.target.closest("li"));
      if (event.key === "Tab" || (presses && !held && own)) return;
      if (presses) event.preventDefault();
      canvas().dispatchEvent(new KeyboardEvent(type, event));
    });
  }
  // Tab is the browser's here: it goes from the canvas through the elements and out again.
  for (const type of ["keydown", "keyup"]) {
    window.addEventListener(type, (event) => {
      const other = event.ctrlKey || event.metaKey || event.altKey;
      if (event.key === "Tab" && !other && event.target === canvas()) event.stopImmediatePropagation();
    }, true);
  }

  return { apply };
}
