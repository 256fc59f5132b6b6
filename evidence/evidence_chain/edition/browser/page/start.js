// Where the program begins: in the page, and again in its worker.

import { start } from "./page.js";
import { work } from "./worker.js";

if (typeof document === "undefined") work();
else start(document.currentScript.textContent);
