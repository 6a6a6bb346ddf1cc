// Typing in paper forms: Enter goes on to the next box, as Tab does, instead of sending the form.
// Without this file Tab does the same, and Enter does nothing (see templates/entry/form.html).
const form = document.getElementById("entry");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.target.type !== "text") return;
  event.preventDefault();
  const stops = [...form.querySelectorAll("input[type=text], textarea, button:not([hidden])")];
  stops[stops.indexOf(event.target) + 1]?.focus();
});

// What stands in a box is typed over, not added to.
form?.addEventListener("focusin", (event) => {
  if (event.target.type === "text") event.target.select();
});
