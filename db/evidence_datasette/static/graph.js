// What is under the pointer or the focus in the drawing of a claim, and all that it is joined to,
// stands out. Without this the drawing shows the same, and each part of it has a title.
"use strict";

for (const graph of document.querySelectorAll("svg.graph")) {
  const parts = [...graph.querySelectorAll("[data-rows]")].map((element) => ({
    element,
    rows: new Set(element.dataset.rows.split(" ").filter(Boolean)),
  }));

  const light = (event) => {
    const target = event.target.closest("[data-rows]");
    const rows = new Set(target ? target.dataset.rows.split(" ").filter(Boolean) : []);
    graph.classList.toggle("is-lit", rows.size > 0);
    for (const { element, rows: own } of parts) {
      element.classList.toggle("lit", [...own].some((row) => rows.has(row)));
    }
  };

  graph.addEventListener("pointerover", light);
  graph.addEventListener("pointerleave", light);
  graph.addEventListener("focusin", light);
  graph.addEventListener("focusout", light);
}
