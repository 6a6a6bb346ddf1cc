"""What the parts of a page are called, and whether they say so: what axe lets pass."""

from playwright.sync_api import Page

LARGE = 44
"""How large a box to tick is at least, in CSS pixels: two centimetres' worth of thumb."""

FAULTS = """large => {
  const faults = [];
  const told = e => e.outerHTML.replace(/\\s+/g, " ").slice(0, 140);
  const words = e => (e?.textContent ?? "").replace(/\\s+/g, " ").trim();
  const shown = e => e.getClientRects().length > 0 && !e.closest("[aria-hidden=true], .engage-spare");
  const all = selector => [...document.querySelectorAll(selector)].filter(shown);
  const find = id => document.getElementById(id);
  if (all("h1").length !== 1) faults.push(`${all("h1").length} headings of level 1`);
  if (all("main").length !== 1) faults.push(`${all("main").length} main landmarks`);
  if (!words(document.querySelector("title"))) faults.push("no title");
  for (const link of all(".govuk-skip-link"))
    if (!document.querySelector(link.getAttribute("href"))) faults.push("the skip link leads nowhere");
  const boxes = all("input[type=radio], input[type=checkbox]");
  const alone = box => boxes.filter(each => each.name === box.name).length === 1;
  for (const box of boxes) {
    if (!(box.type === "checkbox" && alone(box)) && !words(box.closest("fieldset")?.querySelector("legend")))
      faults.push(`in no group with a legend: ${told(box)}`);
    const size = box.getBoundingClientRect();
    if (Math.round(size.width) < large || Math.round(size.height) < large)
      faults.push(`${Math.round(size.width)} by ${Math.round(size.height)} pixels: ${told(box)}`);
  }
  for (const group of all("fieldset"))
    if (!words(group.querySelector(":scope > legend"))) faults.push(`no legend: ${told(group)}`);
  for (const box of all("input:not([type=hidden]):not([type=submit]), select, textarea"))
    if (![...box.labels].some(words) && !box.ariaLabel && !box.getAttribute("aria-labelledby"))
      faults.push(`no label: ${told(box)}`);
  for (const each of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
    for (const name of ["aria-describedby", "aria-labelledby"])
      for (const id of (each.getAttribute(name) ?? "").split(" ").filter(Boolean))
        if (!find(id)) faults.push(`${name} names ${id}, which is not there: ${told(each)}`);
  const links = all(".govuk-error-summary a");
  const messages = all(".govuk-error-message");
  for (const message of messages) {
    const by = document.querySelector(`[aria-describedby~="${message.id}"]`);
    if (!message.id || !by) faults.push(`describes nothing: ${told(message)}`);
    if (!links.some(link => words(message).endsWith(words(link))))
      faults.push(`not in the summary: ${told(message)}`);
  }
  for (const link of links) {
    const box = find(link.hash.slice(1));
    if (!box?.matches("input, select, textarea, button")) faults.push(`leads to no box: ${told(link)}`);
  }
  // Where no box is wrong, such as a step that cannot be taken, the summary has nothing to link to.
  const summary = document.querySelector(".govuk-error-summary");
  if (document.title.startsWith("Error:") && !summary) faults.push("an error without a summary");
  if (links.length && !document.activeElement.closest(".govuk-error-summary, form"))
    faults.push(`the summary has not the focus: ${told(document.activeElement)}`);
  for (const each of all(".engage-languages__list li"))
    if (!each.querySelector("[lang][dir]")) faults.push(`a language in no language: ${told(each)}`);
  for (const each of all("main *")) {
    const style = getComputedStyle(each);
    const own = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || style.clipPath !== "none" || each.closest(".govuk-visually-hidden, .engage-table-scroll"))
      continue;
    const at = each.getBoundingClientRect();
    if (at.left < -1 || at.right > innerWidth + 1) faults.push(`beside the page: ${told(each)}`);
    if (style.overflow !== "visible" && (each.scrollHeight > each.clientHeight + 2) && each.tagName !== "TEXTAREA")
      faults.push(`cut: ${told(each)}`);
  }
  return faults;
}"""  # noqa: E501  lines of another language


def check_names(page: Page, state: str, *, large: int = LARGE) -> None:
    """One heading and one landmark; groups with legends, boxes with labels, errors that are tied.

    Also that boxes to tick are large, that nothing stands beside the page, and that languages are
    named in themselves.
    """
    faults = page.evaluate(FAULTS, large)
    assert faults == [], f"{faults}: {state} at {page.url}"


ASKED = """() => [...document.querySelectorAll("#questions > [id^=at_]")].map(part => [
  part.querySelector("[name^=q_]")?.name.slice(2).split("-")[0] ?? "",
  [...part.querySelectorAll("legend, label")].map(e => e.textContent.replace(/\\s+/g, " ").trim()),
])"""


def check_questions(page: Page, texts: dict[str, str], state: str) -> None:
    """Every question is announced in its own words: `texts` are those of the questionnaire."""
    asked = page.evaluate(ASKED)
    assert asked, f"no question at {page.url}: {state}"
    for question, named in asked:
        own = [
            " ".join(text.split())
            for key, text in texts.items()
            if f"/questions/{question}/" in key and key.rpartition("/")[2] == "text"
        ]
        said = any(text in name for text in own for name in named)
        assert said, f"{question} is called {named!r}: {state}"
