// Log in with a passkey, or make one. The server makes the options and judges the answer.
"use strict";

const kanPasskeys = typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === "function";

const vraagPasskey = async (form) => {
  if (form.dataset.passkey === "inloggen") {
    const antwoord = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await antwoord.json()).request_options;
  }
  const opties = JSON.parse(document.getElementById("passkey-opties").textContent);
  return opties.creation_options ?? opties.request_options;
};

const gebruikPasskey = async (form) => {
  const { publicKey } = await vraagPasskey(form);
  if (form.dataset.passkey !== "maken") {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  }
  // Kept on the device with the name of the account, so that it can log in without a password.
  Object.assign(publicKey.authenticatorSelection, { residentKey: "required", requireResidentKey: true });
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
};

if (kanPasskeys) {
  document.querySelectorAll("[data-zonder-passkey]").forEach((melding) => { melding.hidden = true; });
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (gebeurtenis) => {
      gebeurtenis.preventDefault();
      const melding = form.querySelector("[data-mislukt]");
      melding.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await gebruikPasskey(form));
        form.submit();
      } catch {
        melding.hidden = false;
      }
    });
  });
}
