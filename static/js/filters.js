// Applies a filter or another order at once; without script the buttons do the same.
"use strict";

(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const panel = form.closest("details");
  const status = document.createElement("p");
  status.className = "onzichtbaar";
  status.setAttribute("role", "status");
  form.before(status);
  let shown = location.search;
  let request;

  // The address that the form would send, without what was not filled in.
  const addressOf = (sent) => {
    const filled = [...new FormData(sent)].filter(([, value]) => value);
    const query = new URLSearchParams(filled).toString();
    return sent.action + (query && `?${query}`);
  };

  // What leads to the counterpart of this element in the page that takes the place of this one.
  const pathTo = (element) => {
    if (element.id) return `#${CSS.escape(element.id)}`;
    if (element.name) return `[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
    if (element.localName === "summary") return `#${CSS.escape(element.parentElement.id)} > summary`;
    return element.matches(".filterknop button") ? ".filterknop button" : "#resultaten";
  };

  const replaceFilters = (page) => {
    const was = new Map([...form.querySelectorAll("details")].map(({ id, open }) => [id, open]));
    form.replaceChildren(...page.getElementById("filters").childNodes);
    form.querySelectorAll("details").forEach((part) => {
      part.open = was.get(part.id) ?? part.open;
    });
    panel.querySelector("summary").replaceWith(page.querySelector(".facetten > summary"));
  };

  const replace = (page) => {
    const active = document.activeElement;
    const path = form.contains(active) || active.closest("#resultaten") ? pathTo(active) : "";
    replaceFilters(page);
    document.getElementById("resultaten").replaceWith(page.getElementById("resultaten"));
    document.title = page.title;
    status.textContent = document.getElementById("aantal").textContent;
    const focus = path && document.querySelector(`#filters ${path}, #resultaten ${path}, ${path}`);
    if (!focus) return;
    for (let part = focus.parentElement; part !== form && part; part = part.parentElement) {
      if (part.localName === "details" && focus.localName !== "summary") part.open = true;
    }
    focus.focus({ preventScroll: true });
  };

  const show = async (address) => {
    request?.abort();
    request = new AbortController();
    document.getElementById("resultaten").setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok) throw new Error(response.status);
      replace(new DOMParser().parseFromString(await response.text(), "text/html"));
      history.pushState(null, "", response.url);
      shown = location.search;
      return true;
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
      return false;
    }
  };

  document.addEventListener("change", ({ target }) => {
    if (target.type !== "search" && target.form?.matches("#filters, .sorteer")) show(addressOf(target.form));
  });

  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("#filters, .sorteer")) return;
    event.preventDefault();
    if (!(await show(addressOf(event.target)))) return;
    if (getComputedStyle(panel.querySelector("summary")).display !== "none") panel.open = false;
    document.getElementById("resultaten").focus();
  });

  addEventListener("popstate", () => {
    if (location.search !== shown) location.reload();
  });
})();
