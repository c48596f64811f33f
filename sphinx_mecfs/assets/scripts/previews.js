/* A small card beside a link to a study, while the mouse rests on the link or the keyboard has reached it: name, title,
   badge and a sentence. Escape closes it. What it says stands on the page of the study, so that nobody has to see it. */
(function () {
  "use strict";
  const root = document.documentElement.dataset.content_root || "./";
  const HELD = ":hover, :focus-visible";
  let link = null;
  let timer = 0;
  let leaving = 0;
  let script = null;

  const card = document.createElement("div");
  card.id = "mecfs-preview";
  card.className = "mecfs-preview";
  card.setAttribute("role", "tooltip");
  card.hidden = true;

  function part(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  // Only a link to another page can be one to a study that is not before one's eyes already.
  function keyOf(link) {
    if (!link.matches(".reference.internal, table a") || link.closest("svg, nav, aside, .mecfs-explorer")) return "";
    if (link.pathname === location.pathname || link.host !== location.host) return "";
    return /^#(?:cite-)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(link.hash)?.[1] || "";
  }

  // The data are fetched as a script, which works from a folder too, when the first link asks for them.
  function withData(then) {
    if (window.mecfsStudies) return then(window.mecfsStudies);
    if (!script) {
      script = document.createElement("script");
      script.src = `${root}_static/mecfs-studies.js`;
      document.head.append(script);
    }
    script.addEventListener("load", () => then(window.mecfsStudies), { once: true });
  }

  function show(data, asked) {
    const key = keyOf(asked);
    const study = data.studies.find((one) => one.key === key);
    if (!study || asked !== link || !link.matches(HELD)) return;
    // On its own page a study may be cited through the list of references.
    if (new URL(root + study.url, location.href).pathname === location.pathname) return;
    const [sign, words, group] = data.terms.pem[study.pem];
    const badge = part("span", `mecfs-badge mecfs-pem-${group}`, "");
    const symbol = part("span", "", sign);
    symbol.setAttribute("aria-hidden", "true");
    badge.append(symbol, ` ${words}`);
    const line = part("p", "", "");
    line.append(badge);
    card.replaceChildren(part("strong", "", study.name), part("p", "mecfs-preview-title", study.title), line);
    if (study.summary) card.append(part("p", "", study.summary));
    document.body.append(card);
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    place();
  }

  // Below the last line of the link, or above the first where there is more room; never over it, never out of the window.
  function place() {
    const lines = link.getClientRects();
    const [first, last] = [lines[0], lines[lines.length - 1]];
    const below = innerHeight - last.bottom - 12;
    const above = first.top - 12;
    card.style.maxHeight = "";
    const under = card.offsetHeight <= below || below >= above;
    card.style.maxHeight = `${under ? below : above}px`;
    const top = under ? last.bottom + 4 : first.top - 4 - card.offsetHeight;
    const room = document.documentElement.clientWidth - card.offsetWidth - 8;
    const origin = card.offsetParent.getBoundingClientRect();
    card.style.left = `${Math.max(8, Math.min((under ? last : first).left, room)) - origin.left}px`;
    card.style.top = `${top - origin.top}px`;
  }

  function dismiss() {
    clearTimeout(timer);
    card.hidden = true;
    link?.removeAttribute("aria-describedby");
  }

  function attend(target, delay) {
    const found = target.closest?.("a[href*='#']");
    if (!found || found === link || !keyOf(found)) return;
    dismiss();
    link = found;
    timer = setTimeout(() => withData((data) => show(data, found)), delay);
  }

  // There is time to move from the link to the card.
  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (!link || link.matches(HELD) || card.matches(":hover")) return;
      dismiss();
      link = null;
    }, 200);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") attend(event.target, 300);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(":focus-visible")) attend(event.target, 0);
  });
  document.addEventListener("pointerout", leave);
  document.addEventListener("focusout", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dismiss();
  });
  // A page that is come back to may be shown as it was left.
  addEventListener("pagehide", dismiss);
})();
