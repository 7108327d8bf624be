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

// Combobox: typed letters bring suggestions, a chosen one fills the hidden value.
const waiting = new WeakMap();

const parts = (box) => ({
  input: box.querySelector('input[type="text"]'),
  value: box.querySelector('input[type="hidden"]'),
  list: box.querySelector('[role="listbox"]'),
  status: box.querySelector('[role="status"]'),
});

function close(box) {
  const { input, list } = parts(box);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function highlight(box, option) {
  const { input, list } = parts(box);
  for (const other of list.children) other.setAttribute("aria-selected", String(other === option));
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function choose(box, option) {
  const { input, value } = parts(box);
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

async function suggest(box) {
  const { input, list, status } = parts(box);
  const typed = input.value.trim();
  if (typed.length < 2) return close(box);
  const address = new URL(box.dataset.combobox, location.href);
  address.searchParams.set("q", typed);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok || input.value.trim() !== typed) return;
  list.innerHTML = await answer.text();
  [...list.children].forEach((option, index) => (option.id = `${list.id}_${index}`));
  const found = list.querySelectorAll('[data-value]:not([data-value="new"])').length;
  status.textContent = found ? `${status.dataset.count}: ${found}` : status.dataset.none;
  list.hidden = !list.children.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
}

function prepare(box) {
  const { input, list } = parts(box);
  if (!parts(box).value || input.getAttribute("role")) return;
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
  parts(box).value.value = "";
  box.classList.remove("combobox-chosen");
  clearTimeout(waiting.get(box));
  waiting.set(box, setTimeout(suggest, 200, box));
});

document.addEventListener("keydown", (event) => {
  const box = event.target.matches?.('[role="combobox"]') && field(event.target);
  if (!box) return;
  const { list } = parts(box);
  const options = [...list.children];
  const current = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") close(box);
  if (list.hidden) return;
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
