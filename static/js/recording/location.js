// The point where the person stands: asked for only when they press the button, and removed when they say so.

const ROUGH = 100;
const PATIENCE = { enableHighAccuracy: true, timeout: 30_000, maximumAge: 0 };
const SAID = ["locating", "located", "rough", "denied", "lost"];

export function offerLocation(form, changed) {
  const part = form.querySelector("[data-location]");
  const fields = ["latitude", "longitude"].map((name) => form.elements[name]);
  const forget = part.querySelector("[data-do=forget]");
  const say = (...words) => SAID.forEach((word) => (part.querySelector(`[data-say=${word}]`).hidden = !words.includes(word)));
  const fill = (values) => {
    fields.forEach((field, place) => (field.value = values[place]));
    forget.hidden = !values[0];
    changed();
  };
  const found = ({ coords: { latitude, longitude, accuracy } }) => {
    const metres = Math.max(1, Math.round(accuracy));
    part.querySelector("[data-fact=accuracy]").textContent = metres;
    say("located", ...(metres > ROUGH ? ["rough"] : []));
    fill([latitude.toFixed(6), longitude.toFixed(6)]);
  };
  part.querySelector("[data-do=locate]").addEventListener("click", () => {
    say("locating");
    navigator.geolocation.getCurrentPosition(found, ({ code }) => say(code === 1 ? "denied" : "lost"), PATIENCE);
  });
  forget.addEventListener("click", () => {
    say();
    fill(["", ""]);
  });
  fields[0].addEventListener("input", () => (forget.hidden = !fields[0].value));
  forget.hidden = !fields[0].value;
  part.hidden = !("geolocation" in navigator);
}
