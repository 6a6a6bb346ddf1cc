// Everything on the site works without this file. It starts the design system's components and
// stops a second press of a button from sending a form twice; it does nothing else.
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
