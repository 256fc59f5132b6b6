// A button after each digest, and after lines of a shell, that copies it. Without this, it can be
// selected and copied by hand.
"use strict";

const said = document.createElement("p");
said.className = "copied";
said.setAttribute("role", "status");
document.body.append(said);

async function copy(button, digest) {
  try {
    await navigator.clipboard.writeText(digest.textContent.trim());
    button.textContent = "Copied";
    said.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(digest);
    button.textContent = "Selected";
    said.textContent = "Could not copy; it is selected.";
  }
  setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, 2000);
}

for (const digest of document.querySelectorAll("code.digest, pre.shell")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy: ${digest.title || "these lines"}`);
  button.addEventListener("click", () => copy(button, digest));
  digest.after(" ", button);
}
