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

  // What the style sheet hides where there is no script, or a browser without passkeys.
  document.documentElement.classList.add("passkeys");
  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-new-passkey]")) return;
    event.preventDefault();
    make(form).catch(() => say(form));
  });
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-passkey]");
    if (!button) return;
    const form = button.form;
    use(form, form.elements[button.dataset.passkey]).then(() => form.requestSubmit()).catch(() => say(form));
  });
})();
