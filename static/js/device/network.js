// Sending over a network that comes and goes.

const LONGEST = 120_000;
const AGAIN = 20_000;

export function post(address, body) {
  return fetch(address, { method: "POST", body, signal: AbortSignal.timeout?.(LONGEST) });
}

// Whether an answer says that nobody is signed in any more.
export function asksToSignIn(answer) {
  return answer.status === 401 || new URL(answer.url).pathname === "/sign-in";
}

let waiting = 0;
let sendAgain = null;
window.addEventListener("online", () => waiting && sendAgain());

// Send when there is a network again; whether there is one the browser knows only where it says no.
export function sendLater(send) {
  forgetSending();
  sendAgain = send;
  waiting = setTimeout(() => (navigator.onLine ? sendAgain() : sendLater(send)), AGAIN);
}

export function forgetSending() {
  clearTimeout(waiting);
  waiting = 0;
}
