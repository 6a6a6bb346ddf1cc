// Everything on the site works without this file. It starts the design system's components, stops a
// second press of a button from sending a form twice, and looks whether what a page waits for is there.
import { initAll } from "./govuk.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A form that was sent less than this long ago is not sent again. Afterwards it may be: a download
// leaves its page in place, and a lost connection must not leave a dead button.
const PAUSE = 4000;
const sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const last = sent.get(event.target);
  if (last !== undefined && event.timeStamp - last < PAUSE) {
    event.preventDefault();
  } else if (!event.defaultPrevented) {
    sent.set(event.target, event.timeStamp);
  }
});

// A page that comes back from the browser's memory has not been sent.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    for (const form of document.forms) sent.delete(form);
  }
});

// A page that waits for the worker is loaded anew only when that is done: it moves under nobody's
// hands before. Without this file it loads itself every few seconds.
const PATIENCE = 3000;

async function lookAgain(waits) {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const still = page.querySelector("[data-look-again]");
    if (!still) return location.reload();
    if (still.textContent !== waits.textContent) waits.replaceChildren(...still.childNodes);
  } catch {
    // No connection now: look again later.
  }
  setTimeout(lookAgain, PATIENCE, waits);
}

const waits = document.querySelector("[data-look-again]");
if (waits) setTimeout(lookAgain, PATIENCE, waits);
