"use strict";
// Opens the region whose tile is chosen; on paper all regions are open.
(() => {
  const open = () => {
    const found = document.getElementById(location.hash.slice(1));
    if (found && found.tagName === "DETAILS") { found.open = true; found.scrollIntoView(); }
  };
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details.area")) one.open = true; });
  open();
})();
