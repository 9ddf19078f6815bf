"use strict";
// The page: asks for the state every 700 ms (an unchanged one costs nothing) and draws the phones and the complaints.

const cards = new Map();
let tag = "";
let asking = false;
let askAgain = false;

const page = {
  line: () => document.getElementById("line").value,
  aloud: () => document.getElementById("aloud").checked,
  say(heard) {
    if (!("speechSynthesis" in window)) return;
    const words = new SpeechSynthesisUtterance(heard.text);
    if (heard.language) words.lang = heard.language;
    speechSynthesis.speak(words);
  },
  // Gives "" or why it was refused.
  async post(path, data, method = "POST") {
    try {
      const answer = await fetch(path, {
        method,
        headers: { "Content-Type": "application/json", "X-Simulator": "page" },
        body: JSON.stringify(data),
      });
      const body = await answer.json();
      refresh();
      return answer.ok ? "" : body.error || `refused (${answer.status})`;
    } catch {
      return "The network does not answer.";
    }
  },
};

// One question at a time, so that an older state is never drawn over a newer one.
async function refresh() {
  if (asking) { askAgain = true; return; }
  asking = true;
  await fetchState();
  asking = false;
  if (askAgain) { askAgain = false; refresh(); }
}

async function fetchState() {
  const problem = document.getElementById("connection");
  try {
    const answer = await fetch("/phones/state", { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    problem.hidden = true;
    if (answer.status === 304) return;
    tag = answer.headers.get("ETag") || "";
    draw(await answer.json());
  } catch {
    problem.hidden = false;
    tag = "";
  }
}

function draw(state) {
  drawLines(state.lines);
  const main = document.getElementById("phones");
  for (const phone of state.phones) {
    if (!cards.has(phone.number)) {
      const card = new Card(phone.number, page);
      cards.set(phone.number, card);
      main.append(card.root);
    }
    cards.get(phone.number).draw(phone, state.currency);
  }
  drawErrors(state.errors);
  const link = document.getElementById("staff-link");
  link.hidden = !state.staff_url;
  if (state.staff_url) link.href = state.staff_url;
  if (!state.phones.some((p) => p.call && p.call.state === "live") && "speechSynthesis" in window) speechSynthesis.cancel();
  document.body.dataset.version = state.version;
}

function drawLines(lines) {
  const select = document.getElementById("line");
  if (select.options.length === lines.length) return;
  select.replaceChildren(...lines.map((line) => {
    const kinds = [line.sms && "text", line.voice && "voice"].filter(Boolean).join(" and ");
    return new Option(`${line.number} (${kinds})`, line.number);
  }));
}

function drawErrors(errors) {
  document.getElementById("errors").dataset.count = errors.length;
  document.getElementById("error-count").textContent = errors.length;
  document.getElementById("no-errors").hidden = errors.length > 0;
  document.getElementById("clear-errors").hidden = errors.length === 0;
  document.getElementById("error-list").replaceChildren(...errors.slice(-50).reverse().map((error) => {
    const item = document.createElement("li");
    item.dataset.code = error.code;
    item.textContent = `${error.code} · ${error.text}`;
    const where = document.createElement("small");
    where.textContent = `${new Date(error.at).toLocaleTimeString()} · ${error.url}`;
    item.append(where);
    return item;
  }));
}

document.getElementById("clear-errors").addEventListener("click", () => page.post("/phones/errors", {}, "DELETE"));
document.getElementById("add-phone").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const { number, name, voicemail, hidden } = form.elements;
  const data = { number: number.value, name: name.value, voicemail: voicemail.checked, hidden: hidden.checked };
  const problem = await page.post("/phones", data);
  const refusal = form.querySelector(".refusal");
  refusal.textContent = problem;
  refusal.hidden = !problem;
  if (!problem) form.reset();
});
refresh();
setInterval(refresh, 700);
