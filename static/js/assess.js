// Pages work without this: it moves the focus to what is new, shows passwords on request, and asks before a page is
// left with something typed but not sent.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const typed = new Set();
document.addEventListener("input", ({ target }) => {
  if (target.form?.method === "post") typed.add(target.form);
});
document.addEventListener("submit", ({ target }) => typed.delete(target));
window.addEventListener("beforeunload", (leaving) => {
  if (typed.size) leaving.preventDefault();
});
