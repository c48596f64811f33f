(function (root) {
  root.classList.add("mecfs-js");
  /* Furo does this when the page has been painted, which moves its buttons. */
  root.classList.remove("no-js");
  /* Without our script nothing would bring back what the style keeps for it. Such an event does not bubble. */
  addEventListener("error", ({ target }) => /mecfs\.js/.test(target.src) && root.classList.remove("mecfs-js"), true);
  try {
    if (localStorage.getItem("mecfs-length") === "short") root.dataset.mecfsLength = "short";
  } catch (refused) {}
})(document.documentElement);
