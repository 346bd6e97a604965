"use strict";
// Filters, sorts and windows the lists of the report. Without it they are shown whole.
(() => {
  const STEP = 100;
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const fold = (text) => text.toLocaleLowerCase(language);

  const labelOf = {
    severity: (row) => row.cells[0].textContent.trim(),
    kind: (row) => row.cells[0].textContent.trim(),
    tab: (row) => row.querySelector(".under").firstChild.textContent.split(",")[0].replace(/ · *$/, "").trim(),
    code: (row) => document.querySelector(`.bars [data-filter=code][data-value="${CSS.escape(row.dataset.code)}"]`).textContent,
    municipality: (row) => row.dataset.municipality || "–",
    why: (row) => row.dataset.why || "–",
  };

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
        const options = new Map();
        for (const { row } of this.rows) {
          if (row.dataset[by] && !options.has(row.dataset[by])) options.set(row.dataset[by], labelOf[by](row));
        }
        const sorted = [...options].sort((a, b) => collator.compare(a[1], b[1]));
        if (by !== "severity" && by !== "kind" && by !== "tab") options.clear(), sorted.forEach(([k, v]) => options.set(k, v));
        for (const [value, label] of options) select.append(new Option(label, value));
        if (options.size < 2) select.parentElement.hidden = true;
      }
    }

    headers() {
      for (const cell of this.table.tHead.rows[0].cells) {
        if (!cell.dataset.sort) continue;
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
      const key = cell.dataset.sort;
      const tabs = [...new Set(this.rows.map(({ row }) => row.dataset.tab))];
      const value = ({ row }) => {
        if (key === "order") return [Number(row.dataset.order)];
        if (key === "row") return [tabs.indexOf(row.dataset.tab), Number(row.dataset.row)];
        return [row.cells[cell.cellIndex].textContent];
      };
      const keyed = this.rows.map((one) => [value(one), one]);
      keyed.sort(([a, x], [b, y]) => {
        for (let i = 0; i < a.length; i++) {
          const order = typeof a[i] === "number" ? a[i] - b[i] : collator.compare(a[i], b[i]);
          if (order) return up ? order : -order;
        }
        return x.index - y.index;
      });
      this.rows = keyed.map(([, one]) => one);
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

  const lists = new Map(Array.from(document.querySelectorAll("table.list[id]"), (table) => [table.id, new List(table)]));
  for (const button of document.querySelectorAll(".bars button")) {
    button.addEventListener("click", () => lists.get("list-findings").choose(button.dataset.filter, button.dataset.value));
  }
})();
