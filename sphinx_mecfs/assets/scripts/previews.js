/* A small card beside a link to a study, or to anything of another base, while the mouse rests on the link or the
   keyboard has reached it: name, title, badge and a sentence. Escape closes it. What it says stands on the page that the
   link leads to, so that nobody has to see it. */
(function () {
  "use strict";
  const root = document.documentElement.dataset.content_root || "./";
  const HELD = ":hover, :focus-visible";
  let link = null;
  let timer = 0;
  let leaving = 0;
  const scripts = {};
  let named = "";

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

  // The data are fetched as scripts, which works from a folder too, when a link asks for them.
  function load(name, variable) {
    return new Promise((resolve) => {
      if (window[variable]) return resolve(window[variable]);
      if (!scripts[name]) {
        scripts[name] = document.createElement("script");
        scripts[name].src = `${root}_static/${name}.js`;
        document.head.append(scripts[name]);
      }
      scripts[name].addEventListener("load", () => resolve(window[variable]), { once: true });
    });
  }

  function isElsewhere(link) {
    return link.matches("a.mecfs-elsewhere");
  }

  // A link to another base carries what there is to say: nothing is fetched from there.
  function ofElsewhere(link) {
    const told = link.dataset;
    const badge = told.mecfsBadge && [told.mecfsSign, told.mecfsBadge, told.mecfsGroup];
    const [name, title, where] = [told.mecfsName, told.mecfsTitle, told.mecfsWhere];
    return { name, title, badge, texts: [told.mecfsSummary, told.mecfsNote], where };
  }

  async function ofStudy(link) {
    const data = await load("mecfs-studies", "mecfsStudies");
    const place = data.studies.findIndex((one) => one.key === keyOf(link));
    const study = data.studies[place];
    // On its own page a study may be cited through the list of references.
    if (!study || new URL(root + study.url, location.href).pathname === location.pathname) return null;
    const part = Math.floor(place / data.part);
    const text = (await load(`mecfs-texts-${part}`, `mecfsTexts${part}`))[place % data.part];
    return { name: study.name, title: text.title, badge: data.terms.pem[study.pem], texts: [text.summary] };
  }

  async function tell(asked) {
    show(isElsewhere(asked) ? ofElsewhere(asked) : await ofStudy(asked), asked);
  }

  function badgeOf([sign, words, group]) {
    const badge = part("span", `mecfs-badge mecfs-pem-${group}`, "");
    const symbol = part("span", "", sign);
    symbol.setAttribute("aria-hidden", "true");
    badge.append(symbol, ` ${words}`);
    const line = part("p", "", "");
    line.append(badge);
    return line;
  }

  function show(told, asked) {
    if (!told || asked !== link || !link.matches(HELD)) return;
    card.replaceChildren(part("strong", "", told.name));
    if (told.title) card.append(part("p", "mecfs-preview-title", told.title));
    if (told.badge) card.append(badgeOf(told.badge));
    for (const text of told.texts) if (text) card.append(part("p", "", text));
    if (told.where) card.append(part("p", "mecfs-preview-title", told.where));
    // The browser's own words beside a link would cover the card and say less.
    named = link.getAttribute("title");
    link.removeAttribute("title");
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
    // Where nothing is placed, places count from the root, even if the body begins further down.
    const placed = getComputedStyle(card.offsetParent).position !== "static";
    const origin = (placed ? card.offsetParent : document.documentElement).getBoundingClientRect();
    card.style.left = `${Math.max(8, Math.min((under ? last : first).left, room)) - origin.left}px`;
    card.style.top = `${top - origin.top}px`;
  }

  function dismiss() {
    clearTimeout(timer);
    card.hidden = true;
    link?.removeAttribute("aria-describedby");
    if (named) link.setAttribute("title", named);
    named = "";
  }

  function attend(target, delay) {
    const found = target.closest?.("a[href*='#'], a.mecfs-elsewhere");
    if (!found || found === link || !(isElsewhere(found) || keyOf(found))) return;
    dismiss();
    link = found;
    timer = setTimeout(() => tell(found), delay);
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
