"use strict";
// A tile opens its region; a print holds every region; the table of topics follows the choice of a
// place. Without it the regions are opened by hand and the table tells of all together.
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

  const form = document.getElementById("place");
  if (form) {
    const { cells, beside } = JSON.parse(document.getElementById("cells").textContent);
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const rows = Array.from(document.querySelectorAll(".matrix tbody tr"), (row) => ({
      types: Array.from(row.querySelectorAll("td:not(.beside)")),
      beside: Array.from(row.querySelectorAll("td.beside")),
    }));
    const shade = (count) => (count === 0 ? 0 : count === 1 ? 1 : count < 5 ? 2 : 3);
    const show = () => {
      const at = form.elements.at.value;
      const counts = rows.map(({ types }) => types.map(() => 0));
      const near = rows.map(() => [0, 0, 0]);
      for (const [topic, type, count, confirmed] of cells[at] ?? []) {
        counts[topic][type] += count;
        near[topic][0] += confirmed;
      }
      for (const [topic, networks, people] of beside[at] ?? []) near[topic].splice(1, 2, networks, people);
      rows.forEach((row, topic) => {
        row.types.forEach((cell, type) => {
          const count = counts[topic][type];
          cell.textContent = count ? number.format(count) : "";
          cell.className = `cell-${shade(count)}`;
        });
        row.beside.forEach((cell, n) => {
          cell.textContent = number.format(near[topic][n]);
          cell.classList.toggle("zero", near[topic][n] === 0);
        });
      });
    };
    form.hidden = false;
    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    show();
  }

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
