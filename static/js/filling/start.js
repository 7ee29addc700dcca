// A section of a form works without this. With it, what is typed is saved when a field is left, and kept on the device
// until it is: over a dropped network, a closed page, an ended sign-in. It never replaces what somebody else saved.
import { asksToSignIn, forgetSending, post, sendLater } from "../device/network.js";
import { dropForgotten, KeptTexts } from "../device/texts.js";
import { Section } from "./section.js";

const frame = document.querySelector("[data-filling]");
let saving = null;
let isLeaving = false;
let released = null;
// What is shown after a field is left must not move the button that is being pressed. A finger leaves the field after it
// is lifted, and clicks only then; where nothing can be clicked no click comes.
const LATEST_CLICK = 400;
document.addEventListener("pointerdown", () => {
  released = new Promise((go) => {
    for (const end of ["click", "pointercancel"]) document.addEventListener(end, go, { once: true });
    document.addEventListener("pointerup", () => setTimeout(go, LATEST_CLICK), { once: true });
  });
});
if (frame) begin(frame.querySelector("form"));

function begin(form) {
  const { account, form: about, leaving } = frame.dataset;
  const section = new Section(form);
  const kept = new KeptTexts(`form:${account}:${about}`, leaving);
  dropForgotten();
  const found = kept.read();
  const isBack = found && !document.querySelector(".govuk-error-summary") && section.restore(found);
  if (!isBack) keep(section, kept);
  form.addEventListener("input", () => keep(section, kept));
  for (const left of ["change", "focusout"]) form.addEventListener(left, () => save(section, kept));
  form.addEventListener("submit", (leaving) => leave(leaving, section, kept));
  frame.querySelector("[data-say=keeping]").hidden = false;
  frame.dataset.ready = "yes";
  if (isBack) save(section, kept);
}

// Keep on the device what is not saved; nothing once everything is.
function keep(section, kept) {
  section.forgetRefusals();
  const names = section.changed();
  if (!names.length) kept.drop();
  const { seen } = section.form.elements;
  const isSafe = !names.length || kept.keep(section.texts(names), { base: section.base, seen: seen.value });
  frame.querySelector("[data-say=full]").hidden = isSafe;
  if (isSafe) section.form.dataset.kept = "yes";
  else delete section.form.dataset.kept;
}

// Save what is not saved yet, once at a time; what came of it.
function save(section, kept) {
  saving ??= sendAll(section, kept).finally(() => (saving = null));
  return saving;
}

async function sendAll(section, kept) {
  forgetSending();
  await released;
  let done = {};
  while (section.unsent().length && !done.isOver) {
    say("saving");
    done = await sendOnce(section, kept);
    keep(section, kept);
    say(done.went ?? standing(section), done.words);
  }
  if (done.went === "unsent") sendLater(() => save(section, kept));
  return done.went;
}

function standing(section) {
  if (section.conflicts.size) return "overtaken";
  return section.changed().length ? "refused" : "saved";
}

// Send what is not saved yet: nothing more to say, or what went wrong, so that sending is over.
async function sendOnce(section, kept) {
  const sent = section.texts(section.unsent());
  let answer, page;
  try {
    answer = await post(section.form.action, section.body(sent));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return { went: "unsent", isOver: true };
  }
  if (asksToSignIn(answer)) return { went: "ended", isOver: true };
  const form = page.querySelector("[data-filling] form");
  if (answer.ok && form) return takeSaved(section, page, form, sent);
  if (answer.status === 422 && section.takeRefusal(page, sent)) return {};
  const model = frame.querySelector("[data-overtaken]");
  if (answer.status === 409 && section.takeConflicts(page, sent, model, () => settled(section, kept))) return {};
  const words = page.querySelector(".govuk-error-summary li, h1")?.textContent.trim() ?? answer.status;
  return { went: "failed", words, isOver: true };
}

function takeSaved(section, page, form, sent) {
  section.takeSaved(form, sent);
  for (const place of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${place.dataset.live}"]`);
    if (fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
  }
  for (const gaps of frame.querySelectorAll(".assess-save__gaps")) gaps.hidden = !gaps.querySelector("li");
  return {};
}

// Between two values one is chosen.
function settled(section, kept) {
  keep(section, kept);
  say(standing(section));
  save(section, kept);
}

function say(word, fact = "") {
  for (const place of frame.querySelectorAll(".assess-save [data-say]")) place.hidden = place.dataset.say !== word;
  const words = frame.querySelector(`.assess-save [data-say=${word}] [data-fact]`);
  if (words) words.textContent = fact;
}

// A button was pressed: what is typed is saved first; without a network one stays. Whoever is not signed in any more
// sends it as without this script, and is asked to sign in.
async function leave(leaving, section, kept) {
  if (isLeaving) return;
  if (saving || section.unsent().length) {
    leaving.preventDefault();
    const went = await save(section, kept);
    if (went === "unsent") return;
    if (went !== "ended") kept.drop();
    isLeaving = true;
    section.form.requestSubmit(leaving.submitter);
  } else kept.drop();
  section.form.dataset.kept = "yes";
}
