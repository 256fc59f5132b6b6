// The page: what a reader gives, what the worker is asked, and what is shown.

import { element } from "./build.js";
import { claimView } from "./claim_view.js";
import { dropped, picked } from "./dropped.js";
import { results } from "./results.js";

const CLAIMS = 200;
const at = (id) => document.getElementById(id);

class Asking {
  constructor(program) {
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    this.worker = new Worker(address);
    this.waiting = new Map();
    this.count = 0;
    this.worker.onmessage = ({ data }) => {
      const one = this.waiting.get(data.id);
      if (data.progress) return one.progress(data.progress);
      this.waiting.delete(data.id);
      return data.problem === undefined ? one.done(data.answer) : one.failed(new Error(data.problem));
    };
    this.worker.onerror = (event) => {
      for (const one of this.waiting.values()) one.failed(new Error(event.message || "The checking program didn't start."));
      this.waiting.clear();
    };
  }

  ask(question, progress = () => {}) {
    const id = ++this.count;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed, progress });
      this.worker.postMessage({ ...question, id });
    });
  }
}

/** Starts the page; `program` is this very program, which the worker runs, too. */
export function start(program) {
  at("unsupported").hidden = true;
  at("form").hidden = false;
  const asking = new Asking(program);
  let files = [];
  const take = (found) => {
    files = found;
    at("taken").textContent = found.length ? `${found.length.toLocaleString("en")} ${found.length === 1 ? "file" : "files"}: ${found[0][0].split("/")[0]}` : "Nothing was taken.";
    at("check").disabled = !found.length;
  };
  for (const id of ["folder", "files"]) {
    at(id).addEventListener("click", (event) => (event.target.value = "")); // so that the same can be chosen again
    at(id).addEventListener("change", (event) => take(picked(event.target.files)));
  }
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    at("taken").textContent = "Reading the folder …";
    take(await dropped(event.dataTransfer));
  });
  at("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const wanted = await given();
    await busy(at("results"), () => run(asking, { ask: "check", files, wanted }, wanted));
  });
}

async function given() {
  const bytes = async (file) => new Uint8Array(await file.arrayBuffer());
  const seen = await Promise.all([...at("seen").files].map(async (file) => [file.name, await bytes(file)]));
  const [signers] = at("signers").files;
  const witnesses = at("witnesses").value.split("\n").map((line) => line.trim()).filter(Boolean);
  return { key: at("key").value, seen, witnesses, signers: signers && (await signers.text()) };
}

/** Does what takes long, with the form closed, and shows what goes wrong. */
async function busy(output, step) {
  at("check").disabled = true;
  at("results").setAttribute("aria-busy", "true");
  at("progress").hidden = false;
  try {
    await step();
  } catch (error) {
    output.replaceChildren(element("p", { class: "failed", role: "alert" }, error.message));
  } finally {
    at("progress").hidden = true;
    at("results").removeAttribute("aria-busy");
    at("check").disabled = false;
  }
}

function progress({ what, done, all }) {
  at("doing").textContent = `Checking ${what} …`;
  at("bar").max = all;
  at("bar").value = done;
}

async function run(asking, question, wanted) {
  const found = await asking.ask(question, progress);
  at("results").replaceChildren(results(found, wanted.key), claims(asking, found, wanted));
  at("outcome").focus();
}

function claims(asking, found, wanted) {
  if (!found.claims.length) return element("section", {});
  const open = (index) => asking.ask({ ask: "claim", index });
  const attempt = (change, output) =>
    busy(output, async () => {
      const after = await asking.ask({ ask: "change", change, wanted }, progress);
      const failing = after.findings.filter((one) => one.outcome === "failed").map((one) => element("li", {}, `Step ${one.step}, ${one.check}: ${one.detail}`));
      const head = failing.length ? "Refused. If somebody had done that, these checks would fail:" : "No check failed: please report this as a fault of this page.";
      output.replaceChildren(element("p", { class: "tried" }, head), element("ul", {}, ...failing.slice(0, 12)));
    });
  const shown = found.claims.slice(0, CLAIMS).map((one) => claimView(one, { open, attempt }));
  const more = found.claims.length > CLAIMS ? element("p", {}, `and ${found.claims.length - CLAIMS} claims more, which are checked and not shown.`) : null;
  return element("section", { "aria-labelledby": "claims" }, element("h2", { id: "claims" }, "Claim by claim"), ...shown, more);
}
