// Suggestions under a search field: the combobox with listbox of the ARIA Authoring Practices.
// Without script, and whenever there is no answer, the field is what it was: a field to search with.
"use strict";

document.querySelectorAll("input[data-suggesties]").forEach((field) => {
  const make = (name, attributes, text = "") => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
    element.textContent = text;
    return element;
  };
  const list = make("ul", {
    "id": `${field.id}-suggesties`, "class": "suggesties", "role": "listbox", "aria-label": "Suggesties", "hidden": "",
  });
  const status = make("div", { class: "onzichtbaar", role: "status" });
  let timer, request, chosen;

  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", i === index));
    field.removeAttribute("aria-activedescendant");
    if (index < 0) return;
    field.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  };

  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", open);
    choose(-1);
  };

  const stop = () => {
    clearTimeout(timer);
    request?.abort();
  };

  const close = () => {
    stop();
    status.textContent = "";
    show(false);
  };

  const fill = (suggestions) => {
    list.replaceChildren(...suggestions.map(({ tekst, soort, url }, i) => {
      const option = make("li", { "id": `${list.id}-${i}`, "role": "option", "data-url": url });
      option.append(make("span", {}, tekst), " ", make("small", {}, soort));
      return option;
    }));
    show(suggestions.length > 0);
    status.textContent = suggestions.length === 1 ? "1 suggestie" : `${suggestions.length || "Geen"} suggesties`;
  };

  const load = async () => {
    stop();
    const { signal } = (request = new AbortController());
    try {
      const url = `${field.dataset.suggesties}?${new URLSearchParams({ q: field.value })}`;
      const response = await fetch(url, { signal });
      fill((await response.json()).suggesties);
    } catch {
      if (!signal.aborted) close();
    }
  };

  const go = (option) => {
    close();
    location.assign(option.dataset.url);
  };

  field.addEventListener("input", () => {
    if (!field.value.trim()) return close();
    stop();
    timer = setTimeout(load, 120);
  });

  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && list.hidden && field.value.trim()) load();
    else if (list.hidden) return;
    else if (step) {
      // The field itself has a place in the round, before the first and after the last option.
      const places = list.children.length + 1;
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && chosen >= 0) go(list.children[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  field.addEventListener("blur", close);
  field.form?.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) go(option);
  });

  field.after(list, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  show(false);
});
