// Warns five minutes before answers that were not sent are deleted, and puts that off. Without it
// the page still says until when they are kept, and every page saved puts it off too.
const WARNING = 300;
const box = document.getElementById("more-time");
const says = box.querySelector("[role=status]");
const button = box.querySelector("button");
let ends = 0;

function until(seconds) {
  ends = Date.now() + seconds * 1000;
}

// A text that is there already is not said again.
function say(text, more) {
  box.classList.toggle("engage-more-time--shown", text !== "");
  if (says.textContent !== text) says.textContent = text;
  button.hidden = !more;
}

async function ask(form) {
  const answer = await fetch(box.dataset.ask, { method: form ? "POST" : "GET", body: form });
  if (!answer.ok && answer.status !== 404) throw new Error(answer.status);
  return answer.ok ? answer.json() : { seconds: 0 };
}

function follow(left) {
  until(left.seconds);
  if (left.seconds <= 0) {
    location.replace(box.dataset.over);
  } else {
    document.getElementById("kept").textContent = left.says;
    if (left.seconds > WARNING) say("", false);
    else say(left.warns, left.more);
  }
}

// The time is asked of the server: another window may have put it off.
async function look() {
  if (Date.now() < ends - WARNING * 1000) return;
  try {
    follow(await ask());
  } catch {
    say(box.dataset.offline, true);
  }
}

button.addEventListener("click", async () => {
  const form = new URLSearchParams({ csrf_token: document.querySelector("[name=csrf_token]").value });
  try {
    const left = await ask(form);
    follow(left);
    // The button goes, so say what came of it, and leave the keyboard at the same place.
    if (left.seconds > WARNING) {
      says.textContent = left.says;
      box.tabIndex = -1;
      box.focus();
    }
  } catch {
    says.textContent = "";
    say(box.dataset.offline, true);
  }
});

until(Number(box.dataset.seconds));
setInterval(look, 15000);
document.addEventListener("visibilitychange", look);
