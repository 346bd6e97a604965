"use strict";
// A tile opens its region; a print holds every region. Without it the regions are opened by hand.
(() => {
  const areas = Array.from(document.querySelectorAll("details.area"));
  const open = () => {
    const area = areas.find((one) => `#${one.id}` === location.hash);
    if (!area) return;
    area.open = true;
    area.scrollIntoView();
    area.querySelector("summary").focus({ preventScroll: true });
  };
  for (const tile of document.querySelectorAll(".finland a")) {
    // The same tile again changes no hash: the region may have been closed meanwhile.
    tile.addEventListener("click", () => setTimeout(open));
  }
  addEventListener("hashchange", open);
  open();

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
    closed = [];
  });
})();
