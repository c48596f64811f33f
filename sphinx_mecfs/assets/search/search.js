/* The search page of a website with an index of its full text: Pagefind finds the pages and their parts, and fetches of its
   index what the words need. From a folder, where a page may not fetch anything, Sphinx searches with its own index. */
(function () {
  "use strict";
  const STEP = 5;
  const form = document.querySelector(".mecfs-find[role=search]");
  const results = document.getElementById("search-results");
  const base = new URL(document.documentElement.dataset.content_root || "./", location.href).href;
  const query = (new URLSearchParams(location.search).get("q") || "").trim();

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  function searchAsSphinxDoes() {
    results.replaceChildren();
    for (const name of ["_static/language_data.js", "_static/searchtools.js", "searchindex.js"]) {
      document.head.append(make("script", { src: base + name, async: false }));
    }
  }

  // The index has made all of a text harmless but its marks; only those are taken over.
  function marked(text) {
    const nodes = new DOMParser().parseFromString(text, "text/html").body.childNodes;
    return [...nodes].map((node) => (node.nodeName === "MARK" ? make("mark", {}, node.textContent) : node.textContent));
  }

  function draw(page) {
    const address = base + page.raw_url.replace(/^\//, "");
    // What stands before the first heading of a page has the address of the page.
    const parts = page.sub_results.filter((part) => part.url.includes("#"));
    const item = make("li", {}, make("p", {}, make("a", { href: address }, page.meta.title)));
    if (!parts.length) item.append(make("p", {}, ...marked(page.excerpt)));
    for (const part of parts.slice(0, STEP)) {
      const link = make("a", { href: `${address}#${part.url.split("#")[1]}` }, part.title);
      item.append(make("p", {}, link, ...marked(part.excerpt)));
    }
    return item;
  }

  async function search() {
    const index = await import(`${base}pagefind/pagefind.js`);
    const found = (await index.search(query)).results;
    const list = make("ul", { className: "mecfs-hits" });
    const more = make("button", { type: "button", className: "mecfs-button", onclick: show }, form.dataset.more);

    async function show() {
      const first = list.children.length;
      const pages = await Promise.all(found.slice(first, first + STEP).map((result) => result.data()));
      list.append(...pages.map(draw));
      more.hidden = list.children.length >= found.length;
      if (first) list.children[first].querySelector("a").focus();
    }

    await show();
    results.append(list, more);
    tell(found.length);
  }

  // In the words of Sphinx's own search.
  function tell(count) {
    form.querySelector(".mecfs-found").textContent = count
      ? Documentation.ngettext(
          "Search finished, found one page matching the search query.",
          "Search finished, found ${resultCount} pages matching the search query.",
          count,
        ).replace("${resultCount}", count)
      : Documentation.gettext(
          "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.",
        );
  }

  if (!query) return;
  form.elements.q.value = query;
  if (location.protocol.startsWith("http")) search().catch(searchAsSphinxDoes);
  else searchAsSphinxDoes();
})();
