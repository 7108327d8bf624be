// What was typed into the details outlives the page: a file is added, a link removed, a session ends before it was saved.
// It waits in this tab and is put back when the form is opened again, unless it was sent and has been saved since.

const details = () => document.getElementById("details-form");
const key = `typed:${details().getAttribute("action")}`;
const pairs = () => [...new FormData(details())].filter(([name]) => name !== "csrfmiddlewaretoken");
const keep = (sent) => sessionStorage.setItem(key, JSON.stringify({ sent, pairs: pairs() }));
let typed = false;
let sent = false;

document.addEventListener("input", ({ target }) => (typed ||= target.form === details()));
document.addEventListener("submit", ({ target }) => {
  if (target !== details()) return;
  sent = true;
  keep(true);
});
addEventListener("pagehide", () => typed && !sent && keep(false));
addEventListener("pageshow", ({ persisted }) => persisted && (sent = false));

const kept = JSON.parse(sessionStorage.getItem(key) || "null");
sessionStorage.removeItem(key);
if (kept && !document.querySelector("[data-answered]") && !(kept.sent && isSaved(new Map(kept.pairs)))) putBack(kept.pairs);

// Saving raises the number of the revision.
function isSaved(values) {
  return values.get("revision") !== details().elements.revision.value;
}

function putBack(pairs) {
  for (const control of details().elements) {
    const found = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) control.checked = found.includes(control.value);
    else if (found.length) control.value = found[0];
  }
  typed = true;
}
