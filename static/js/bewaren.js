// Nothing that is typed gets lost around the saves that the editor makes by itself.
(() => {
  "use strict";
  const formulier = document.querySelector("form[data-controller~=w-autosave]");
  if (!formulier) return;
  const GEEN_TEKST = [
    "csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id", "next",
  ];

  let gestuurd = new FormData();
  let mislukt = false;
  let token = "";

  function tekst(velden, behalve) {
    return JSON.stringify([...velden].filter(([naam]) => !behalve.has(naam)));
  }

  // Wagtail looks twice a second whether something changed: a tab that closes sooner would not warn.
  function waarschuw() {
    formulier.dataset.wUnsavedHasEditsValue = "true";
  }

  // Keeps the form marked as not saved until the next save.
  function nietBewaard() {
    formulier.dataset.wUnsavedForceValue = "true";
    waarschuw();
  }

  function bewaarOpnieuw() {
    formulier.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  }

  // Somebody logged in again in another tab: go on with what belongs to that.
  function neemOver(nieuw) {
    token = nieuw;
    window.wagtailConfig.CSRF_TOKEN = nieuw;
    for (const veld of document.querySelectorAll("[name=csrfmiddlewaretoken]")) veld.value = nieuw;
  }

  formulier.addEventListener("input", waarschuw);
  // Two seconds after the start Wagtail takes the form for unchanged, also when somebody typed already.
  document.addEventListener("w-unsaved:watch-edits", () => {
    if (formulier.dataset.wUnsavedHasEditsValue === "true") nietBewaard();
  }, { once: true });

  // After a save Wagtail takes the form for saved, also what was typed while that save was on its way.
  document.addEventListener("w-autosave:save", ({ detail }) => {
    gestuurd = detail.formData;
  });
  document.addEventListener("w-autosave:success", ({ detail }) => {
    mislukt = false;
    token = "";
    const behalve = new Set([...GEEN_TEKST, ...Object.keys(detail.data.field_updates ?? {})]);
    if (tekst(gestuurd, behalve) === tekst(new FormData(formulier), behalve)) return;
    nietBewaard();
    bewaarOpnieuw();
  });

  document.addEventListener("w-autosave:error", ({ detail }) => {
    mislukt = true;
    const nieuw = detail.response?.csrf_token;
    if (!nieuw || token) return;
    neemOver(nieuw);
    bewaarOpnieuw();
  });
  window.addEventListener("online", () => {
    if (mislukt) bewaarOpnieuw();
  });
  document.addEventListener("visibilitychange", () => {
    if (mislukt && !document.hidden) bewaarOpnieuw();
  });
})();
