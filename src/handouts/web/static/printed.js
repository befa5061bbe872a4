// What was printed on this computer: addresses, titles, print codes and times, never a name. The list of handouts runs this
// while it is read, so that nothing moves once it is seen.
window.printedHere = (() => {
  "use strict";
  const STORE = "handouts-printed";
  const one = (id) => document.getElementById(id);
  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const read = () => { try { return JSON.parse(localStorage.getItem(STORE)) || []; } catch { return []; } };
  const remember = (entries) => { try { localStorage.setItem(STORE, JSON.stringify([...entries, ...read()].slice(0, 200))); } catch { /* private windows have no store */ } };
  const list = (section, entries, label) => {
    section.querySelector("ul").replaceChildren(...entries.map((entry) => {
      const row = make("li", "", { class: "row" });
      const link = make("a", "", { href: entry.address });
      link.append(make("strong", entry.title), " ", make("span", [entry.time, entry.detail, entry.code].filter(Boolean).join(" · "), { class: "hushed" }));
      row.append(link, make("span", label, { class: "again", "aria-hidden": "true" }));
      return row;
    }));
    section.hidden = !entries.length;
  };
  const show = () => {
    const practice = document.querySelector("main [name=practice]").value;
    const entries = read();
    const isSearching = Boolean(one("q").value.trim());
    one("packs").hidden = isSearching || !one("packs").querySelector("button");
    const counted = new Map();
    for (const entry of entries) if (entry.practice === practice) counted.set(entry.address, [(counted.get(entry.address)?.[0] || 0) + 1, entry]);
    const often = [...counted.values()].filter(([count]) => count > 1).sort((a, b) => b[0] - a[0]).slice(0, 5).map(([, entry]) => ({ ...entry, time: "", code: "" }));
    const day = new Date().toDateString();
    list(one("often"), isSearching ? [] : often, "Print again");
    list(one("today"), isSearching ? [] : entries.filter((entry) => new Date(entry.when).toDateString() === day).slice(0, 8), "Repeat");
  };
  if (one("today")) show();
  return { read, remember, show };
})();
