// What pages gain when JavaScript runs. Everything works without it: links lead to pages, forms submit, lists are searched by the server.

document.documentElement.classList.add("js");

const field = (element) => element.closest("[data-combobox]");

// A signed-in person's htmx requests carry the token; forms bring their own.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});

// The bell is asked again while somebody looks at the page, and when she comes back to it.
const BELL_PAUSE = 180_000;
const ring = () => document.visibilityState === "visible" && document.body.dispatchEvent(new Event("portal:bell"));
setInterval(ring, BELL_PAUSE);
document.addEventListener("visibilitychange", ring);

const focusMarked = (root) => root.querySelector("[data-focus]")?.focus();
focusMarked(document);
document.addEventListener("htmx:afterSettle", (event) => focusMarked(event.target));

// Tabs that do not fit beside each other: the open one is brought into sight.
function showTabs(root) {
  for (const tabs of root.querySelectorAll(".tabs")) {
    const open = tabs.querySelector("[aria-current]");
    if (open) tabs.scrollLeft += open.getBoundingClientRect().left - tabs.getBoundingClientRect().left - tabs.clientWidth / 3;
  }
}
showTabs(document);
document.addEventListener("htmx:afterSettle", () => showTabs(document));

document.addEventListener("click", (event) => {
  const { target } = event;
  const opener = target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  // A press on the dialog itself is a press on the veil around its form.
  if (target.closest("[data-close]") || target.matches("dialog")) target.closest("dialog")?.close();
  const copier = target.closest("[data-copy]");
  if (copier) copy(copier);
  if (target.closest("[data-print]")) print();
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(target)) menu.open = false;
});

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  source.select();
  await navigator.clipboard?.writeText(source.value);
  const word = button.querySelector("span");
  const before = word.textContent;
  word.textContent = button.dataset.done;
  setTimeout(() => (word.textContent = before), 2000);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A form that applies each choice at once; inside an open sheet the reader chooses several and presses the button.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  const open = form?.popover && form.matches(":popover-open");
  if (form && !open) form.requestSubmit();
});

for (const kind of ["dragenter", "dragleave", "drop"])
  document.addEventListener(kind, (event) => event.target.closest?.(".drop")?.classList.toggle("drop-over", kind === "dragenter"));

// Combobox: typed letters bring suggestions. A chosen one fills the hidden value, or, in the box that searches everything, leads there.
const waiting = new WeakMap();

const parts = (box) => ({
  input: box.querySelector('input[type="text"], input[type="search"]'),
  value: box.querySelector('input[type="hidden"]'),
  list: box.querySelector('[role="listbox"]'),
  status: box.querySelector('[role="status"]'),
});

const optionsOf = (list) => [...list.querySelectorAll('[role="option"]')];

