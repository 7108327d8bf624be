// What was typed into a form with data-keep outlives the page: a file is added, a link removed, a session ends before it was saved.
// It waits in this tab for the same person and is put back when she opens the form again, unless it was sent and has been taken.

const TYPED = "typed:";
const mine = `${TYPED}${document.querySelector('meta[name="person"]').content}:`;
const typed = new Set();
const sent = new Set();
let leaving = false;

const forms = () => [...document.querySelectorAll("form[data-keep]")];
const address = (form) => new URL(form.getAttribute("action") ?? "", location).pathname;
// One form is the same in every language.
const keyOf = (form) => `${mine}${address(form).replace(/^\/[a-z]{2}\//, "/")}#${form.dataset.keep}`;
// No script may fill the field of a file.
const pairs = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
const keep = (form) => sessionStorage.setItem(keyOf(form), JSON.stringify({ sent: sent.has(keyOf(form)), pairs: pairs(form) }));

function forget(isUnwanted) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(TYPED) && isUnwanted(key)) sessionStorage.removeItem(key);
}

document.addEventListener("input", ({ target }) => target.form?.matches("[data-keep]") && typed.add(keyOf(target.form)));
document.addEventListener("submit", ({ target }) => {
  if (address(target).endsWith("/accounts/logout/")) {
    leaving = true;
    forget(() => true);
  } else if (target.matches("[data-keep]")) {
    sent.add(keyOf(target));
    keep(target);
  }
});
addEventListener("pagehide", () => {
  for (const form of forms()) if (!leaving && typed.has(keyOf(form)) && !sent.has(keyOf(form))) keep(form);
});
addEventListener("pageshow", ({ persisted }) => persisted && sent.clear());

// An action that was done says so or leads elsewhere; a form that stands there again names the key of what it has sent.
// After a session that has ended, and signing in again, the form itself comes back.
const done = document.querySelector(".messages");
const here = new Map(forms().map((form) => [keyOf(form), form]));
const isTaken = (form, pairs) => pairs.some(([name, value]) => name === "key" && value === form.dataset.taken);

function isOver(key) {
  const { sent, pairs } = JSON.parse(sessionStorage.getItem(key));
  return sent && (done || !here.has(key) || isTaken(here.get(key), pairs));
}

forget((key) => !key.startsWith(mine) || isOver(key));

for (const form of forms()) {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) || "null");
  sessionStorage.removeItem(keyOf(form));
  if (kept && !("answered" in form.dataset)) putBack(form, kept.pairs);
}

function putBack(form, pairs) {
  for (const control of form.elements) {
    const found = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) control.checked = found.includes(control.value);
    else if (found.length) control.value = found[0];
  }
  typed.add(keyOf(form));
}
