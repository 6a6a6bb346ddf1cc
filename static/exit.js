// The quick ways out of a survey: the button, Shift three times (both the design system's) and
// Escape three times. All cover the page at once and replace it in the browser's history, so that
// the button to go back does not lead into the survey again.
const TIME = 5000;
const PRESSES = 3;
const box = document.querySelector(".engage-exit");
const link = box.querySelector("a");
const says = document.createElement("div");
let pressed = [];

says.className = "govuk-visually-hidden";
says.setAttribute("role", "status");
box.append(says);

// The design system covers the page, then asks for the next one; here that is asked for again so
// that it takes this one's place.
new MutationObserver(() => {
  if (leaving()) location.replace(link.href);
}).observe(document.body, { attributeFilter: ["class"] });

function leaving() {
  return document.body.classList.contains("govuk-exit-this-page-hide-content");
}

function left() {
  const now = Date.now();
  pressed = pressed.filter((each) => now - each < TIME);
  return PRESSES - pressed.length;
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || event.repeat || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    pressed.push(Date.now());
    const more = left();
    // Escape would stop the next page from loading.
    if (leaving() || more < PRESSES - 1) event.preventDefault();
    if (leaving()) return;
    if (more <= 0) {
      link.click();
    } else {
      says.textContent = more === 1 ? box.dataset.once : box.dataset.twice;
      setTimeout(() => {
        if (!leaving() && left() === PRESSES && says.textContent) {
          says.textContent = box.dataset.over;
        }
      }, TIME + 50);
    }
  },
  true,
);
