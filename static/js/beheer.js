// What the editing screens need besides Wagtail's scripts.
(() => {
  "use strict";
  const { app } = window.wagtail;
  const { Controller } = window.StimulusModule;

  // Starts the widgets that Wagtail starts by inline script, which the policy forbids.
  app.register("beheer-start", class extends Controller {
    static values = { wat: String, id: String, opties: Object };

    connect() {
      const Part = window[this.watValue];
      const args = this.idValue ? [this.idValue, this.optiesValue] : [this.optiesValue];
      // Once only: a row that is moved connects again.
      this.element.remove();
      if (/^[A-Z]/.test(this.watValue)) new Part(...args);
      else Part(...args);
    }
  });

  // The side panel is drawn anew at each save: what somebody opened in it stays open.
  const open = new Set();
  app.register("beheer-open", class extends Controller {
    connect() {
      this.element.open = open.has(this.element.id);
    }

    onthoud() {
      if (this.element.open) open.add(this.element.id);
      else open.delete(this.element.id);
    }
  });

  // Editors of rich text have no name of their own: give each that of the panel it is in.
  function nameEditors() {
    for (const editor of document.querySelectorAll("[role=textbox]:not([aria-labelledby])")) {
      const heading = editor.closest("section.w-panel")?.getAttribute("aria-labelledby");
      if (heading) editor.setAttribute("aria-labelledby", heading);
    }
  }
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("w-editor-form");
    if (!form) return;
    nameEditors();
    new MutationObserver(nameEditors).observe(form, { childList: true, subtree: true });
  });
})();
