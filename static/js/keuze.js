// Choosing a blueprint without loading the page again; without script the form does the same.
"use strict";

document.addEventListener("submit", async (gebeurtenis) => {
  const { target: formulier, submitter: knop } = gebeurtenis;
  if (formulier.id !== "keuzeformulier" || !knop) return;
  gebeurtenis.preventDefault();
  const gegevens = new URLSearchParams(new FormData(formulier, knop));
  try {
    const antwoord = await fetch(formulier.action, { method: "POST", body: gegevens });
    if (!antwoord.ok) throw new Error(antwoord.status);
    const nieuw = new DOMParser().parseFromString(await antwoord.text(), "text/html");
    document.querySelectorAll(".kies, .keuzevak").forEach((oud) => {
      const plek = oud.id ? nieuw.getElementById(oud.id) : nieuw.querySelector(".keuzevak");
      if (plek) oud.replaceWith(document.importNode(plek, true));
    });
    (document.getElementById(knop.id) ?? document.getElementById("inhoud")).focus({ preventScroll: true });
  } catch {
    location.reload();
  }
});
