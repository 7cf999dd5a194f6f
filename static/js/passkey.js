// Log in with a passkey, or make one. The server makes the options and judges the answer.
"use strict";

const canUsePasskeys = typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === "function";

const requestOptions = async (form) => {
  if (form.dataset.passkey === "inloggen") {
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await response.json()).request_options;
  }
  const options = JSON.parse(document.getElementById("passkey-opties").textContent);
  return options.creation_options ?? options.request_options;
};

const usePasskey = async (form) => {
  const { publicKey } = await requestOptions(form);
  if (form.dataset.passkey !== "maken") {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  }
  // Kept on the device with the name of the account, so that it can log in without a password.
  Object.assign(publicKey.authenticatorSelection, { residentKey: "required", requireResidentKey: true });
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
};

if (canUsePasskeys) {
  document.querySelectorAll("[data-zonder-passkey]").forEach((message) => { message.hidden = true; });
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const message = form.querySelector("[data-mislukt]");
      message.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await usePasskey(form));
        form.submit();
      } catch {
        message.hidden = false;
      }
    });
  });
}
