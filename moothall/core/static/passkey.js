// Passkeys: a form marked data-passkey asks the browser for one, puts its answer into the hidden field, and is sent.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function challenge(form) {
  const body = new URLSearchParams({ for: form.dataset.passkey, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const answer = await fetch(form.dataset.challenge, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(form.dataset.late);
  const { publicKey } = await answer.json();
  publicKey.challenge = bytes(publicKey.challenge);
  return publicKey;
}

async function added(form) {
  const asked = await challenge(form);
  asked.user.id = bytes(asked.user.id);
  asked.excludeCredentials = named(asked.excludeCredentials);
  const made = await navigator.credentials.create({ publicKey: asked });
  return {
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
    ...common(made),
  };
}

async function shown(form) {
  const asked = await challenge(form);
  asked.allowCredentials = named(asked.allowCredentials);
  const found = await navigator.credentials.get({ publicKey: asked });
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
  const response = { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature) };
  if (userHandle) response.userHandle = text(userHandle);
  return { response, ...common(found) };
}

const common = (one) => ({ id: one.id, rawId: text(one.rawId), type: one.type, clientExtensionResults: one.getClientExtensionResults() });

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[role=status]");
    said.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await (form.dataset.passkey === "add" ? added : shown)(form));
      form.submit();
    } catch (error) {
      said.textContent = error.name === "SecurityError" ? form.dataset.where : error.message === form.dataset.late ? form.dataset.late : form.dataset.none;
      form.ariaBusy = null;
    }
  });
}
