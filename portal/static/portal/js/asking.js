// What is looked for, and whether something of it is opened: told without saying by whom. The server leaves the question out for those
// who ask not to be followed.
const shown = () => document.querySelector("#results[data-asked]");
let told = "";

function tell(results, more = {}) {
  navigator.sendBeacon?.(results.dataset.askedUrl, new URLSearchParams({ asked: results.dataset.asked, ...more }));
}

function tellShown() {
  const results = shown();
  if (!results || results.dataset.asked === told || document.visibilityState !== "visible") return;
  told = results.dataset.asked;
  tell(results);
}

tellShown();
document.addEventListener("visibilitychange", tellShown);
document.addEventListener("htmx:afterSettle", tellShown);

for (const press of ["click", "auxclick"])
  document.addEventListener(press, ({ target }) => {
    const results = shown();
    const row = target.closest?.("#results .rows a[href]")?.closest(".row");
    if (results && row) tell(results, { place: String([...results.querySelectorAll(".rows > .row")].indexOf(row) + 1) });
  });
