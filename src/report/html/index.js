"use strict";
// Sorts, filters and turns the pages of the list, and draws the points of the triangle if there are many.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const n = data.id.length;
  const perPage = 100;
  const element = (name, style, text) => {
    const made = document.createElement(name);
    if (style) made.className = style;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const byId = (id) => document.getElementById(id);
  const grouped = (number) => number < 10000 ? String(number) : String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const percent = (thousandths) => Math.round(thousandths / 10);
  const nameOf = (i) => data.title[i] || data.prefix + data.id[i];
  const pageOf = (i) => "pages/" + data.page[i] + ".html";
  const valueOf = (field, i) => field.of[i] ? field.values[field.of[i] - 1] : "";
  const last = data.classes.length - 1;

  // The list.
  const table = byId("list");
  const body = table.tBodies[0];
  const heads = table.tHead.rows[0];
  for (const [f, field] of data.fields.entries()) {
    const head = element("th", "", field.name);
    head.scope = "col";
    head.dataset.key = "field" + f;
    heads.append(head);
  }

  const keys = {
    name: nameOf,
    dominant: (i) => data.dominant[i],
    range: (i) => data.high[last][i] - data.low[last][i],
    words: (i) => data.words[i],
    sentences: (i) => data.sentences[i],
    quoted: (i) => data.quoted[i],
  };
  data.classes.forEach((_, c) => { keys["share" + c] = (i) => data.share[c][i]; });
  data.fields.forEach((field, f) => { keys["field" + f] = (i) => valueOf(field, i); });

  const state = { key: null, down: false, first: 0, find: "", dominant: "" };
  const haystack = Array.from({ length: n }, (_, i) =>
    [data.title[i], data.prefix + data.id[i], ...data.fields.map((field) => valueOf(field, i))].join("\n").toLowerCase());
  let shown = [];

  const rowOf = (i) => {
    const row = element("tr");
    const head = element("th");
    head.scope = "row";
    const link = element("a", "", nameOf(i));
    link.href = pageOf(i);
    head.append(link, element("br"), element("span", "id", data.prefix + data.id[i]));
    const whole = element("td");
    whole.append(element("span", "chip k" + data.dominant[i], data.classes[data.dominant[i]]));
    row.append(head, whole);
    for (const shares of data.share) row.append(element("td", "number", percent(shares[i]) + " %"));
    row.append(element("td", "number muted", percent(data.low[last][i]) + "–" + percent(data.high[last][i])));
    for (const counts of [data.words, data.sentences, data.quoted]) row.append(element("td", "number", grouped(counts[i])));
    for (const field of data.fields) row.append(element("td", "", valueOf(field, i)));
    row.addEventListener("pointerenter", () => point(i, true));
    row.addEventListener("pointerleave", () => point(i, false));
    return row;
  };

  const draw = () => {
    body.replaceChildren(...shown.slice(state.first, state.first + perPage).map(rowOf));
    const end = Math.min(state.first + perPage, shown.length);
    byId("count").textContent = shown.length === 0 ? "no document"
      : shown.length <= perPage ? grouped(shown.length) + " of " + grouped(n) + " documents"
      : grouped(state.first + 1) + "–" + grouped(end) + " of " + grouped(shown.length) + " documents";
    byId("back").disabled = state.first === 0;
    byId("on").disabled = end >= shown.length;
  };

  const choose = () => {
    const words = state.find.toLowerCase().split(/\s+/).filter(Boolean);
    shown = [];
    for (let i = 0; i < n; i++) {
      const wanted = state.dominant === "" || data.dominant[i] === Number(state.dominant);
      if (wanted && words.every((word) => haystack[i].includes(word))) shown.push(i);
    }
    if (state.key) {
      const key = keys[state.key];
      const text = state.key === "name" || state.key.startsWith("field");
      const order = text ? (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) : (a, b) => key(a) - key(b);
      shown.sort((a, b) => (state.down ? order(b, a) : order(a, b)) || a - b);
    }
    state.first = 0;
    draw();
    fade();
  };

  for (const head of heads.cells) {
    const button = element("button", "", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const numeric = !["name", "dominant"].includes(head.dataset.key) && !head.dataset.key.startsWith("field");
      state.down = state.key === head.dataset.key ? !state.down : numeric;
      state.key = head.dataset.key;
      for (const other of heads.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      choose();
    });
  }
  byId("find").addEventListener("input", (event) => { state.find = event.target.value; choose(); });
  byId("dominant").addEventListener("change", (event) => { state.dominant = event.target.value; choose(); });
  byId("back").addEventListener("click", () => { state.first = Math.max(0, state.first - perPage); draw(); });
  byId("on").addEventListener("click", () => { state.first += perPage; draw(); });
  for (const hidden of document.querySelectorAll(".needs-script")) hidden.hidden = false;

  // The triangle.
  const triangle = document.querySelector(".ternary");
  const points = triangle && triangle.querySelector(".points");
  const drawn = [];
  const saidOf = (i) => nameOf(i) + ": " + data.classes.map((name, c) => name + " " + percent(data.share[c][i]) + " %").join(", ");

  const drawPoints = () => {
    const corners = triangle.querySelector(".frame").points;
    points.classList.add("many");
    for (let i = 0; i < n; i++) {
      const shares = data.share.map((share) => share[i]);
      const sum = shares.reduce((a, b) => a + b, 0) || 1;
      const at = (axis) => shares.reduce((total, share, c) => total + share / sum * corners[c][axis], 0);
      const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      circle.setAttribute("class", "k" + data.dominant[i]);
      circle.setAttribute("cx", at("x").toFixed(1));
      circle.setAttribute("cy", at("y").toFixed(1));
      circle.setAttribute("r", "2.6");
      circle.dataset.i = i;
      drawn.push(circle);
    }
    points.append(...drawn);
  };

  function point(i, on) {
    const circle = drawn[i];
    if (circle) circle.classList.toggle("here", on);
  }

  function fade() {
    if (!drawn.length) return;
    const inside = new Set(shown);
    drawn.forEach((circle, i) => circle.classList.toggle("out", !inside.has(i)));
  }

  if (points) {
    const links = points.querySelectorAll("a");
    if (links.length) for (const link of links) drawn[Number(link.dataset.i)] = link.firstElementChild;
    else drawPoints();
    drawn.forEach((circle, i) => { circle.dataset.i = i; });
    const pointed = document.querySelector(".pointed");
    const usual = pointed.textContent;
    points.addEventListener("pointerover", (event) => {
      const i = event.target.dataset.i;
      if (i !== undefined) pointed.textContent = saidOf(Number(i));
    });
    points.addEventListener("pointerout", () => { pointed.textContent = usual; });
    points.addEventListener("click", (event) => {
      const i = event.target.dataset.i;
      if (i !== undefined && !event.target.closest("a")) location.href = pageOf(Number(i));
    });
  }
  choose();
})();
