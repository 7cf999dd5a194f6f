// Suggestions under a search field: the combobox with listbox of the ARIA Authoring Practices.
// Without script, and whenever there is no answer, the field is what it was: a field to search with.
"use strict";

document.querySelectorAll("input[data-suggesties]").forEach((veld) => {
  const maak = (naam, kenmerken, tekst = "") => {
    const element = document.createElement(naam);
    Object.entries(kenmerken).forEach(([kenmerk, waarde]) => element.setAttribute(kenmerk, waarde));
    element.textContent = tekst;
    return element;
  };
  const lijst = maak("ul", {
    "id": `${veld.id}-suggesties`, "class": "suggesties", "role": "listbox", "aria-label": "Suggesties", "hidden": "",
  });
  const melding = maak("div", { class: "onzichtbaar", role: "status" });
  let wekker, vraag, gekozen;

  const kies = (nummer) => {
    gekozen = nummer;
    [...lijst.children].forEach((optie, i) => optie.setAttribute("aria-selected", i === nummer));
    veld.removeAttribute("aria-activedescendant");
    if (nummer < 0) return;
    veld.setAttribute("aria-activedescendant", lijst.children[nummer].id);
    lijst.children[nummer].scrollIntoView({ block: "nearest" });
  };

  const toon = (open) => {
    lijst.hidden = !open;
    veld.setAttribute("aria-expanded", open);
    kies(-1);
  };

  const stop = () => {
    clearTimeout(wekker);
    vraag?.abort();
  };

  const sluit = () => {
    stop();
    melding.textContent = "";
    toon(false);
  };

  const vul = (suggesties) => {
    lijst.replaceChildren(...suggesties.map(({ tekst, soort, url }, i) => {
      const optie = maak("li", { "id": `${lijst.id}-${i}`, "role": "option", "data-url": url });
      optie.append(maak("span", {}, tekst), " ", maak("small", {}, soort));
      return optie;
    }));
    toon(suggesties.length > 0);
    melding.textContent = suggesties.length === 1 ? "1 suggestie" : `${suggesties.length || "Geen"} suggesties`;
  };

  const haal = async () => {
    stop();
    const { signal } = (vraag = new AbortController());
    try {
      const adres = `${veld.dataset.suggesties}?${new URLSearchParams({ q: veld.value })}`;
      const antwoord = await fetch(adres, { signal });
      vul((await antwoord.json()).suggesties);
    } catch {
      if (!signal.aborted) sluit();
    }
  };

  const ga = (optie) => {
    sluit();
    location.assign(optie.dataset.url);
  };

  veld.addEventListener("input", () => {
    if (!veld.value.trim()) return sluit();
    stop();
    wekker = setTimeout(haal, 120);
  });

  veld.addEventListener("keydown", (toets) => {
    const stap = { ArrowDown: 1, ArrowUp: -1 }[toets.key];
    if (toets.isComposing) return;
    if (stap && lijst.hidden && veld.value.trim()) haal();
    else if (lijst.hidden) return;
    else if (stap) {
      // The field itself has a place in the round, before the first and after the last option.
      const plaatsen = lijst.children.length + 1;
      kies(((gekozen + 1 + stap + plaatsen) % plaatsen) - 1);
    } else if (toets.key === "Enter" && gekozen >= 0) ga(lijst.children[gekozen]);
    else if (toets.key === "Escape") sluit();
    else return;
    toets.preventDefault();
  });

  veld.addEventListener("blur", sluit);
  veld.form?.addEventListener("submit", sluit);
  lijst.addEventListener("mousedown", (muis) => muis.preventDefault());
  lijst.addEventListener("click", ({ target }) => {
    const optie = target.closest("[role=option]");
    if (optie) ga(optie);
  });

  veld.after(lijst, melding);
  veld.setAttribute("role", "combobox");
  veld.setAttribute("aria-autocomplete", "list");
  veld.setAttribute("aria-controls", lijst.id);
  toon(false);
});
