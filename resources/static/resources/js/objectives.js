// An objective that was found joins the ticked ones at once, so that several can be found in a row.
document.addEventListener("change", ({ target }) => {
  if (target.name !== "objective" || !target.value) return;
  const box = target.closest("[data-combobox]");
  const typed = box.querySelector('input[type="text"]');
  const line = document.createElement("label");
  line.className = "check";
  const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: "objectives", value: target.value, checked: true });
  line.append(tick, " ", Object.assign(document.createElement("span"), { textContent: typed.value }));
  document.getElementById("chosen-objectives").append(line);
  target.value = typed.value = "";
});
