// The page to record a finding works without this. With it, what is typed and taken is kept on the device until it is
// recorded, survives a dropped network and a closed page, and is sent again without being recorded twice.
import { initAll } from "../../vendor/govuk-frontend/govuk-frontend.min.js";
import { forgetSending, sendLater } from "../device/network.js";
import { dropForgotten } from "../device/texts.js";
import { Draft } from "./draft.js";
import { offerLocation } from "./location.js";
import { Photos } from "./photos.js";
import { send } from "./sending.js";

const SAID = ["sending", "unsent", "ended", "photo", "failed"];
const NOT_KEPT = new Set(["csrf_token", "kept", "photos", "camera"]);

let frame = document.querySelector("[data-recording]");
if (frame) begin();

async function begin() {
  const { account, year, leaving } = frame.dataset;
  const draft = new Draft(account, year, leaving);
  const photos = new Photos(draft, () => keep(draft, photos));
  dropForgotten();
  const found = draft.texts.read();
  await photos.restore().catch(() => {});
  if (found && !document.querySelector(".govuk-error-summary")) restore(found);
  await show(draft, photos);
}

// Set the page up, at first and again when the service turned the form down.
async function show(draft, photos) {
  const form = frame.querySelector("form");
  form.addEventListener("input", () => keep(draft, photos));
  form.addEventListener("submit", (leaving) => {
    leaving.preventDefault();
    start(draft, photos);
  });
  frame.querySelectorAll("[data-do=send]").forEach((each) => each.addEventListener("click", () => start(draft, photos)));
  frame.querySelector("[data-do=drop]").addEventListener("click", async () => {
    await draft.drop().catch(() => {});
    form.dataset.kept = "dropped";
    location.reload();
  });
  offerLocation(form, () => keep(draft, photos));
  await photos.showIn(form);
  frame.querySelector("[data-say=keeping]").hidden = false;
  frame.dataset.ready = "yes";
}

function keep(draft, photos) {
  const form = frame.querySelector("form");
  const texts = Object.fromEntries([...new FormData(form)].filter(([name]) => !NOT_KEPT.has(name)));
  const isSafe = draft.texts.keep(texts) && photos.areKept;
  frame.querySelector("[data-say=full]").hidden = isSafe;
  if (isSafe) form.dataset.kept = "yes";
  else delete form.dataset.kept;
}

function restore({ at, texts }) {
  const { elements } = frame.querySelector("form");
  for (const [name, text] of Object.entries(texts)) {
    if (elements[name]) elements[name].value = text;
  }
  frame.querySelector("[data-say=restored] [data-fact=when]").textContent = new Date(at).toLocaleString(document.documentElement.lang);
  frame.querySelector("[data-say=restored]").hidden = false;
}

function say(word, facts = {}) {
  const place = frame.querySelector(".assess-sending");
  SAID.forEach((each) => (place.querySelector(`[data-say=${each}]`).hidden = each !== word));
  for (const [name, text] of Object.entries(facts)) {
    place.querySelector(`[data-say=${word}] [data-fact=${name}]`).textContent = text;
  }
  place.scrollIntoView({ block: "nearest" });
}

let isSending = false;

async function start(draft, photos) {
  if (isSending) return;
  isSending = true;
  forgetSending();
  keep(draft, photos);
  const form = frame.querySelector("form");
  const done = await send(form, photos.list, draft, frame.dataset.photos, (photo, of) => {
    say("sending", { photo: photo ? `${photo} / ${of}` : "" });
  });
  isSending = false;
  await take(done, draft, photos);
}

async function take({ went, address, page, photo, words }, draft, photos) {
  if (went === "recorded") {
    await draft.drop().catch(() => {});
    return location.assign(address);
  }
  if (went === "refused") return turnedDown(page, draft, photos);
  say(went, went === "failed" ? { answer: words } : {});
  if (went === "photo") photos.complain(photo, words);
  if (went === "unsent") sendLater(() => start(draft, photos));
}

// Show what is wrong; photos that the service has already are still this page's to remove.
async function turnedDown(page, draft, photos) {
  const own = new Set(photos.list.map(({ claim }) => claim));
  for (const box of page.querySelectorAll("[name=kept]")) {
    if (own.has(box.value)) box.closest(".govuk-checkboxes__item").remove();
  }
  for (const list of page.querySelectorAll("#kept")) {
    if (!list.querySelector("input")) list.closest(".govuk-form-group").remove();
  }
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  frame = document.querySelector("[data-recording]");
  await show(draft, photos);
  keep(draft, photos);
  initAll({ scope: document.querySelector("main") });
}
