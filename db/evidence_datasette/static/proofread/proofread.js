// Sends an article that was chosen, dropped or pasted, and shows what came of it. Without this
// script the form sends pasted text alone, and the answer is a page.
"use strict";

const form = document.getElementById("proofread");
const proofs = document.getElementById("proofs");

async function send(name, body) {
  proofs.textContent = "Looking up …";
  const headers = {
    "Content-Type": "application/octet-stream",
    "X-Article-Name": encodeURIComponent(name),
    "X-CSRFToken": form.dataset.token,
  };
  try {
    const answer = await fetch(form.action, { method: "POST", headers, body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("proofs");
    if (found) proofs.replaceChildren(...found.childNodes);
    else proofs.textContent = page.body.textContent.trim().slice(0, 500);
  } catch (error) {
    proofs.textContent = "The server did not answer. Try again.";
  }
}

function take(file) {
  if (file) send(file.name, file);
}

if (form) {
  const chosen = document.getElementById("file");
  document.getElementById("dropping").hidden = false;
  chosen.addEventListener("change", () => take(chosen.files[0]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send("pasted.txt", document.getElementById("article").value);
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}
