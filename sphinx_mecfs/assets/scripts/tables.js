/* Long tables: a box above that filters the rows, and heads that sort them up, down, and as written. The place of the box
   stands in the page, with its words, where a table allows all this. Of a very long one (`data-limit`) the first rows are
   shown, and more when they are asked for; filters and orders take all. And boxes that scroll can be reached by keyboard.
   Without scripts the tables are whole, in the order in which they were written. */
(function () {
  "use strict";
  const GREEK =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(
      " ",
    );
  const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ħ: "h" };

  // As bibliography/folding.py does it: without accents, Greek letters by name.
  function fold(text) {
    return text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[^ -~]/g, (letter) => LETTERS[letter] || letter)
      .replace(/[α-ω]/g, (letter) => GREEK[letter.charCodeAt() - 945])
      .replace(/[‐‑‒–—−]/g, "-")
      .replace(/[‘’]/g, "'");
  }

  function wordsOf(cell) {
    const copy = cell.querySelector("[aria-hidden]") ? cell.cloneNode(true) : cell;
    for (const sign of copy.querySelectorAll("[aria-hidden]")) sign.remove();
    return copy.textContent.trim().replace(/\s+/g, " ");
  }

  function numberOf(words) {
    return /^[-−]?\d[\d,\s]*(\.\d+)?\s?%?$/.test(words) ? Number(words.replace(/[,\s%]/g, "").replace("−", "-")) : NaN;
  }

  const byWords = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true }).compare;

  // Numbers by size and before words.
  function compare(one, other) {
    if (one.number === other.number) return 0;
    const [first, second] = [isNaN(one.number), isNaN(other.number)];
    if (first && second) return byWords(one.words, other.words);
    return first === second ? one.number - other.number : first - second;
  }

  function sort(table, column, direction, none) {
    const values = table.rows.map((row) => {
      const words = wordsOf(row.cells[column]);
      return { row, words, number: numberOf(words), empty: !words || words === none };
    });
    // What is not stated comes last either way.
    if (direction) values.sort((one, other) => one.empty - other.empty || (!one.empty && direction * compare(one, other)));
    table.order = values.map((value) => value.row);
    table.body.append(...table.order);
    table.arrange();
  }

  function makeHeads(table, none) {
    const states = ["", "ascending", "descending"];
    table.heads.forEach((head, column) => {
      const line = head.firstElementChild || head;
      const words = [...line.childNodes];
      const press = document.createElement("button");
      press.type = "button";
      press.className = "mecfs-sort";
      press.addEventListener("click", () => {
        const state = (states.indexOf(head.getAttribute("aria-sort") || "") + 1) % 3;
        for (const other of table.heads) other.removeAttribute("aria-sort");
        if (state) head.setAttribute("aria-sort", states[state]);
        sort(table, column, [0, 1, -1][state], none);
      });
      press.append(...words);
      line.append(press);
    });
  }

  function makeFilter(tools, table) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    const count = document.createElement("span");
    box.type = "search";
    box.setAttribute("aria-label", `${tools.dataset.filter}: ${nameOf(tools.nextElementSibling)}`);
    box.autocomplete = "off";
    box.spellcheck = false;
    count.setAttribute("role", "status");
    label.append(tools.dataset.filter, " ", box);
    tools.append(label, count);
    // When they are asked for: those of thousands of rows take a while.
    let texts = null;
    const textsOf = () => fold(table.rows.map((row) => [...row.cells].map(wordsOf).join(" ")).join("\n")).split("\n");

    function filter() {
      const words = fold(box.value).split(/\s+/).filter(Boolean);
      if (words.length) texts = texts || textsOf();
      let shown = 0;
      table.rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        shown += !row.hidden;
      });
      count.textContent = tools.dataset.count.replace("{shown}", shown).replace("{all}", table.rows.length);
      table.limit = table.step;
      table.arrange();
    }

    box.addEventListener("focus", () => { texts = texts || textsOf(); });
    box.addEventListener("input", filter);
    filter();
  }

  function equip(tools) {
    const element = tools.nextElementSibling.querySelector("table");
    const body = element.tBodies[0];
    const rows = [...body.rows];
    const step = Number(tools.dataset.limit || 0);
    const table = { element, body, rows, order: rows, heads: [...element.tHead.rows[0].cells], step, arrange() {} };
    makeHeads(table, tools.dataset.none);
    // The page loads this before, if it has such a table. Without it, all rows are shown.
    if (step && window.mecfsLong) mecfsLong(tools, table);
    else for (const row of rows) row.classList.remove("mecfs-later");
    makeFilter(tools, table);
  }

  // What scrolls has to be reached by keyboard, and then needs a name.
  function nameOf(box) {
    const title = box.querySelector("caption") || (box.closest("details") || box).querySelector("summary");
    const heading = box.closest("section")?.querySelector("h1, h2, h3, h4, h5, h6")?.cloneNode(true);
    heading?.querySelector(".headerlink")?.remove();
    const name = (title || heading || document.querySelector("h1"))?.textContent.trim() || document.title;
    return box.matches("pre") ? `${mecfsWords.code}: ${name}` : name;
  }

  function mark(box) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls && !box.hasAttribute("tabindex")) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", nameOf(box));
      box.dataset.mecfsScrolls = "";
    } else if (!scrolls && "mecfsScrolls" in box.dataset) {
      for (const name of ["tabindex", "role", "aria-label", "data-mecfs-scrolls"]) box.removeAttribute(name);
    }
  }

  const watcher = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));

  function equipAll() {
    document.querySelectorAll(".mecfs-table-tools:empty").forEach(equip);
    for (const box of document.querySelectorAll(".table-wrapper, .mecfs-scroll, div.highlight pre")) watcher.observe(box);
  }

  // A page may bring a table out later.
  document.addEventListener("mecfs-tables", equipAll);
  equipAll();
})();