function close(box) {
  const { input, list } = parts(box);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function highlight(box, option) {
  const { input, list } = parts(box);
  for (const other of optionsOf(list)) other.setAttribute("aria-selected", String(other === option));
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function choose(box, option) {
  const { input, value } = parts(box);
  if (!value) return lead(box, option);
  value.value = option.dataset.value;
  input.value = option.dataset.label ?? input.value;
  box.classList.add("combobox-chosen");
  close(box);
  value.dispatchEvent(new Event("change", { bubbles: true }));
  const details = option.dataset.value === "new" && document.getElementById(box.dataset.new);
  if (!details) return;
  details.open = true;
  const name = details.querySelector("input");
  name.value ||= input.value;
  name.focus();
}

// Opening the fields of something new says the same as choosing "not in the list".
document.addEventListener(
  "toggle",
  ({ target }) => {
    const box = target.open && target.id && document.querySelector(`[data-new="${target.id}"]`);
    const { value } = box ? parts(box) : {};
    if (value) value.value ||= "new";
  },
  true,
);

function open(box) {
  const { input, list } = parts(box);
  optionsOf(list).forEach((option, index) => (option.id = `${list.id}_${index}`));
  list.hidden = !list.children.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
}

async function suggest(box) {
  const { input, value, list, status } = parts(box);
  const typed = input.value.trim();
  if (!typed && !value) return remind(box);
  if (typed.length < 2) return close(box);
  const address = new URL(box.dataset.combobox, location.href);
  address.searchParams.set("q", typed);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || input.value.trim() !== typed || document.activeElement !== input) return;
  list.innerHTML = await answer.text();
  const found = list.querySelectorAll('[data-value]:not([data-value="new"])').length;
  status.textContent = found ? `${status.dataset.count}: ${found}` : status.dataset.none;
  open(box);
}

// The box that searches everything. What somebody has searched for is kept in her browser alone, the latest first.
const KEPT = 5;
const keptAs = `searches:${document.querySelector('meta[name="person"]')?.content ?? ""}`;

function searches() {
  try {
    return JSON.parse(localStorage.getItem(keptAs)) ?? [];
  } catch {
    return [];
  }
}

function keep(kept) {
  try {
    if (kept.length) localStorage.setItem(keptAs, JSON.stringify(kept));
    else localStorage.removeItem(keptAs);
  } catch {
    // A browser that keeps nothing
  }
}

function lead(box, option) {
  const { input } = parts(box);
  if (option.dataset.href) return location.assign(option.dataset.href);
  if (option.dataset.query === undefined) {
    keep([]);
    return close(box);
  }
  input.value = option.dataset.query;
  box.requestSubmit();
}

function remind(box) {
  const { list } = parts(box);
  const kept = searches();
  if (!kept.length) return close(box);
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", list.dataset.recent);
  const kind = Object.assign(document.createElement("p"), { className: "option-kind", textContent: list.dataset.recent, ariaHidden: "true" });
  const lines = kept.map((text) => [text, { query: text }]);
  const options = [...lines, [list.dataset.forget, {}]].map(([text, data], index) => {
    const option = Object.assign(document.createElement("div"), { className: index < kept.length ? "option" : "option option-new", textContent: text });
    option.setAttribute("role", "option");
    Object.assign(option.dataset, data);
    return option;
  });
  group.append(kind, ...options);
  list.replaceChildren(group);
  open(box);
}

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("form[data-combobox]")) return;
  const text = parts(target).input.value.trim();
  if (text) keep([text, ...searches().filter((other) => other !== text)].slice(0, KEPT));
});

document.addEventListener("focusin", ({ target }) => {
  if (target.matches('[type="search"][role="combobox"]') && !target.value) remind(field(target));
});

function prepare(box) {
  const { input, list } = parts(box);
  if (!(parts(box).value || box.matches("form")) || input.getAttribute("role")) return;
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }).forEach(([name, value]) =>
    input.setAttribute(name, value),
  );
}

const prepareAll = (root) => root.querySelectorAll("[data-combobox]").forEach(prepare);
prepareAll(document);
document.addEventListener("htmx:afterSettle", () => prepareAll(document));

document.addEventListener("input", (event) => {
  const box = event.target.matches('[role="combobox"]') && field(event.target);
  if (!box) return;
  const { value } = parts(box);
  if (value) value.value = "";
  box.classList.remove("combobox-chosen");
  clearTimeout(waiting.get(box));
  waiting.set(box, setTimeout(suggest, 200, box));
});

document.addEventListener("keydown", (event) => {
  const box = event.target.matches?.('[role="combobox"]') && field(event.target);
  if (!box) return;
  const { list } = parts(box);
  const options = optionsOf(list);
  const current = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (list.hidden) return;
  if (event.key === "Escape") {
    // A search field would lose its words as well.
    event.preventDefault();
    return close(box);
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    highlight(box, options.at((current + step + (current < 0 && step < 0 ? 1 : 0)) % options.length));
  }
  if (event.key === "Enter" && current >= 0) {
    event.preventDefault();
    choose(box, options[current]);
  }
});

// mousedown comes before the input loses focus, so the list is still there.
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest('[data-combobox] [role="option"]');
  if (!option) return;
  event.preventDefault();
  choose(field(option), option);
});

document.addEventListener("focusout", (event) => {
  if (event.target.matches('[role="combobox"]')) close(field(event.target));
});
