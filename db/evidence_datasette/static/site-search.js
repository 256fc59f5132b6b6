// The search of a site that no server answers for. The index lies in scripts beside the page,
// search/words-N.js and search/pages-N.js, since a page on a disk can load nothing else; those
// that are needed are loaded. Words are cut as in evidence_datasette/site/index.py.
"use strict";

(() => {
  const SPACELESS =
    "\\u0e00-\\u0eff\\u0f00-\\u0fff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007" +
    "\\u3021-\\u302f\\u3031-\\u303c\\u3040-\\u312f\\u31a0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff" +
    "\\ua000-\\ua4cf\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
  const WORD = new RegExp(`[${SPACELESS}]|(?:(?![${SPACELESS}])[\\p{L}\\p{N}])+`, "gu");
  const HASHES = 65521;
  const LONGEST = 64;
  const SHOWN = 100;

  const form = document.querySelector(".ask");
  const said = document.querySelector(".said");
  const hits = document.querySelector(".hits");
  const { files, pages, count } = form.dataset;
  const loaded = { words: new Map(), pages: new Map() };
  const asked = new Map();
  let searches = 0;

  window.evidenceSearch = {
    words: (number, listed) => loaded.words.set(number, new Map(listed)),
    pages: (number, listed) => loaded.pages.set(number, listed),
  };

  function words(text) {
    const folded = text
      .normalize("NFKD")
      .replace(/[\p{M}\p{Cf}]/gu, "")
      .toLowerCase()
      .replaceAll("ς", "σ")
      .replaceAll("ß", "ss");
    const found = folded.match(WORD) ?? [];
    return [...new Set(found.map((word) => [...word].slice(0, LONGEST).join("")))];
  }

  function fileOf(word) {
    let number = 0;
    for (const char of word) number = (number * 31 + char.codePointAt(0)) % HASHES;
    return Math.floor((number * files) / HASHES);
  }

  function load(what, number) {
    const name = `search/${what}-${number}.js`;
    if (!asked.has(name)) {
      asked.set(
        name,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = name;
          script.onload = () => resolve();
          script.onerror = () => reject(new Error(`${name} could not be loaded.`));
          document.head.append(script);
        }),
      );
    }
    return asked.get(name).then(() => loaded[what].get(number));
  }

  async function found(wanted) {
    const each = await Promise.all(
      wanted.map(async (word) => (await load("words", fileOf(word))).get(word) ?? []),
    );
    const rest = each.slice(1).map((numbers) => new Set(numbers));
    return each[0].filter((number) => rest.every((numbers) => numbers.has(number)));
  }

  async function item(number) {
    const listed = await load("pages", Math.floor(number / pages));
    const [name, kind, title] = listed[number % pages];
    const one = document.createElement("li");
    const link = document.createElement("a");
    const about = document.createElement("p");
    one.className = "card";
    link.href = name;
    link.textContent = title;
    link.dir = "auto";
    about.className = "about";
    about.textContent = kind;
    one.append(link, about);
    return one;
  }

  async function search(text) {
    const search = ++searches;
    const wanted = words(text);
    if (!wanted.length) {
      hits.replaceChildren();
      said.textContent = text.trim() ? "There is nothing in that to look for." : "";
      return;
    }
    try {
      const numbers = await found(wanted);
      const items = await Promise.all(numbers.slice(0, SHOWN).map(item));
      if (search !== searches) return;
      hits.replaceChildren(...items);
      const more = numbers.length > SHOWN ? ` The first ${SHOWN} are shown; give more words.` : "";
      said.textContent = `${numbers.length} of ${count} pages hold that.${more}`;
    } catch (error) {
      hits.replaceChildren();
      said.textContent = `The search failed: ${error.message}`;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search(form.elements.q.value);
  });
  form.hidden = false;
  document.querySelector(".without-script").hidden = true;
  form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
  search(form.elements.q.value);
})();
