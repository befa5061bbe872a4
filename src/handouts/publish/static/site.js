// Search, the check of a typed print code, and the notice that a review is overdue. Everything else works without it.
"use strict";

// As handouts.search.words.fold writes the words of search.json.
const fold = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/[đłøıæœß]/g, (letter) => ({ đ: "d", ł: "l", ø: "o", ı: "i", æ: "ae", œ: "oe", ß: "ss" })[letter]);

const day = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
for (const notice of document.querySelectorAll("[data-review-due]")) notice.hidden = notice.dataset.reviewDue >= day(new Date());

const search = document.querySelector("[data-search]");
if (search) {
  const [box, count, results] = ["input", ".count", ".results"].map((name) => search.querySelector(name));
  const { root, practice, found, none } = search.dataset;
  let index;
  const starts = (words, typed) =>
    words.some((word) => word.startsWith(typed) || (typed.length > 4 && typed.length - word.length <= 2 && typed.startsWith(word) && word.length > 3));
  const find = (query) => {
    const typed = fold(query).match(/[\p{L}\p{N}]+/gu) ?? [];
    const code = query.toUpperCase().replace(/[^A-Z0-9]/g, "");
    if (!typed.length) return [];
    const number = index.practices.findIndex(([id]) => id === practice);
    const places = practice ? [] : index.practices.filter(([, , words]) => typed.every((one) => starts(words, one)))
      .map(([id, name]) => [`${id}/`, name]);
    const rows = index.handouts
      .filter((row) => !practice || !row.practices || row.practices.includes(number))
      .filter((row) => typed.every((one) => starts(row.words, one)) ||
        (code.length > 2 && row.codes.some((one) => one.startsWith(code) || code.startsWith(one))))
      .map((row) => [practice ? `${practice}/${row.handout}/${row.language}/` : `handouts/${row.handout}/#${row.language}`, row.title, row.language]);
    return [...places, ...rows];
  };
  const show = async () => {
    const query = box.value.trim();
    index ??= await (await fetch(search.dataset.search)).json();
    if (query !== box.value.trim()) return;
    const rows = query ? find(query) : [];
    count.textContent = query ? (rows.length ? found.replace("{count}", rows.length) : none) : "";
    results.replaceChildren(...rows.slice(0, 50).map(([path, title, language]) => {
      const link = Object.assign(document.createElement("a"), { href: root + path, textContent: title });
      if (language) link.lang = link.hreflang = language;
      const row = document.createElement("li");
      row.append(link);
      return row;
    }));
  };
  box.addEventListener("input", () => show().catch(() => { count.textContent = none; }));
  search.hidden = false;
}

// The check characters are those of handouts.schema.print_code.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timesX = (value) => (value << 1) ^ (value & 16 ? 37 : 0);
const isPrintCode = (text) => {
  let [high, low] = [0, 0];
  for (const letter of text.slice(0, 7)) {
    const once = timesX(high ^ ALPHABET.indexOf(letter)), twice = timesX(once);
    [high, low] = [low ^ once ^ twice, timesX(twice)];
  }
  return text.length === 9 && [...text].every((letter) => ALPHABET.includes(letter)) && ALPHABET[high] + ALPHABET[low] === text.slice(7);
};

const check = document.querySelector(".check");
if (check) {
  check.hidden = false;
  check.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = check.elements.code.value.toUpperCase().replace(/[^A-Z0-9]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
    const isRight = isPrintCode(code);
    check.querySelector(".error").textContent = isRight ? "" : check.dataset.mistyped;
    if (isRight) location.href = `${code.match(/.{3}/g).join("-")}/`;
  });
}
