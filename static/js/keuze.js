// Choosing a blueprint without loading the page again; without script the form does the same.
"use strict";

document.addEventListener("submit", async (event) => {
  const { target: form, submitter: button } = event;
  if (form.id !== "keuzeformulier" || !button) return;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(form, button));
  try {
    const response = await fetch(form.action, { method: "POST", body: data });
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.querySelectorAll(".kies, .keuzevak").forEach((old) => {
      const replacement = old.id ? page.getElementById(old.id) : page.querySelector(".keuzevak");
      if (replacement) old.replaceWith(document.importNode(replacement, true));
    });
    (document.getElementById(button.id) ?? document.getElementById("inhoud")).focus({ preventScroll: true });
  } catch {
    location.reload();
  }
});
