// Sends a form and its photos, one photo after the other, so that a short connection is enough for each.
import { asksToSignIn, post } from "../device/network.js";

// What came of sending: {went: "recorded", address} | "refused", page | "photo", photo, words | "ended" | "failed", words | "unsent".
export async function send(form, photos, draft, address, at) {
  try {
    for (const [place, photo] of photos.entries()) {
      if (photo.claim) continue;
      at(place + 1, photos.length);
      const wrong = await sendPhoto(form, photo, draft, address);
      if (wrong) return wrong;
    }
    at(0, 0);
    return await answered(await post(form.action, filled(form, photos)));
  } catch {
    return { went: "unsent" };
  }
}

function filled(form, photos) {
  const data = new FormData(form);
  data.delete("photos");
  data.delete("camera");
  const claims = new Set([...data.getAll("kept"), ...photos.map(({ claim }) => claim)]);
  data.delete("kept");
  claims.forEach((claim) => data.append("kept", claim));
  return data;
}

async function sendPhoto(form, photo, draft, address) {
  const data = new FormData();
  data.append("csrf_token", form.elements.csrf_token.value);
  data.append("photos", photo.blob, photo.name);
  const answer = await post(address, data);
  if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("application/json")) return answered(answer);
  const told = await answer.json();
  if (!answer.ok) return { went: "photo", photo, words: told.what.join(" ") };
  photo.claim = told.claim;
  await photo.keeping?.catch(() => {});
  if (photo.id !== undefined) await draft.claim(photo.id, photo.claim).catch(() => {});
}

async function answered(answer) {
  if (asksToSignIn(answer)) return { went: "ended" };
  if (answer.ok && answer.redirected) return { went: "recorded", address: answer.url };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.status === 422 && page.querySelector("[data-recording]")) return { went: "refused", page };
  return { went: "failed", words: page.querySelector("h1")?.textContent.trim() ?? answer.status };
}
