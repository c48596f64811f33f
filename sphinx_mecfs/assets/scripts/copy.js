/* Buttons that copy the text beside them, letter for letter: a citation, a BibTeX entry, a block of code. Buttons for
   code are made here; the others stand in the page and are hidden by the style sheet where no script runs. */
(function () {
  "use strict";
  const said = document.createElement("p");
  said.className = "mecfs-said";
  said.setAttribute("role", "status");
  document.body.append(said);

  for (const pre of document.querySelectorAll("div.highlight pre")) {
    if (pre.closest(".linenodiv")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mecfs-copy mecfs-copy-code";
    button.textContent = mecfsWords.copy;
    button.setAttribute("aria-label", mecfsWords.copyCode);
    pre.after(button);
  }

  function sourceOf(button) {
    if (button.matches(".mecfs-copy-code")) return button.previousElementSibling;
    return (button.closest(".mecfs-code") || button.parentElement).querySelector(".mecfs-copied, pre");
  }

  function textOf(source) {
    if (!source.closest("div.highlight")) return source.textContent;
    const code = source.cloneNode(true);
    for (const number of code.querySelectorAll(".linenos")) number.remove();
    // A terminal would run a command that ends with its line.
    return code.textContent.replace(/\n$/, "");
  }

  // What could not be copied is selected, so that the keys for copying will do it.
  function select(source) {
    const fold = source.closest("details");
    if (fold) fold.open = true;
    getSelection().selectAllChildren(source);
  }

  // Where there is no clipboard, or it is refused: a page opened from a folder, an old browser.
  function copyOldWay(text, button) {
    const area = document.createElement("textarea");
    area.className = "mecfs-said";
    area.value = text;
    button.after(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    button.focus({ preventScroll: true });
    if (!done) throw new Error("not copied");
  }

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch (refused) {
      copyOldWay(text, button);
    }
  }

  let timer = 0;
  let restore = () => {};

  function tell(button, words) {
    clearTimeout(timer);
    restore();
    const before = button.textContent;
    button.style.minWidth = `${button.getBoundingClientRect().width}px`;
    button.textContent = said.textContent = words;
    restore = () => {
      button.textContent = before;
      button.style.minWidth = said.textContent = "";
    };
    timer = setTimeout(() => restore(), 2000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".mecfs-copy");
    if (!button) return;
    const source = sourceOf(button);
    copy(textOf(source), button).then(
      () => tell(button, mecfsWords.copied),
      () => {
        select(source);
        tell(button, mecfsWords.selected);
      },
    );
  });
})();
