"use strict";
// One phone on the page: built once, then only what has changed is drawn.

const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
const part = (root, role) => root.querySelector(`[data-role="${role}"]`);

const callLines = {
  idle: () => "No call",
  dialing: (call) => `Calling ${call.with} …`,
  ringing: (call) => `${call.with} is calling`,
  live: (call) => (call.recording ? "Recording: say something" : call.bridged ? "Talking with somebody" : `In a call with ${call.with}`),
  ended: (call) => `Call ended (${call.status})`,
};
const heardWords = {
  ring: "rings", beep: "beep", music: "music while waiting", silence: "silence",
  end: "the call is over",
};

class Card {
  constructor(number, page) {
    this.number = number;
    this.page = page;
    this.callSid = "";
    this.heardCount = 0;
    this.bubbleKey = "";
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.root.dataset.phone = number;
    for (const key of "123456789*0#") {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.key = key;
      button.textContent = key;
      button.addEventListener("click", () => this.act("press", { keys: key }));
      part(this.root, "keypad").append(button);
    }
    for (const deed of ["answer", "decline", "voicemail", "hangup"]) {
      this.button(deed).addEventListener("click", () => this.act(deed, {}));
    }
    this.button("dial").addEventListener("click", () => this.act("dial", { to: page.line() }));
    this.listenToForms();
    for (const box of this.root.querySelectorAll("[data-setting]")) {
      box.addEventListener("change", () => this.act("settings", { [box.dataset.setting]: box.checked }));
    }
  }

  button(deed) { return this.root.querySelector(`button[data-action="${deed}"]`); }

  listenToForms() {
    const body = part(this.root, "text-body");
    const size = () => {
      const m = measure(body.value);
      part(this.root, "size").textContent = body.value
        ? `${plural(m.segments, "segment")} · ${m.units}/${m.single} · ${m.encoding}` : "";
    };
    body.addEventListener("input", size);
    body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) part(this.root, "text-form").requestSubmit();
    });
    part(this.root, "text-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await this.act("text", { to: this.page.line(), body: body.value })) { body.value = ""; size(); }
    });
    const words = part(this.root, "speak-words");
    let lastBreath = 0;
    words.addEventListener("input", () => {
      // While somebody types what to say, breath keeps the recording from ending in silence.
      if (Date.now() - lastBreath > 1500) { lastBreath = Date.now(); this.act("speak", { words: "" }); }
    });
    part(this.root, "speak-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (words.value.trim() && await this.act("speak", { words: words.value.trim() })) words.value = "";
    });
  }

  async act(deed, data) {
    const refusal = part(this.root, "refusal");
    const problem = await this.page.post(`/phones/${encodeURIComponent(this.number)}/${deed}`, data);
    refusal.textContent = problem;
    refusal.hidden = !problem;
    return !problem;
  }

  draw(phone, currency) {
    part(this.root, "name").textContent = phone.name;
    part(this.root, "number").textContent = phone.number;
    for (const box of this.root.querySelectorAll("[data-setting]")) box.checked = phone[box.dataset.setting];
    this.drawCall(phone.call);
    this.drawBubbles(phone.bubbles, currency);
    this.drawBox(phone.voicemail_box);
  }

  drawCall(call) {
    const state = call ? call.state : "idle";
    const section = part(this.root, "call");
    section.dataset.callState = state;
    this.root.classList.toggle("ringing", state === "ringing");
    part(this.root, "call-line").textContent = callLines[state](call);
    const free = state === "idle" || state === "ended";
    const inCall = state === "live" || state === "dialing";
    this.button("dial").hidden = !free;
    for (const deed of ["answer", "decline", "voicemail"]) this.button(deed).hidden = state !== "ringing";
    this.button("hangup").hidden = !inCall;
    part(this.root, "keypad").hidden = !inCall;
    part(this.root, "speak-form").hidden = !inCall;
    const list = part(this.root, "heard");
    if (!call) return;
    if (call.sid !== this.callSid) { this.callSid = call.sid; this.heardCount = 0; list.replaceChildren(); }
    const total = call.heard_before + call.heard.length;
    const fresh = call.heard.slice(Math.max(0, this.heardCount - call.heard_before));
    for (const heard of fresh) list.append(this.heardItem(heard, inCall));
    if (fresh.length) { this.heardCount = total; list.scrollTop = list.scrollHeight; }
  }

  heardItem(heard, live) {
    const item = document.createElement("li");
    item.dataset.kind = heard.kind;
    if (heard.language) item.lang = heard.language;
    if (heard.kind === "play") {
      item.textContent = `♪ ${heard.text || heard.url.split("/").slice(-2).join("/")}`;
      const audio = document.createElement("audio");
      audio.controls = true;
      audio.preload = "none";
      audio.src = heard.url;
      item.append(audio);
      if (live && this.page.aloud()) audio.play().catch(() => {});
    } else if (heard.kind === "say" || heard.kind === "error") {
      item.textContent = heard.text;
      if (live && this.page.aloud()) this.page.say(heard);
    } else if (heard.kind === "person") {
      item.textContent = `“${heard.text}”`;
    } else if (heard.kind === "keys" || heard.kind === "digits") {
      item.textContent = `keys ${heard.text}`;
    } else {
      item.textContent = heardWords[heard.kind] || heard.kind;
    }
    const voice = [heard.voice, heard.language].filter(Boolean).join(" · ");
    if (voice) { const note = document.createElement("small"); note.textContent = voice; item.append(note); }
    return item;
  }

  drawBubbles(bubbles, currency) {
    const key = bubbles.map((b) => b.sid + b.status).join();
    if (key === this.bubbleKey) return;
    const list = part(this.root, "bubbles");
    this.bubbleKey = key;
    list.replaceChildren(...bubbles.map((b) => {
      const item = document.createElement("li");
      item.dataset.bubble = b.sid;
      item.dataset.direction = b.direction;
      item.dataset.segments = b.segments;
      item.dir = "auto";
      const words = document.createElement("span");
      words.dataset.role = "words";
      words.textContent = b.text;
      const note = document.createElement("small");
      note.textContent = [plural(b.segments, "segment"), b.encoding, `${currency} ${b.cost.toFixed(2)}`, b.with].filter(Boolean).join(" · ");
      item.append(words, note);
      return item;
    }));
    list.scrollTop = list.scrollHeight;
  }

  drawBox(box) {
    part(this.root, "voicemail-box").hidden = box.length === 0;
    part(this.root, "box-count").textContent = box.length;
    part(this.root, "box").replaceChildren(...box.map((message) => {
      const item = document.createElement("li");
      item.textContent = `${message.from}: ${message.heard.map((h) => h.text || h.url).join(" ")}`;
      return item;
    }));
  }
}
