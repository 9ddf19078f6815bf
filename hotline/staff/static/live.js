"use strict";
// Keeps the living parts of a page fresh. Everything works without it.
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const news = document.getElementById("news");
  const stale = document.getElementById("stale");
  const ending = document.getElementById("ending");
  const wait = Number(live.dataset.seconds) * 1000;
  let tag = "", failures = 0, pressed = false, typed = false;
  // Nothing is exchanged under a finger that is pressing it.
  live.addEventListener("pointerdown", () => { pressed = true; });
  addEventListener("pointerup", () => { setTimeout(() => { pressed = false; }, 300); });

  // Who writes is there, though nothing is sent yet: said at the next look, so that the log-in is not asked again meanwhile.
  addEventListener("input", () => { typed = true; });
  ending?.addEventListener("submit", (event) => { event.preventDefault(); typed = true; ending.hidden = true; here(); });

  async function here() {
    if (!ending || !typed) return;
    typed = false;
    await fetch(ending.action, { method: "POST", body: new URLSearchParams(new FormData(ending)), credentials: "same-origin" });
  }

  // A part in which somebody writes, chooses or listens stays as it is.
  function inUse(part) {
    const fields = [...part.querySelectorAll("textarea, input:not([type=hidden]):not([type=submit])")];
    return fields.some((field) => field === document.activeElement || field.checked
        || (!["radio", "checkbox"].includes(field.type) && field.value !== ""))
      || [...part.querySelectorAll("audio")].some((audio) => !audio.paused);
  }

  // A screen reader says the heading of what is new: "Open threads 6".
  function tell(part, fresh) {
    const said = fresh.querySelector("[data-news]")?.textContent;
    if (news && said && said !== part.querySelector("[data-news]")?.textContent) news.textContent = said;
  }

  function show(html) {
    const answer = document.createElement("template");
    answer.innerHTML = html;
    let all = true;
    for (const fresh of answer.content.querySelectorAll("[data-part]")) {
      const part = live.querySelector(`[data-part="${fresh.dataset.part}"]`);
      if (!part || part.innerHTML === fresh.innerHTML) continue;
      if (inUse(part)) { all = false; continue; }
      tell(part, fresh);
      const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
      part.replaceChildren(...fresh.childNodes);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
    return all;
  }

  async function look() {
    await here();
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(live.dataset.live, { headers, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 401 || answer.redirected) { failures = 3; return false; }
    const left = Number(answer.headers.get("X-Session-Left"));
    if (ending) ending.hidden = left > 120;
    if (answer.status === 304) return true;
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (!pressed) tag = show(html) ? answer.headers.get("ETag") ?? "" : "";
    return true;
  }

  async function again() {
    let goOn = true;
    try {
      if (!pressed) { goOn = await look(); if (goOn) failures = 0; }
    } catch {
      failures += 1;
    }
    if (stale) stale.hidden = failures < 3;
    if (goOn) setTimeout(again, wait);
  }
  setTimeout(again, wait);
})();
