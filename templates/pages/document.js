"use strict";
// Filters, sorts and windows the tables that have filters. Without it they are shown whole.
(() => {
  const STEP = 100;
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const fold = (text) => text.toLocaleLowerCase(language);

  class List {
    constructor(table) {
      this.table = table;
      this.body = table.tBodies[0];
      this.rows = Array.from(this.body.rows, (row, index) => ({ row, index, text: fold(row.textContent) }));
      this.form = document.querySelector(`form[data-list=${table.id}]`);
      this.more = document.querySelector(`.more[data-list=${table.id}]`);
      this.shown = STEP;
      this.matching = this.rows;
      this.fill();
      this.headers();
      this.form.hidden = false;
      this.form.addEventListener("input", () => this.filter());
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("reset", () => setTimeout(() => this.filter()));
      this.more.querySelector("button").addEventListener("click", () => this.reveal());
      addEventListener("beforeprint", () => this.draw(Infinity));
      addEventListener("afterprint", () => this.draw(this.shown));
      this.filter();
    }

    fill() {
      for (const select of this.form.querySelectorAll("select")) {
        const by = select.dataset.by;
        const options = [...new Set(this.rows.map(({ row }) => row.dataset[by]))].filter(Boolean);
        if (!["severity", "kind", "tab"].includes(by)) options.sort(collator.compare);
        for (const value of options) select.append(new Option(value, value));
        if (options.length < 2) select.parentElement.hidden = true;
      }
    }

    headers() {
      for (const cell of this.table.tHead.rows[0].cells) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = cell.textContent;
        cell.replaceChildren(button);
        button.addEventListener("click", () => this.sort(cell));
      }
    }

    sort(cell) {
      const up = cell.getAttribute("aria-sort") !== "ascending";
      for (const other of cell.parentElement.cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", up ? "ascending" : "descending");
      const keyed = this.rows.map((one) => {
        const { dataset, textContent } = one.row.cells[cell.cellIndex];
        return [dataset.order, textContent, one];
      });
      keyed.sort(([a, text, x], [b, other, y]) => {
        const order = a === undefined ? collator.compare(text, other) : a - b;
        return (up ? order : -order) || x.index - y.index;
      });
      this.rows = keyed.map(([, , one]) => one);
      this.filter();
    }

    filter() {
      const words = fold(this.form.querySelector("[data-by=text]").value).split(/\s+/).filter(Boolean);
      const chosen = Array.from(this.form.querySelectorAll("select"), (s) => [s.dataset.by, s.value]).filter(([, v]) => v);
      this.matching = this.rows.filter(({ row, text }) =>
        chosen.every(([by, value]) => row.dataset[by] === value) && words.every((word) => text.includes(word)));
      this.shown = STEP;
      this.draw(this.shown);
      this.form.querySelector("output").textContent = `${this.matching.length} / ${this.rows.length}`;
    }

    reveal() {
      const first = this.matching[this.shown];
      this.shown += STEP;
      this.draw(this.shown);
      if (first) { first.row.tabIndex = -1; first.row.focus({ preventScroll: true }); }
    }

    draw(most) {
      this.body.replaceChildren(...this.matching.slice(0, most).map(({ row }) => row));
      this.more.hidden = this.matching.length <= most;
    }

    choose(by, value) {
      this.form.reset();
      this.form.querySelector(`select[data-by=${by}]`).value = value;
      setTimeout(() => this.filter());
      this.form.scrollIntoView({ block: "start" });
    }
  }

  const lists = new Map(Array.from(document.querySelectorAll("table[id]"), (table) => [table.id, new List(table)]));
  for (const button of document.querySelectorAll(".bars button")) {
    button.addEventListener("click", () => lists.get(button.dataset.list).choose(button.dataset.filter, button.dataset.value));
  }
})();
