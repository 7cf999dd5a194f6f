// Nothing that is typed gets lost around the saves that the editor makes by itself.
(() => {
  "use strict";
  const form = document.querySelector("form[data-controller~=w-autosave]");
  if (!form) return;
  const NO_TEXT = [
    "csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id", "next",
  ];

  let sent = new FormData();
  let afterSave = null; // what to do when a save is answered
  let since = 0; // when the form was read for a save that is not answered yet
  let failed = false;
  let token = "";

  function textOf(fields, except) {
    return JSON.stringify([...fields].filter(([name]) => !except.has(name)));
  }

  // Wagtail looks twice a second whether something changed: a tab that closes sooner would not warn.
  function warnOnLeaving() {
    form.dataset.wUnsavedHasEditsValue = "true";
  }

  // Keeps the form marked as not saved until the next save.
  function markUnsaved() {
    form.dataset.wUnsavedForceValue = "true";
    warnOnLeaving();
  }

  function saveAgain() {
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  }

  // Somebody logged in again in another tab: go on with what belongs to that.
  function takeOver(newToken) {
    token = newToken;
    window.wagtailConfig.CSRF_TOKEN = newToken;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = newToken;
  }

  // A click on a button waits for the save that is on its way, or the two would look like two people.
  function waitForSave(event) {
    if (!since) return;
    const autosave = window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
    if (performance.now() - since < autosave.intervalValue) {
      autosave.submit.cancel();
      return;
    }
    const { submitter } = event;
    event.preventDefault();
    event.stopImmediatePropagation();
    afterSave = () => {
      if (submitter) submitter.disabled = false;
      form.requestSubmit(submitter);
    };
  }

  function goOn() {
    const action = afterSave;
    afterSave = null;
    action?.();
  }
  form.addEventListener("submit", waitForSave, true);

  form.addEventListener("input", warnOnLeaving);
  // Two seconds after the start Wagtail takes the form for unchanged, also when somebody typed already.
  document.addEventListener("w-unsaved:watch-edits", () => {
    if (form.dataset.wUnsavedHasEditsValue === "true") markUnsaved();
  }, { once: true });

  // After a save Wagtail takes the form for saved, also what was typed while that save was on its way.
  document.addEventListener("w-autosave:save", ({ detail }) => {
    sent = detail.formData;
    since = performance.now();
  });
  document.addEventListener("w-autosave:success", ({ detail }) => {
    failed = false;
    token = "";
    since = 0;
    if (afterSave) {
      goOn();
      return;
    }
    const except = new Set([...NO_TEXT, ...Object.keys(detail.data.field_updates ?? {})]);
    if (textOf(sent, except) === textOf(new FormData(form), except)) return;
    markUnsaved();
    saveAgain();
  });

  document.addEventListener("w-autosave:error", ({ detail }) => {
    failed = true;
    since = 0;
    if (afterSave) {
      goOn();
      return;
    }
    const newToken = detail.response?.csrf_token;
    if (!newToken || token) return;
    takeOver(newToken);
    saveAgain();
  });
  window.addEventListener("online", () => {
    if (failed) saveAgain();
  });
  document.addEventListener("visibilitychange", () => {
    if (failed && !document.hidden) saveAgain();
  });
})();
