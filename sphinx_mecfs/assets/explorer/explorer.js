/* Find studies: filters with counts, search, order, downloads, and an address that brings the same view back. The
   studies come from _static/mecfs-studies.js, their texts in parts, when they are shown or searched. Without scripts, or
   if those data cannot be loaded, the page shows the plain table of all studies. */
(function () {
  "use strict";
  const root = document.documentElement;
  const box = document.querySelector(".mecfs-explorer[data-words]");
  if (!box) return;
  const words = JSON.parse(box.dataset.words);
  const base = new URL(root.dataset.content_root || "./", location.href).href;
  const STEP = 50;
  // Written by the page, which needs it too where there is no such script.
  const showTable = document.currentScript.onerror;

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const button = (text, onclick) => make("button", { type: "button", className: "mecfs-button", onclick }, text);
  const labelled = (text, control) => make("label", {}, text, " ", control);
  const options = (pairs) => pairs.map(([value, text]) => make("option", { value }, text));

  // A classic script, since a page in a folder may not read data in another way.
  const loading = {};
  function load(name, variable) {
    return (loading[name] = loading[name] || new Promise((resolve, reject) => {
      if (window[variable]) return resolve(window[variable]);
      const onload = () => (window[variable] ? resolve(window[variable]) : reject(Error(name)));
      document.head.append(make("script", { src: `${base}_static/${name}.js`, onload, onerror: reject }));
    }));
  }
  const loadTexts = (part) => load(`mecfs-texts-${part}`, `mecfsTexts${part}`);

  function start(data) {
    if (data.version !== 2) throw Error("version");
    const names = Object.keys(words.facets);
    const sizeOf = (n) => (n === null ? "not-stated" : n < 20 ? "under-20" : n < 100 ? "20-99" : n < 500 ? "100-499" : "500-up");
    const fold = (text) =>
      text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\0-~]/g, (one) => data.fold[one] || one);
    const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean);

    // A filter of the page itself is applied when the page is written: its table holds the studies that there are.
    const listed = "filtered" in box.dataset && listedIn(box.querySelector("noscript").textContent);
    const rows = data.studies
      .map((study, place) => ({
        study,
        part: Math.floor(place / data.part),
        year: study.year,
        participants: study.participants,
        page: study.url.split("#")[0],
        values: names.map((name) => (name === "size" ? [sizeOf(study.participants)] : [].concat(study[name]))),
      }))
      .filter((row) => !listed || listed.has(base + row.study.url));
    function listedIn(table) {
      const links = new DOMParser().parseFromString(table, "text/html").querySelectorAll("th a");
      return new Set([...links].map((link) => link.href));
    }

    const compare = new Intl.Collator(root.lang).compare;
    [...rows].sort((a, b) => compare(a.study.name, b.study.name)).forEach((row, place) => { row.name = place; });
    const topics = [...new Set(rows.flatMap((row) => row.study.topics))].sort(compare);
    const terms = {
      ...data.terms,
      pem: Object.fromEntries(Object.entries(data.terms.pem).map(([value, term]) => [value, term[1]])),
      topics: Object.fromEntries(topics.map((topic) => [topic, topic.replace(/-/g, " ")])),
      size: words.sizes,
    };

    /* ---- the texts ---- */

    const parts = new Set();
    async function addTexts(part) {
      const texts = await loadTexts(part);
      texts.forEach((text, place) => Object.assign(data.studies[part * data.part + place], text));
      parts.add(part);
    }

    // At once, where the texts are there.
    function withTexts(some, then) {
      const missing = [...new Set(some.map((row) => row.part))].filter((part) => !parts.has(part));
      if (!missing.length) return then();
      return Promise.all(missing.map(addTexts)).then(then).catch(showTable);
    }

    /* ---- the controls ---- */

    // What can be folded, whose line has room for a number.
    const folded = (className, text, ...children) =>
      make("details", { className }, make("summary", {}, text, make("span")), ...children);
    const number = (element, count) => { element.querySelector("span").textContent = count ? ` (${count})` : ""; };

    const facets = names.map((name, index) => {
      const present = new Set(rows.flatMap((row) => row.values[index]));
      const boxes = Object.keys(terms[name]).filter((value) => present.has(value)).map((value) => {
        const input = make("input", { type: "checkbox", name, value });
        const count = make("span", { className: "mecfs-count" });
        return { input, count, label: make("label", {}, input, make("span", {}, terms[name][value]), count) };
      });
      const legend = make("legend", {}, words.facets[name]);
      const element = folded("mecfs-facet", words.facets[name],
        make("fieldset", {}, legend, ...boxes.map((one) => one.label)));
      return { name, boxes, element };
    });

    const years = [...new Set(rows.map((row) => row.year))].filter((year) => year !== null).sort((a, b) => b - a);
    const bounds = ["from", "to"].map((name) =>
      make("select", { name }, ...options([["", words.any], ...years.map((year) => [year, year])])));
    const ask = make("input", { type: "search", name: "q", placeholder: words.where, autocomplete: "off" });
    const sort = make("select", { name: "sort" }, ...options(Object.entries(words.sorts)));
    const found = make("p", { className: "mecfs-found" });
    found.setAttribute("aria-live", "polite");
    const told = make("p", { className: "mecfs-told" });
    told.setAttribute("role", "status");
    const list = make("ul", { className: "mecfs-hits" });
    const seen = make("span", {});
    const rest = make("p", { className: "mecfs-further" }, button(words.more, showMore), seen);
    const downloads = folded("mecfs-downloads", words.download,
      button("CSV", () => withTexts(shown, () => save("csv", csv()))),
      button("BibTeX", () => saveReferences("Bibtex", "bib")),
      button("RIS", () => saveReferences("Ris", "ris")),
      button("CSL-JSON", () => saveReferences("Csl", "json")));
    const period = folded("mecfs-facet", words.year, ...bounds.map((select) => labelled(words[select.name], select)));
    const filters = folded("mecfs-filters", words.filters, ...facets.map((facet) => facet.element), period);
    // As in the style: where there is room for the filters beside the list, in letters as large as the reader's.
    const wide = box.clientWidth >= 39 * parseFloat(getComputedStyle(root).fontSize);
    filters.open = wide;
    facets.slice(0, 2).forEach((facet) => { facet.element.open = wide; });
    const form = make("form", { className: "mecfs-find", onsubmit: () => false },
      make("div", { className: "mecfs-ask" }, labelled(words.search, ask), labelled(words.sort, sort)),
      found, filters,
      make("div", { className: "mecfs-list" },
        make("div", { className: "mecfs-actions" }, button(words.clear, clear), button(words.copy, copyLink), downloads),
        told, list, rest));

    /* ---- what is shown ---- */

    let shown = [];
    let limit = STEP;
    // Pages in whose full text the words of the search stand.
    let inside = new Set();

    function matches(row, query) {
      if (!query.length) return true;
      const { study } = row;
      row.text = row.text || fold([study.name, study.title, study.authors, study.summary, study.topics.join(" "),
        study.key, study.doi, study.pmid, study.journal].join("\n"));
      row.inside = !query.every((word) => row.text.includes(word));
      return !row.inside || inside.has(row.page);
    }

    // A study that fails one filter only is counted for that one: a count says what choosing the value would add.
    function select() {
      const query = wordsOf(ask.value);
      const chosen = facets.map((facet) => new Set(facet.boxes.filter((one) => one.input.checked).map((one) => one.input.value)));
      const active = chosen.map((values, index) => index).filter((index) => chosen[index].size);
      const [from, to] = bounds.map((select) => Number(select.value));
      const counts = names.concat("year").map(() => new Map());
      const count = (index, value) => counts[index].set(value, (counts[index].get(value) || 0) + 1);
      shown = rows.filter((row) => {
        if (!matches(row, query)) return false;
        const missed = active.filter((index) => !row.values[index].some((value) => chosen[index].has(value)));
        if ((from || to) && (row.year === null || row.year < from || row.year > (to || Infinity))) missed.push(names.length);
        if (missed.length > 1) return false;
        const counted = missed.length ? missed : counts.keys();
        for (const index of counted) {
          if (index === names.length) count(index, row.year);
          else row.values[index].forEach((value) => count(index, value));
        }
        return !missed.length;
      });
      const by = sort.value.replace("-", "");
      const way = by === sort.value ? 1 : -1;
      shown.sort((a, b) => (a[by] === null) - (b[by] === null) || way * (a[by] - b[by]) || a.name - b.name);
      limit = STEP;
      const wanted = shown;
      tell(chosen, counts);
      withTexts(shown.slice(0, limit), () => {
        if (wanted !== shown) return;
        list.replaceChildren(...shown.slice(0, limit).map(draw));
        tellRest();
        if (!form.isConnected) box.querySelector(".mecfs-explorer-place").replaceChildren(form);
      });
    }

    function update() {
      const asking = wordsOf(ask.value).length > 0;
      if (asking) found.textContent = words.loading;
      withTexts(asking ? rows : [], select);
    }

    function tellRest() {
      rest.hidden = shown.length <= limit;
      seen.textContent = words.part.replace("{shown}", limit).replace("{all}", shown.length);
    }

    function tell(chosen, counts) {
      facets.forEach((facet, index) => {
        number(facet.element, chosen[index].size);
        facet.boxes.forEach(({ input, count, label }) => {
          count.textContent = counts[index].get(input.value) || 0;
          label.classList.toggle("mecfs-none", count.textContent === "0");
        });
      });
      bounds.forEach((select) => [...select.options].slice(1).forEach((option) => {
        option.text = `${option.value} (${counts[names.length].get(Number(option.value)) || 0})`;
      }));
      const limits = bounds.filter((select) => select.value).length;
      number(period, limits);
      number(filters, chosen.reduce((sum, values) => sum + values.size, limits));
      found.textContent = words.found.replace("{shown}", shown.length).replace("{all}", rows.length);
      told.textContent = "";
    }

    function draw(row, place) {
      const { study } = row;
      const [sign, label, group] = data.terms.pem[study.pem];
      const symbol = make("span", {}, sign);
      symbol.setAttribute("aria-hidden", "true");
      const facts = [study.year, terms.design[study.design],
        study.participants !== null && (study.participants === 1 ? words.person : words.people).replace("{count}", study.participants.toLocaleString(root.lang))];
      const item = make("li", {},
        make("p", {}, make("a", { href: base + study.url }, study.name), " ",
          make("span", { className: `mecfs-badge mecfs-pem-${group}` }, symbol, " ", label)),
        make("p", {}, make("cite", {}, study.title || "")),
        make("p", { className: "mecfs-note" }, facts.filter(Boolean).join(" · ")),
        make("p", {}, study.summary || ""),
        ...(row.inside && ask.value ? [make("p", { className: "mecfs-note" }, words.inside)] : []));
      return Object.assign(item, { ariaSetSize: shown.length, ariaPosInSet: place + 1 });
    }

    // Those after the ones that stand there.
    const drawFrom = (first) => list.append(...shown.slice(first, limit).map((row, place) => draw(row, first + place)));

    function showMore() {
      const [wanted, first] = [shown, limit];
      withTexts(shown.slice(first, first + STEP), () => {
        if (wanted !== shown || first !== limit) return;
        limit += STEP;
        drawFrom(first);
        tellRest();
        list.children[first].querySelector("a").focus();
      });
    }

    // Paper has all that was found; of what has not been loaded, the line that the table has.
    addEventListener("beforeprint", () => {
      const first = limit;
      limit = shown.length;
      drawFrom(first);
      limit = first;
    });
    addEventListener("afterprint", () => [...list.children].slice(limit).forEach((item) => item.remove()));

    /* ---- the address ---- */

    function remember() {
      const parts = facets.map((facet) => [facet.name,
        facet.boxes.filter((one) => one.input.checked).map((one) => encodeURIComponent(one.input.value)).join(",")]);
      parts.push(...bounds.map((select) => [select.name, select.value]), ["q", encodeURIComponent(ask.value.trim())],
        ["sort", sort.selectedIndex ? sort.value : ""]);
      const hash = parts.filter((part) => part[1]).map((part) => part.join("=")).join("&");
      history.replaceState(null, "", location.href.split("#")[0] + (hash && `#${hash}`));
    }

    function restore() {
      const hash = location.hash.slice(1);
      // An anchor of the page is no view.
      if (hash && !hash.includes("=")) return;
      const state = new URLSearchParams(hash);
      facets.forEach(({ name, boxes, element }) => {
        const values = (state.get(name) || "").split(",");
        boxes.forEach(({ input }) => { input.checked = values.includes(input.value); });
        if (boxes.some((one) => one.input.checked)) element.open = true;
      });
      ask.value = state.get("q") || "";
      [...bounds, sort].forEach((select) => {
        select.value = state.get(select.name) || "";
        if (select.selectedIndex < 0) select.selectedIndex = 0;
      });
      update();
      readPages();
    }

    function change() {
      update();
      remember();
      readPages();
    }

    function clear() {
      form.reset();
      change();
    }

    /* ---- the full text, where an index of it is served ---- */

    let asked = "";
    async function readPages() {
      const query = ask.value.trim();
      if (!("fulltext" in box.dataset) || !location.protocol.startsWith("http") || query === asked) return;
      asked = query;
      inside = new Set();
      if (!query) return;
      try {
        const index = await import(`${base}pagefind/pagefind.js`);
        const answer = await index.debouncedSearch(query);
        const pages = answer && await Promise.all(answer.results.slice(0, 100).map((result) => result.data()));
        if (!pages || query !== asked) return;
        // The index also gives pages with words that are only like those of the search.
        const having = pages.filter((page) => wordsOf(query).every((word) => fold(page.content).includes(word)));
        inside = new Set(having.map((page) => page.raw_url.replace(/^\//, "")));
        update();
      } catch (missing) {
        // What stands in the cards has been searched.
      }
    }

    /* ---- to take away ---- */

    function save(ending, text) {
      const address = URL.createObjectURL(new Blob([text]));
      make("a", { href: address, download: `studies.${ending}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    }

    async function saveReferences(form, ending) {
      try {
        const references = await load(`mecfs-${form.toLowerCase()}`, `mecfs${form}`);
        const chosen = shown.map((row) => references[row.study.key]);
        save(ending, ending === "json" ? JSON.stringify(chosen, null, 2) : chosen.join("\n"));
      } catch (failed) {
        told.textContent = words.failed;
      }
    }

    function csv() {
      const cell = (value) => {
        const text = Array.isArray(value) ? value.join(", ") : String(value === null ? "" : value);
        // A spreadsheet takes what begins so for a formula (OWASP, CSV injection).
        return `"${text.replace(/^[=+\-@\t\r]/, "'$&").replace(/"/g, '""')}"`;
      };
      const lines = shown.map(({ study }) => Object.values({ ...study, url: base + study.url }));
      // The mark at the beginning tells spreadsheets that this is UTF-8.
      return "\ufeff" + [Object.keys(data.studies[0]), ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
    }

    async function copyLink() {
      try {
        await navigator.clipboard.writeText(location.href);
        told.textContent = words.copied;
      } catch (refused) {
        told.textContent = words.not_copied;
      }
    }

    // Words are looked for in all texts, which are on their way when the first is typed.
    ask.addEventListener("focus", () => new Set(rows.map((row) => row.part)).forEach((part) => loadTexts(part).catch(() => {})));
    form.addEventListener("input", change);
    addEventListener("hashchange", restore);
    restore();
  }

  loadTexts(0).catch(() => {});
  load("mecfs-studies", "mecfsStudies").then(start).catch(showTable);
})();
