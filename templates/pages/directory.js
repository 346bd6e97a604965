"use strict";
// Searches and filters the regional lists. Without it they are shown whole.
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const language = document.documentElement.lang;
  const fold = (text) => text.toLocaleLowerCase(language);
  const number = new Intl.NumberFormat(language);
  const sections = Array.from(document.querySelectorAll("section.region"), (section) => ({
    section,
    groups: Array.from(section.querySelectorAll("tbody"), (body) => ({
      body,
      heading: body.querySelector("tr.group"),
      title: body.querySelector("tr.group .muted"),
      rows: Array.from(body.querySelectorAll("tr[data-at]"), (row) => ({
        row,
        text: fold(`${section.querySelector("h2").textContent} ${body.querySelector("tr.group th")?.textContent ?? ""} ${row.textContent}`),
        number: row.dataset.n,
        hidden: false,
        at: row.dataset.at.split(" "),
        type: row.dataset.type,
        topics: row.dataset.topics ? row.dataset.topics.split("|") : [],
      })),
    })),
  }));
  const all = new Set(Array.from(document.querySelectorAll("tr[data-n]"), (row) => row.dataset.n)).size;
  const output = form.querySelector("output");

  const filter = () => {
    const words = fold(form.elements.text.value).split(/\s+/).filter(Boolean);
    const at = form.elements.at.value;
    const type = form.elements.type ? form.elements.type.value : "";
    const topic = form.elements.topic ? form.elements.topic.value : "";
    const found = new Set();
    let shown = 0;
    for (const { section, groups } of sections) {
      let inSection = 0;
      for (const { body, title, rows } of groups) {
        let inGroup = 0;
        for (const one of rows) {
          one.fits = (!at || one.at.includes(at)) && (!type || one.type === type) && (!topic || one.topics.includes(topic)) && words.every((word) => one.text.includes(word));
          if (one.fits) { inGroup += 1; if (one.number) found.add(one.number); }
        }
        if (body.hidden === inGroup > 0) body.hidden = !inGroup;
        if (!inGroup) continue;
        for (const one of rows) if (one.hidden === one.fits) one.row.hidden = one.hidden = !one.fits;
        if (title) title.textContent = number.format(inGroup);
        inSection += inGroup;
      }
      shown += inSection;
      section.hidden = !inSection;
    }
    const filtered = Boolean(at || type || topic || words.length);
    for (const part of document.querySelectorAll("[data-figures], nav.contents")) part.hidden = filtered;
    document.getElementById("nothing").hidden = shown > 0;
    output.textContent = `${number.format(found.size)} / ${number.format(all)}`;
  };

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
})();
