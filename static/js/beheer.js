// Starts the widgets of the editing screens that Wagtail starts by inline script, which the policy forbids.
(() => {
  "use strict";
  const { app } = window.wagtail;
  const { Controller } = window.StimulusModule;

  app.register("beheer-start", class extends Controller {
    static values = { wat: String, id: String, opties: Object };

    connect() {
      const Onderdeel = window[this.watValue];
      const argumenten = this.idValue ? [this.idValue, this.optiesValue] : [this.optiesValue];
      // Once only: a row that is moved connects again.
      this.element.remove();
      if (/^[A-Z]/.test(this.watValue)) new Onderdeel(...argumenten);
      else Onderdeel(...argumenten);
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
})();
