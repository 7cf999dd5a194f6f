// Nothing that is typed gets lost around the saves that the editor makes by itself.
(() => {
  "use strict";
  const formulier = document.querySelector("form[data-controller~=w-autosave]");
  if (!formulier) return;
  const GEEN_TEKST = [
    "csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id", "next",
  ];

  let gestuurd = new FormData();
  let verder = null; // what to do when a save is answered
  let sinds = 0; // when the form was read for a save that is not answered yet
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

  // A click on a button waits for the save that is on its way, or the two would look like two people.
  function wacht(gebeurtenis) {
    if (!sinds) return;
    const autosave = window.wagtail.app.getControllerForElementAndIdentifier(formulier, "w-autosave");
    if (performance.now() - sinds < autosave.intervalValue) {
      autosave.submit.cancel();
      return;
    }
    const { submitter } = gebeurtenis;
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
    verder = () => {
      if (submitter) submitter.disabled = false;
      formulier.requestSubmit(submitter);
    };
  }

  function gaVerder() {
    const doe = verder;
    verder = null;
    doe?.();
  }
  formulier.addEventListener("submit", wacht, true);

  formulier.addEventListener("input", waarschuw);
  // Two seconds after the start Wagtail takes the form for unchanged, also when somebody typed already.
  document.addEventListener("w-unsaved:watch-edits", () => {
    if (formulier.dataset.wUnsavedHasEditsValue === "true") nietBewaard();
  }, { once: true });

  // After a save Wagtail takes the form for saved, also what was typed while that save was on its way.
  document.addEventListener("w-autosave:save", ({ detail }) => {
    gestuurd = detail.formData;
    sinds = performance.now();
  });
  document.addEventListener("w-autosave:success", ({ detail }) => {
    mislukt = false;
    token = "";
    sinds = 0;
    if (verder) {
      gaVerder();
      return;
    }
    const behalve = new Set([...GEEN_TEKST, ...Object.keys(detail.data.field_updates ?? {})]);
    if (tekst(gestuurd, behalve) === tekst(new FormData(formulier), behalve)) return;
    nietBewaard();
    bewaarOpnieuw();
  });

  document.addEventListener("w-autosave:error", ({ detail }) => {
    mislukt = true;
    sinds = 0;
    if (verder) {
      gaVerder();
      return;
    }
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
