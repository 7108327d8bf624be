// Wagtail compares a page with what its form held two seconds after opening. What was written before that would be no change to it:
// neither kept by itself nor asked about on leaving.

const form = document.querySelector("form[data-edit-form]");

if (form) {
  const kinds = ["beforeinput", "input", "change", "paste", "drop"];
  let written = false;
  const write = (event) => { written ||= event.isTrusted; };
  kinds.forEach((kind) => form.addEventListener(kind, write));
  form.addEventListener("w-unsaved:watch-edits", () => {
    kinds.forEach((kind) => form.removeEventListener(kind, write));
    if (written) form.dataset.wUnsavedForceValue = "true";
  }, { once: true });
}
