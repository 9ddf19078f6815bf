"use strict";
// Passkeys: makes one where a page adds them, and uses one wherever a code is asked for. Everything else works without it.
(() => {
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  async function post(path, form, more = {}) {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, ...more });
    const answer = await fetch(path, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }

  const ids = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  function packed(made, names) {
    const response = Object.fromEntries(names.filter((name) => made.response[name])
      .map((name) => [name, text(made.response[name])]));
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
  }

  async function make(form) {
    const asked = await (await post("/passkey/new", form)).json();
    const publicKey = { ...asked, challenge: bytes(asked.challenge), excludeCredentials: ids(asked.excludeCredentials),
      user: { ...asked.user, id: bytes(asked.user.id) } };
    const made = await navigator.credentials.create({ publicKey });
    form.elements.credential.value = packed(made, ["clientDataJSON", "attestationObject"]);
    form.submit();
  }

  async function use(form, field) {
    const asked = await (await post("/passkey/challenge", form)).json();
    const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: ids(asked.allowCredentials) };
    const made = await navigator.credentials.get({ publicKey });
    const credential = packed(made, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
    field.value = await (await post("/passkey/proof", form, { credential })).text();
  }

  // A browser that cannot, or a person who thinks better of it: the page says so, and a code still does.
  function say(form) { form.querySelector("[data-no]")?.removeAttribute("hidden"); }

  for (const form of document.querySelectorAll("form[data-new-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); make(form).catch(() => say(form)); });
  }
  for (const button of document.querySelectorAll("button[data-passkey]")) {
    const form = button.form, field = form.elements[button.dataset.passkey];
    button.hidden = false;
    button.addEventListener("click", () => {
      use(form, field).then(() => form.requestSubmit()).catch(() => say(form));
    });
  }
})();
