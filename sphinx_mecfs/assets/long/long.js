/* Tables of more rows than are shown at once: the first are, and more when they are asked for. Loaded by pages that have one,
   before the script for all tables, which calls this. */
(function () {
  "use strict";

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "mecfs-button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  // Of the rows that fit, the first are shown; paper has the others too.
  function arrange(table) {
    let place = 0;
    for (const row of table.order) {
      if (row.hidden) continue;
      row.classList.toggle("mecfs-later", ++place > table.limit);
      // The row of heads is the first.
      row.setAttribute("aria-rowindex", place + 1);
    }
    table.element.setAttribute("aria-rowcount", place + 1);
    table.tell(place);
  }

  window.mecfsLong = function (tools, table) {
    const line = document.createElement("p");
    const part = document.createElement("span");
    line.className = "mecfs-further";
    line.append(button(tools.dataset.more, () => show(table.limit + table.step)));
    line.append(button(tools.dataset.every, () => show(Infinity)), part);
    tools.nextElementSibling.after(line);
    table.element.tHead.rows[0].setAttribute("aria-rowindex", 1);

    table.arrange = () => arrange(table);
    table.tell = (fitting) => {
      line.hidden = fitting <= table.limit;
      part.textContent = tools.dataset.part.replace("{shown}", table.limit).replace("{all}", fitting);
    };

    // Reading goes on with the first row that was not there.
    function show(limit) {
      const next = table.order.filter((row) => !row.hidden)[table.limit];
      table.limit = limit;
      arrange(table);
      const link = next.querySelector("a");
      if (!link) next.cells[0].tabIndex = -1;
      (link || next.cells[0]).focus();
    }
  };
})();
