// Does the sum of a start page in an attack: the tries of https://altcha.org, by Web Crypto alone.
// It needs no worker and nothing but this file, so the site's policy stays as strict as it is.
// Whatever goes wrong, the form can be sent without the answer.
const box = document.querySelector("[data-proof]");
const form = box.closest("form");
const answer = form.elements.proof;
const status = box.querySelector("[role=status]");
const AT_ONCE = 8;
const PATIENCE = 30000;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function derive({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(bytes(nonce));
  new DataView(password.buffer).setUint32(nonce.length / 2, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

async function solve(parameters) {
  const until = performance.now() + PATIENCE;
  for (let first = 0; performance.now() < until; first += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, each) => derive(parameters, first + each));
    const keys = await Promise.all(tries);
    const found = keys.findIndex((key) => key.startsWith(parameters.keyPrefix));
    if (found >= 0) return { counter: first + found, derivedKey: keys[found] };
  }
  throw new Error("the sum took too long");
}

async function prove() {
  const challenge = JSON.parse(box.dataset.proof);
  const solution = await solve(challenge.parameters);
  answer.value = btoa(JSON.stringify({ challenge, solution }));
}

let ready = false;
status.textContent = box.dataset.working;
const proof = prove()
  .then(() => { status.textContent = box.dataset.done; })
  .catch(() => { status.textContent = box.dataset.failed; })
  .finally(() => { ready = true; });

// Who presses Start before that is let in as soon as it is done.
form.addEventListener("submit", (event) => {
  if (ready) return;
  event.preventDefault();
  proof.then(() => form.requestSubmit(event.submitter));
});
