(function (root) {
  root.classList.add("mecfs-js");
  /* Furo does this when the page has been painted, which moves its buttons. */
  root.classList.remove("no-js");
  try {
    if (localStorage.getItem("mecfs-length") === "short") root.dataset.mecfsLength = "short";
  } catch (refused) {}
})(document.documentElement);
