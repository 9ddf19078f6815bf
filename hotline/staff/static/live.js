"use strict";
// Keeps the living part of a page fresh. Everything works without it.
(() => {
  const live = document.getElementById("live");
  const stale = document.getElementById("stale");
  if (!live) return;
  const wait = Number(live.dataset.seconds) * 1000;
  let tag = "", failures = 0, pressed = false;
  // Nothing is exchanged under a finger that is pressing it.
  live.addEventListener("pointerdown", () => { pressed = true; });
  addEventListener("pointerup", () => { setTimeout(() => { pressed = false; }, 300); });

  function show(html) {
    const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
    live.innerHTML = html;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  async function look() {
    if (pressed || [...live.querySelectorAll("audio")].some((audio) => !audio.paused)) return;
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(live.dataset.live, { headers, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 401 || answer.redirected) { location.reload(); return; }
    if (answer.status === 304) return;
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (pressed) return;
    show(html);
    tag = answer.headers.get("ETag") ?? "";
  }

  async function again() {
    try {
      await look();
      failures = 0;
    } catch {
      failures += 1;
    }
    if (stale) stale.hidden = failures < 3;
    setTimeout(again, wait);
  }
  setTimeout(again, wait);
})();
