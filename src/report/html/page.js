"use strict";
// Shows the figures of a sentence when it is pointed at or focused, and marks words on demand.
(() => {
  const element = (name, style, text) => {
    const made = document.createElement(name);
    if (style) made.className = style;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const termsOf = (sentence) => (sentence.dataset.t || "").split(" ").filter(Boolean).map((packed) => {
    const [start, length, weight] = packed.split(",").map(Number);
    return { start, end: start + length, weight: weight / 100, text: sentence.text.slice(start, start + length) };
  });

  const signed = (weight) => (weight < 0 ? "−" : "+") + Math.abs(weight).toFixed(2);

  const rowOf = (name, percent, index) => {
    const row = element("tr", "k" + index);
    const bar = element("span", "bar");
    bar.style.width = percent + "%";
    const head = element("th", "", name);
    head.scope = "row";
    const drawn = element("td");
    drawn.style.width = "50%";
    drawn.append(bar);
    row.append(head, drawn, element("td", "number", percent + " %"));
    return row;
  };

  const wordList = (label, terms) => {
    if (!terms.length) return [];
    const list = element("ul");
    for (const term of terms) list.append(element("li", "", term.text.replace(/\s+/g, " ") + " " + signed(term.weight)));
    return [element("p", "label", label), list];
  };

  const markWords = (sentence, on) => {
    if (!on) { sentence.textContent = sentence.text; return; }
    const taken = [];
    for (const term of termsOf(sentence)) {
      if (taken.every((other) => term.end <= other.start || term.start >= other.end)) taken.push(term);
    }
    taken.sort((a, b) => a.start - b.start);
    sentence.textContent = "";
    let at = 0;
    for (const term of taken) {
      sentence.append(sentence.text.slice(at, term.start));
      const word = element("span", term.weight > 0 ? "w for" : "w against", term.text);
      word.title = signed(term.weight);
      sentence.append(word);
      at = term.end;
    }
    sentence.append(sentence.text.slice(at));
  };

  const prepare = (article) => {
    const sentences = [...article.querySelectorAll(".text .s")];
    const detail = article.querySelector(".detail");
    const strip = article.querySelector(".strip");
    if (!sentences.length || !detail) return;
    const classes = detail.dataset.classes.split("|");
    let current = null;

    const mark = (index) => {
      if (!strip) return;
      let here = strip.querySelector(".here");
      if (!here) {
        here = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        here.setAttribute("class", "here");
        strip.append(here);
      }
      const [left, right] = [Number(strip.dataset.left), Number(strip.dataset.right)];
      const width = (right - left) / sentences.length;
      const box = strip.viewBox.baseVal;
      for (const [name, value] of Object.entries({ x: left + index * width, y: 1, width: Math.max(width, 2), height: box.height - 2 })) {
        here.setAttribute(name, value);
      }
    };

    const show = (index) => {
      const sentence = sentences[index];
      if (!sentence || sentence === current) return;
      if (current) current.classList.remove("on");
      current = sentence;
      sentence.classList.add("on");
      const percents = sentence.dataset.p.split(" ").map(Number);
      const voice = !sentence.classList.contains("q") ? "the author’s"
        : sentence.dataset.v ? "quoted: " + sentence.dataset.v : "quoted";
      const table = element("table");
      const body = element("tbody");
      percents.forEach((percent, i) => body.append(rowOf(classes[i], percent, i)));
      table.append(body);
      const own = classes[percents.indexOf(Math.max(...percents))];
      const terms = termsOf(sentence);
      const parts = [element("h3", "", "Sentence " + (index + 1) + " of " + sentences.length + ", " + voice), table];
      if (sentence.classList.contains("u")) parts.push(element("p", "label", "uncertain"));
      parts.push(...wordList("words for " + own, terms.filter((t) => t.weight > 0)));
      parts.push(...wordList("words against", terms.filter((t) => t.weight < 0)));
      detail.replaceChildren(...parts);
      mark(index);
    };

    const focus = (index) => {
      const next = sentences[Math.min(Math.max(index, 0), sentences.length - 1)];
      for (const sentence of sentences) sentence.tabIndex = sentence === next ? 0 : -1;
      next.focus();
    };

    sentences.forEach((sentence, index) => {
      sentence.text = sentence.textContent;
      sentence.removeAttribute("title");
      sentence.tabIndex = index === 0 ? 0 : -1;
      sentence.addEventListener("pointerenter", () => show(index));
      sentence.addEventListener("focus", () => show(index));
      sentence.addEventListener("click", () => focus(index));
      sentence.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (event.key === "Home") focus(0);
        else if (event.key === "End") focus(sentences.length - 1);
        else if (step) focus(index + step);
        else return;
        event.preventDefault();
      });
    });

    if (strip) {
      const at = (event) => {
        const box = strip.getBoundingClientRect();
        const x = (event.clientX - box.left) / box.width * Number(strip.dataset.width);
        const share = (x - strip.dataset.left) / (strip.dataset.right - strip.dataset.left);
        return share >= 0 && share < 1 ? Math.floor(share * sentences.length) : -1;
      };
      strip.addEventListener("pointermove", (event) => at(event) >= 0 && show(at(event)));
      strip.addEventListener("click", (event) => at(event) >= 0 && focus(at(event)));
    }

    const button = article.querySelector("button.marks");
    if (button) {
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        for (const sentence of sentences) markWords(sentence, on);
      });
    }
  };

  for (const hidden of document.querySelectorAll(".needs-script")) hidden.hidden = false;
  for (const article of document.querySelectorAll(".document")) prepare(article);
})();
