/* The switch between a page and its short version. What the short version leaves out is marked in the page (.mecfs-more)
   and hidden by the style sheet where <html> has data-mecfs-length="short"; a script in the head sets that before
   anything is painted. Without scripts the page is shown in full and has no switch. */
(function () {
  "use strict";
  const root = document.documentElement;
  const button = document.querySelector("button.mecfs-length");
  if (!button) return;

  function show(short) {
    if (short) root.dataset.mecfsLength = "short";
    else delete root.dataset.mecfsLength;
    button.setAttribute("aria-pressed", String(short));
  }

  const isShort = () => root.dataset.mecfsLength === "short";

  // A browser may refuse to remember, from a file address or in a private window: then the choice is for this page.
  function remember(short) {
    try {
      if (short) localStorage.setItem("mecfs-length", "short");
      else localStorage.removeItem("mecfs-length");
    } catch (refused) {}
  }

  function recall() {
    try {
      return localStorage.getItem("mecfs-length") === "short";
    } catch (refused) {
      return isShort();
    }
  }

  // An address that leads into a hidden part has the page shown in full for this visit.
  function follow() {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (malformed) {}
    if (isShort() && target && target.closest(".mecfs-more")) {
      show(false);
      target.scrollIntoView();
    }
  }

  button.addEventListener("click", () => {
    show(!isShort());
    remember(isShort());
  });
  document.querySelector("button.mecfs-show-full").addEventListener("click", () => {
    show(false);
    // Where reading goes on; the button that had the focus is gone.
    const next = document.querySelector(".mecfs-more");
    next.tabIndex = -1;
    next.focus();
  });
  addEventListener("hashchange", follow);
  // A second click on the same link changes no address.
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href*='#']")) setTimeout(follow);
  });
  // A page that the browser kept as it was, while the choice was changed on another.
  addEventListener("pageshow", (event) => {
    if (event.persisted) show(recall());
  });
  show(isShort());
  follow();
})();
