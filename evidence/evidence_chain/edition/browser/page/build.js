// Elements of the page. What comes from an edition is only ever text.

/** An element with attributes, and with children that are elements or text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((one) => one !== null && one !== undefined));
  return made;
}

/** Words of an edition on one line, with what would turn or hide them made visible. */
export function plain(words) {
  return String(words).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (one) =>
    one === "\n" || one === "\t" ? one : `\u27e8U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}\u27e9`,
  );
}

/** Words of an edition in an element of their own direction. */
export function said(name, words, attributes = {}) {
  return element(name, { dir: "auto", ...attributes }, plain(words));
}
