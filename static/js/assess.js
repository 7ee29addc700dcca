// Pages work without this: it moves the focus to what is new, shows passwords on request, asks before a page is left
// with something typed but not sent, and looks by itself how far work is that goes on behind a page.
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

const AGAIN = 1500;
const working = document.querySelector("[data-refresh]");

async function look() {
  if (!document.hidden) {
    const answer = await fetch(working.dataset.refresh).catch(() => null);
    if (answer?.ok) {
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-refresh]");
      if (found?.dataset.state !== working.dataset.state) return location.replace(working.dataset.refresh);
      if (found.innerHTML !== working.innerHTML) working.replaceChildren(...found.childNodes);
    }
  }
  setTimeout(look, AGAIN);
}
if (working) setTimeout(look, AGAIN);
