// Makes plain pages quick: moves between them without loading, so that what was typed for a patient stays in the memory
// of this tab alone; prints, packs, the search, and what has changed since.
(() => {
  "use strict";
  const MINUTES_UNTIL_CLEARED = 5;
  const NO_ANSWER = "The server does not respond. If this stays, ask your IT person to start it again.";
  const WENT_WRONG = "Something went wrong. Please try again.";
  const PART = { "X-Part": "1" };
  const one = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (tag, text = "", attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  // What this tab remembers; nothing of a patient is stored anywhere else.
  const visit = newId();
  const patient = { number: 1, pack: [], packAs: {}, printedPack: "", blanks: new Map(), agreed: new Set(), forms: new Map(), given: new Map() };
  const choice = () => one("choice");
  const isHome = () => document.body.classList.contains("home");
  const said = one("said");
  if (!said) return; // a page with a message only
  let forgetSaid = 0;
  let waitsForSomebody = false; // what is said while nobody is there stays until somebody is
  const say = (text, { toNobody = false } = {}) => {
    said.textContent = text;
    waitsForSomebody = toNobody;
    clearTimeout(forgetSaid);
    if (!toNobody) forgetSaid = setTimeout(() => { said.textContent = ""; }, 8000);
  };
  const warn = (text) => {
    const place = one("notice");
    if (!place) return say(text);
    place.replaceChildren(text ? make("p", text, { class: "notice warn" }) : "");
  };
  const ask = (title, text, yes) => new Promise((resolve) => {
    const dialog = one("ask");
    one("ask-title").textContent = title;
    one("ask-text").textContent = text;
    one("ask-yes").textContent = yes;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });

  // Addresses: all choices but names and notes.
  const readChoices = () => {
    const form = choice();
    const query = new URLSearchParams();
    const selected = all("[name=section]:checked", form).map((box) => box.value);
    query.set("language", form.elements.language.value);
    if (selected.join(" ") !== form.dataset.default) for (const id of selected.length ? selected : [""]) query.append("section", id);
    const value = (name) => new FormData(form).get(name) || "";
    if (value("format") !== form.dataset.format) query.set("format", value("format"));
    if (value("paper") !== form.dataset.paper) query.set("paper", value("paper"));
    if (value("audience")) query.set("audience", value("audience"));
    if (value("ink") !== "color") query.set("ink", value("ink"));
    if (value("fit")) query.set("fit", "1");
    return query;
  };
  const makeAddress = (changes = {}) => {
    if (!choice()) {
      const query = new URLSearchParams(location.search);
      for (const [name, to] of Object.entries(changes)) query.set(name, to);
      return `${location.pathname}?${query}`;
    }
    const query = readChoices();
    query.set("practice", choice().elements.practice.value);
    const settings = new FormData(choice());
    for (const [name, usual] of [["copies", "1"], ["sides", "both"], ["tray", ""]]) {
      const chosen = settings.get(name);
      if (chosen !== null && chosen !== usual) query.set(name, chosen);
    }
    for (const [name, to] of Object.entries(changes)) query.set(name, to);
    return `/handouts/${choice().dataset.handout}?${query}`;
  };
  const keepAddress = () => history.replaceState(null, "", makeAddress());

  // The reason in an answer that is an error: as text for this script, or in a page for people without scripts.
  const explain = (response, text) => {
    if (response.headers.get("Content-Type").startsWith("text/plain")) return text;
    if (response.status === 404) return "This handout has changed, or is no longer there: open it from the list.";
    if (response.status === 401) return "This page has been started again: open its whole address, with the token.";
    const reason = new DOMParser().parseFromString(text, "text/html").querySelector("[data-error]")?.dataset.error;
    return reason && response.status < 500 ? reason : WENT_WRONG;
  };
  // What is typed for the patient, and the pack, would be lost with this page.
  const stay = (text) => {
    one("main").inert = false;
    if (choice()) { keepAddress(); preview(); }
    say(text);
  };

  // Move to another page in place: to the one that was clicked last, whichever arrives first.
  let moving = null;
  const go = async (address, { push = true } = {}) => {
    let text, response;
    moving?.abort();
    const control = moving = new AbortController();
    // What is clicked meanwhile would be lost with this page, and Print would print what was chosen before.
    one("main").inert = true;
    if (choice()) setCanPrint(false);
    try {
      response = await fetch(address, { headers: { Accept: "text/html" }, signal: control.signal });
      text = await response.text();
    } catch {
      if (control === moving) stay(NO_ANSWER);
      return;
    }
    if (control !== moving) return;
    if (!response.ok) return stay(explain(response, text));
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.getElementById("status")) return location.assign(address);
    for (const element of all("noscript", page)) element.remove();
    if (push) history.pushState(null, "", response.url);
    document.title = page.title;
    document.body.className = page.body.className;
    document.body.dataset.number = page.body.dataset.number;
    for (const id of ["brand", "header", "main", "actions", "status", "templates"]) {
      const replacement = page.getElementById(id);
      if (replacement) one(id).replaceWith(document.adoptNode(replacement));
    }
    scrollTo(0, 0);
    start();
    (isHome() ? one("q") : one("start")).focus();
  };
  addEventListener("popstate", () => go(location.href, { push: false }));

  // The preview.
  let previewing = null;
  let previewSoon = 0;
  let changedAt = -Infinity;
  let retry = 0;
  const setCanPrint = (can) => {
    for (const button of all("[data-do=send], [data-do=print], [data-do=download], [data-do=given]", one("actions"))) button.toggleAttribute("disabled", !can || choice().hasAttribute("data-forbidden"));
  };
  const place = (html) => {
    const parts = make("template");
    parts.innerHTML = html;
    for (const part of all("[data-into]", parts.content)) { one(part.dataset.into).replaceChildren(...part.childNodes); part.remove(); }
    for (const part of all("[data-instead-of]", parts.content)) { const old = one(part.dataset.insteadOf); delete part.dataset.insteadOf; old.replaceWith(part); }
    one("preview").replaceChildren(parts.content);
  };
  // What is known about the print of the choices on the page: nothing while it is being made.
  const getPrint = () => (document.body.matches(".busy, .outdated") ? null : one("preview").querySelector("[data-print]")?.dataset);
  const preview = async () => {
    const form = choice();
    if (!form) return;
    clearTimeout(retry);
    clearTimeout(previewSoon);
    previewing?.abort();
    const control = previewing = new AbortController();
    let isAgain = false;
    document.body.classList.add("busy");
    const stop = (status, text) => {
      document.body.classList.add("outdated"); // the pages are those of an earlier choice
      one("status").replaceChildren(make("strong", status));
      setCanPrint(false);
      warn(text);
    };
    try {
      const response = await fetch(form.action, { method: "POST", headers: PART, body: new URLSearchParams(new FormData(form)), signal: control.signal });
      const text = response.status === 204 ? "" : await response.text();
      if (control !== previewing || form !== choice()) return;
      if (response.status === 204) {
        isAgain = true;
        retry = setTimeout(preview, 300); // an older request of this tab arrived later, and canceled this one
      } else if (response.ok) {
        place(text);
        document.body.classList.remove("outdated");
        warn("");
        const made = one("preview").querySelector("[data-print]").dataset;
        Object.assign(form.dataset, { warning: made.warning, title: one("start").textContent });
        form.toggleAttribute("data-forbidden", "forbidden" in made);
        document.title = `${form.dataset.title} - Handouts`;
        setCanPrint(made.print === "ok");
      } else if (response.status === 429) {
        isAgain = true;
        warn(`${text} Trying again…`);
        retry = setTimeout(preview, 2000);
      } else stop("No preview.", explain(response, text));
    } catch (error) {
      if (error.name === "AbortError") return;
      stop("No response.", NO_ANSWER);
      retry = setTimeout(preview, 3000);
    } finally {
      if (control === previewing && !isAgain) document.body.classList.remove("busy");
    }
  };
  const changed = () => {
    if (!choice()) return;
    const boxes = all("[name=section]", choice());
    one("count").textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length}`;
    keepAddress();
    // What is clicked first is laid out at once; of what follows quickly, only the last.
    clearTimeout(previewSoon);
    const now = performance.now();
    if (now - changedAt > 400) preview();
    else {
      previewing?.abort(); // nothing of an earlier choice is shown, or ticked again, once there is another one
      previewing = null;
      document.body.classList.add("busy");
      previewSoon = setTimeout(preview, 150);
    }
    changedAt = now;
  };
  const selectSections = (ids) => {
    for (const box of all("[name=section]", choice())) box.checked = ids.includes(box.value);
    changed();
  };

  const { read: readPrinted, remember: rememberPrinted, show: showPrinted } = window.printedHere;
  const joinParts = (parts) => parts.filter(Boolean).join(" · ");
  const describeAudience = (audience) => audience && `for ${audience.replaceAll("-", " ")}`;
  // In a pack, language and format are those of the pack.
  const describeChoices = () => {
    const form = choice();
    const numbers = all("[name=section]:checked", form).map((box) => box.closest("label").querySelector(".section-number").textContent);
    const format = form.querySelector("[name=format]:checked")?.closest("label").textContent.trim();
    const sections = numbers.length === all("[name=section]", form).length ? "all sections" : `section${numbers.length === 1 ? "" : "s"} ${numbers.join(", ")}`;
    const own = [sections, describeAudience(form.elements.audience?.value)];
    const print = [document.querySelector("nav.segments [aria-current]")?.textContent, ...own, format !== "Pages" && format, form.elements.ink.value === "black" && "black only"];
    return { detail: joinParts(print), inPack: joinParts(own) };
  };

  // Printing.
  const agree = async (items) => {
    const warned = items.filter((item) => item.warning && !patient.agreed.has(item.handout));
    if (!warned.length) return true;
    const titles = warned.map((item) => `“${item.title}”`).join(", ");
    const isDraft = warned.some((item) => item.warning === "draft");
    const yes = await ask(
      isDraft ? "Print a draft?" : "Print what is out of date?",
      isDraft ? `No clinician has reviewed ${titles}. Each page will say so.` : `The review of ${titles} is overdue. Each page will say so.`,
      "Print it anyway",
    );
    if (yes) for (const item of warned) patient.agreed.add(item.handout);
    return yes;
  };
  const thisItem = () => {
    const form = choice();
    return { handout: form.dataset.handout, query: readChoices().toString(), title: form.dataset.title, warning: form.dataset.warning, languages: form.dataset.languages, format: form.elements.format.value, ...describeChoices(), address: makeAddress() };
  };
  // What is to be sent for the handout on the page, or for the pack.
  const makeOrder = (isPack) => {
    const items = isPack ? [...patient.pack] : [thisItem()];
    const body = new URLSearchParams(isPack ? [] : new FormData(choice()));
    if (isPack) {
      body.set("practice", currentPractice());
      body.set("visit", visit);
      for (const name of ["patient", "note", "printer", "copies", "sides", "tray"]) { const field = one(name); if (field) body.set(name, field.value); }
      for (const [name, text] of patient.blanks) body.set(name, text);
      for (const item of items) body.append("item", `${item.handout}?${item.query}`);
      for (const [name, value] of Object.entries(patient.packAs)) body.set(name, value);
    }
    for (const id of patient.agreed) body.append("agreed", id);
    return { items, body, patientNumber: patient.number, base: isPack ? "/pack" : `/handouts/${items[0].handout}` };
  };
  const currentPractice = () => choice()?.elements.practice.value || document.querySelector("main [name=practice]").value;
  const rememberOrder = (order, time, code) => {
    const practice = currentPractice();
    const when = new Date().toISOString();
    rememberPrinted(order.items.map((item) => ({ when, time, address: item.address, title: item.title, detail: item.detail, code: code || "", practice })));
    if (isHome()) showPrinted(); else showLast();
    if (order.base === "/pack" && order.patientNumber === patient.number) { patient.printedPack = describePack(order.items); showPack(); }
  };
  const send = async (order) => {
    const click = newId();
    order.body.set("click", click);
    const button = document.querySelector("[data-do=send]");
    isSending = true;
    updateButtons();
    let html = "";
    try {
      const response = await fetch(`${order.base}/send`, { method: "POST", headers: PART, body: order.body });
      html = await response.text();
      if (!response.headers.get("Content-Type").startsWith("text/html") || response.status >= 500) return showJob(makeFailure(response.status < 500 ? html : "Something went wrong. Look at the printer before you print again."));
      showJob(html);
      if (response.ok) {
        if (one("to")) one("to").open = false; // the message needs its room
        if (order.patientNumber === patient.number) { // not cleared while it was made
          patient.forms.set(click, order);
          patient.given.set(click, leaveOutPatient(order));
        }
        const job = one(`job-${click}`);
        if (job) rememberOrder(order, job.dataset.time, job.dataset.code);
      }
    } catch {
      showJob(makeFailure("The server does not respond. Look at the printer before you print again."));
    } finally {
      isSending = false;
      updateButtons();
      button?.focus();
    }
  };
  let isSending = false;
  const updateButtons = () => {
    const busy = isSending || Boolean(document.querySelector(".job[data-progress=sending]"));
    for (const button of all("[data-do=send], [data-do=send-pack]")) button.setAttribute("aria-disabled", String(busy));
  };
  const makeFailure = (text) => `<div class="job notice bad" data-final><p></p><p class="beside"><button type="button" data-do="hide-job" aria-label="Hide this message">Hide</button></p></div>`.replace("<p></p>", make("p", text).outerHTML);
  const showJob = (html) => {
    const parts = make("template");
    parts.innerHTML = html;
    const job = parts.content.querySelector(".job");
    if (!job) return;
    const old = job.id && one(job.id);
    if (old) old.replaceWith(job);
    else {
      one("jobs").prepend(job);
      job.scrollIntoView({ block: "nearest" }); // on a phone, it is below all sections
    }
    if (job.hasAttribute("data-final") && job.dataset.progress !== "canceled") patient.forms.delete(job.dataset.click);
    updateButtons();
  };
  const print = async (isPack) => {
    if (isSending || document.querySelector(".job[data-progress=sending]")) return;
    if (!await agree(isPack ? patient.pack : [thisItem()])) return;
    await send(makeOrder(isPack));
  };
  const postTo = (job, what) => fetch(`/sent/${job.dataset.click}/${what}`, { method: "POST", headers: PART, body: new URLSearchParams() });
  const cancelJob = async (job) => {
    try {
      const response = await postTo(job, "cancel");
      if (response.ok) showJob(await response.text()); else say(WENT_WRONG);
    } catch { say(NO_ANSWER); }
    return one(job.id)?.dataset.progress === "canceled";
  };
  const moveJob = async (job) => {
    const order = patient.forms.get(job.dataset.click);
    const others = all("#printer option").filter((option) => option.value !== job.dataset.printer);
    if (!order) return say("This patient was cleared: cancel the print, and print it again.");
    if (!others.length) return say("There is no other printer.");
    const select = make("select", "", { "aria-label": "Another printer" });
    select.append(...others.map((option) => make("option", option.textContent, { value: option.value })));
    const button = make("button", "Cancel there, and print here", { type: "button" });
    job.querySelector(".beside").replaceChildren(select, button);
    select.focus();
    button.addEventListener("click", async () => {
      if (!await cancelJob(job)) return;
      order.body.set("printer", select.value);
      order.body.set("tray", "");
      await send(order);
    });
  };

  // Files: loaded into a hidden frame, so that an error never replaces this page.
  const frame = one("printing");
  let wantsDialog = false;
  let rememberLoaded = null; // once the print has come from the server
  const load = async (action, isPack) => {
    if (await agree(isPack ? patient.pack : [thisItem()])) await submit(action, makeOrder(isPack));
  };
  // Messages and records of what was given have nothing that was typed for the patient.
  const leaveOutPatient = (order) => {
    const body = new URLSearchParams(order.body);
    for (const name of [...body.keys()]) if (name === "patient" || name === "note" || name.startsWith("blank.")) body.delete(name);
    return { ...order, body };
  };
  const submit = async (action, order) => {
    try { await fetch("/state", { cache: "no-store" }); } catch { return warn(NO_ANSWER); }
    const form = make("form", "", { method: "post", action: `${order.base}/${action}`, hidden: "" });
    form.target = action !== "print" || navigator.pdfViewerEnabled ? "printing" : "_blank";
    for (const [name, value] of order.body) { const field = make("input", "", { type: "hidden", name }); field.value = value; form.append(field); }
    if (form.target === "printing") { frame.hidden = false; frame.classList.add("unseen"); }
    wantsDialog = action === "print";
    const day = new Date();
    const code = order.base === "/pack" ? "" : getPrint()?.code;
    rememberLoaded = wantsDialog ? () => rememberOrder(order, `${day.getHours()}:${String(day.getMinutes()).padStart(2, "0")}`, code) : null;
    if (wantsDialog) say("Getting the print ready…");
    document.body.append(form);
    form.submit();
    form.remove();
    if (form.target === "_blank") rememberLoaded?.();
  };
  frame.addEventListener("load", () => {
    let error = null;
    try {
      if (frame.contentWindow.location.href === "about:blank") return;
      error = frame.contentDocument && frame.contentDocument.querySelector("[data-error]");
    } catch { /* the viewer of the browser cannot be accessed: it shows the file */ }
    if (!error) rememberLoaded?.();
    rememberLoaded = null;
    if (error) { say(""); showJob(makeFailure(error.dataset.error)); return; }
    if (!wantsDialog) return;
    say("The print dialog is open.");
    frame.contentWindow.focus();
    frame.contentWindow.print();
    say("The print dialog is open."); // where the browser waits for the dialog, the time of the message begins after it
  });
  const copy = async (text, confirmation) => {
    try {
      await navigator.clipboard.writeText(text);
      say(confirmation);
    } catch {
      one("text").value = text;
      one("text-to-copy").showModal();
      one("text").select();
    }
  };
  const copyMessage = async (isShort) => {
    if (!await agree([thisItem()])) return;
    const { body, base } = leaveOutPatient(makeOrder(false));
    if (isShort) body.set("short", "1");
    let text;
    try {
      const response = await fetch(`${base}/message`, { method: "POST", headers: PART, body });
      if (!response.ok) return warn(response.status === 429 ? "Busy: many people are using this page. Try again in a moment." : response.status === 422 ? "The short text cannot be made: what must be in it is longer than 1,500 characters. Copy the whole text." : "There is no text for this choice.");
      text = await response.text();
    } catch {
      return warn(NO_ANSWER);
    }
    await copy(text, `Copied: ${text.length.toLocaleString("en")} characters. Paste it into the message.`);
  };
  const copyChartLine = () => {
    const line = getPrint()?.chart;
    return line ? copy(line, "Copied. Paste it into the chart.") : say("Wait for the preview.");
  };

  // The pack of this patient.
  const describePack = (items) => items.map((item) => `${item.handout}?${item.query}`).join(" ");
  const showPack = () => {
    const list = one("pack");
    if (one("to-pack")) { // on a phone, the pack is below all handouts
      one("to-pack").hidden = !patient.pack.length;
      one("to-pack").textContent = `See the pack of ${patient.pack.length}`;
    }
    list.replaceChildren(...patient.pack.map((item, index) => {
      const row = make("li", "", { "data-index": index });
      const about = make("span", "", { class: "about" });
      about.append(make("strong", item.title), " ", make("span", patient.pack.length > 1 ? item.inPack : item.detail, { class: "hushed small" }));
      row.append(about);
      if (index) row.append(make("button", "Up", { type: "button", "data-do": "earlier", "aria-label": `Print earlier: ${item.title}` }));
      row.append(make("button", "×", { type: "button", "data-do": "remove", "aria-label": `Remove from the pack: ${item.title}` }));
      return row;
    }));
    if (!patient.pack.length) { patient.packAs = {}; return; }
    if (patient.pack.length > 1) list.append(makePackOptions());
    const ends = make("li", "", { class: "ends" });
    const isPrinted = patient.printedPack === describePack(patient.pack); // the main button is that of what is not printed yet
    const count = `Print the pack of ${patient.pack.length}${isPrinted ? " again" : ""}`;
    ends.append(
      make("button", count, { type: "button", class: isPrinted ? "" : "main", "data-do": one("printer") ? "send-pack" : "print-pack" }),
      make("button", "Preview", { type: "button", "data-do": "proof", "aria-label": "Preview the pack" }),
      make("button", "Download", { type: "button", "data-do": "download-pack", "aria-label": "Download the pack" }),
    );
    if (one("keep") && patient.pack.length > 1) ends.append(make("button", "Keep", { type: "button", "data-do": "keep", "aria-label": "Keep this pack for the practice" }));
    list.append(ends);
    updateButtons();
  };
  // One language and one format for all of it; a language that they do not share is not offered.
  const packLanguage = () => {
    const chosen = new Set(patient.pack.map((item) => new URLSearchParams(item.query).get("language")));
    return patient.packAs.language || (chosen.size === 1 ? [...chosen][0] : "");
  };
  const nameOf = (tag) => { try { return new Intl.DisplayNames([tag], { type: "language" }).of(tag); } catch { return tag; } };
  const makePackOptions = () => {
    const row = make("li", "", { class: "ends" });
    const shared = patient.pack.map((item) => item.languages.split(" ")).reduce((some, others) => some.filter((tag) => others.includes(tag)));
    const used = packLanguage();
    const offer = (name, label, choices, chosen) => {
      const select = make("select", "", { "data-pack-as": name, "aria-label": label });
      for (const [value, text] of choices) select.append(make("option", text, value === chosen ? { value, selected: "" } : { value }));
      row.append(select);
    };
    const isShared = shared.includes(used); // if not, somebody has to choose: no patient gets another language by itself
    const languages = shared.map((tag) => [tag, nameOf(tag)]);
    if (shared.length > 1 || (shared.length && !isShared)) offer("language", "Language of the pack", isShared ? languages : [["", "Choose a language"], ...languages], used);
    offer("format", "Format of the pack", [["handout", "Pages"], ["large-print", "Large print"]], patient.packAs.format || "handout");
    return row;
  };
  const add = (item) => {
    patient.pack.push(item);
    if (item.format === "large-print") patient.packAs.format ||= item.format; // who needs it needs it for all
    showPack();
    say(`Added to the pack: ${item.title}`);
  };
  const addRow = (link) => {
    const address = new URL(link.href);
    address.searchParams.delete("practice");
    add({ handout: link.dataset.handout, query: address.searchParams.toString(), title: link.dataset.title, warning: link.dataset.warning, languages: link.dataset.languages, detail: "", inPack: "", address: link.getAttribute("href") });
  };

  // The pages of the pack, before it is printed.
  let proving = null;
  const showProof = async () => {
    const control = proving = new AbortController();
    const pages = one("proof-pages");
    pages.replaceChildren(make("p", "Making the preview…", { class: "hushed" }));
    if (!one("proof").open) one("proof").showModal();
    const { body, base } = makeOrder(true);
    const showReason = (text) => pages.replaceChildren(make("p", text, { class: "notice warn" }));
    try {
      const response = await fetch(`${base}/preview`, { method: "POST", headers: PART, body, signal: control.signal });
      const text = await response.text();
      if (control !== proving || !one("proof").open) return;
      if (response.ok) pages.innerHTML = text;
      else showReason(explain(response, text));
    } catch (error) {
      if (error.name !== "AbortError") showReason(NO_ANSWER);
    }
  };
  one("proof").addEventListener("close", () => {
    proving?.abort();
    one("proof-pages").replaceChildren();
    if (one("proof").returnValue === "print") DO[one("printer") ? "send-pack" : "print-pack"]();
    one("proof").returnValue = "";
  });

  // Kept for the practice by whoever may edit: the handouts and their sections, under a title without the patient's name.
  const askToKeep = () => {
    const [language, usual] = [packLanguage(), one("keep").dataset.language];
    if (!language) return say("Choose the language of the pack first.");
    one("keep-whose").textContent = document.querySelector(".whose .name").textContent;
    one("keep-language").textContent = language === usual ? "" : `, in ${nameOf(language)}`;
    one("keep-other").hidden = language === usual;
    one("keep-usual").required = language !== usual;
    one("keep-fields").hidden = one("keep-it").hidden = false;
    one("keep-answer").replaceChildren();
    one("keep").showModal();
  };
  const keepPack = async (form) => {
    const { body } = leaveOutPatient(makeOrder(true));
    const typed = new FormData(form);
    const titles = fold(`${typed.get("title")} ${typed.get("usual_title")}`);
    const name = fold(one("patient").value).trim();
    const refuse = (text) => one("keep-answer").replaceChildren(make("p", text, { class: "notice bad" }));
    // Two Latin letters, as in "de", are also words of a language.
    const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2 || /[^\p{Script=Latin}\p{N}]/u.test(word));
    if ((name && titles.includes(name)) || words.some((word) => titles.includes(word))) return refuse("Not saved. The title has a word of this patient’s name: everybody sees it.");
    for (const [name, value] of typed) body.set(name, value);
    try {
      const response = await fetch(form.action, { method: "POST", headers: PART, body });
      const html = await response.text();
      if (response.headers.get("Content-Type").startsWith("text/plain")) return refuse(html);
      if (response.status === 401) return refuse("Not saved. Open the editor again with its whole address, then try again.");
      if (!response.ok && ![409, 422].includes(response.status)) return refuse(WENT_WRONG);
      one("keep-answer").innerHTML = html;
      one("keep-fields").hidden = one("keep-it").hidden = response.ok;
      if (response.ok) form.reset();
    } catch { refuse(NO_ANSWER); }
  };

  // Next patient.
  const isAnythingKept = () => Boolean(one("patient").value || one("note").value || patient.blanks.size || patient.pack.length || patient.forms.size || patient.given.size || patient.agreed.size || choice()?.elements.audience?.value);
  const clearPatient = () => {
    const wasTyped = Boolean(one("patient").value || one("note").value || patient.blanks.size);
    one("patient").value = one("note").value = "";
    for (const field of all("[data-private]")) field.value = "";
    patient.number += 1;
    patient.blanks.clear();
    patient.pack = [];
    patient.packAs = {};
    patient.printedPack = "";
    patient.agreed.clear();
    patient.forms.clear();
    patient.given.clear();
    frame.src = "about:blank";
    one("proof").close();
    if (one("keep")) { one("keep").close(); one("keep-form").reset(); }
    for (const image of all("#preview img[src^='data:']")) image.remove();
    showPack();
    return wasTyped;
  };
  // What the group of patients and the copies were for one patient is not so for the next one.
  const resetForNext = () => {
    if (one("copies")) one("copies").value = "1";
    describePrinter();
    const usual = choice()?.querySelector("[name=audience][value='']");
    const wasChosen = Boolean(usual && !usual.checked);
    if (wasChosen) usual.checked = true;
    if (choice()) keepAddress();
    return wasChosen;
  };
  const nextPatient = (text, { toNobody = false } = {}) => {
    one("ask").close();
    const waiting = all(".job:not([data-final])").filter((job) => job.dataset.progress === "waiting" || job.matches(".warn, .bad")).length;
    const [wasTyped, wasChosen] = [clearPatient(), resetForNext()];
    if (wasTyped || wasChosen) preview();
    for (const job of all(".job[data-final]")) job.remove();
    say(waiting ? `${text} ${waiting === 1 ? "A print is" : `${waiting} prints are`} still waiting: cancel it, or look at the printer.` : text, { toNobody });
    (isHome() ? one("q") : one("patient")).focus();
  };
  const IDLE = MINUTES_UNTIL_CLEARED * 60_000;
  let idle = 0;
  let usedAt = Date.now();
  const clearIdle = () => { if (isAnythingKept()) nextPatient("Cleared, because nobody used this page for 5 minutes.", { toNobody: true }); };
  // While the computer sleeps, its clock goes on, but no timer does.
  const clearAfterSleep = () => { if (Date.now() - usedAt > IDLE) clearIdle(); };
  const stayAwake = () => {
    clearAfterSleep();
    usedAt = Date.now();
    clearTimeout(idle);
    if (waitsForSomebody) say(said.textContent);
    idle = setTimeout(clearIdle, IDLE);
  };
  setInterval(clearAfterSleep, 5000);
  for (const name of ["pointerdown", "keydown", "input"]) addEventListener(name, stayAwake, { capture: true, passive: true });
  addEventListener("pagehide", clearPatient);
  addEventListener("pageshow", (event) => { if (event.persisted) { clearPatient(); preview(); } });

  // The search.
  let searching = null;
  let searchSoon = 0;
  const search = async () => {
    searching?.abort();
    const control = searching = new AbortController();
    const query = new URLSearchParams(new FormData(one("find")));
    if (!query.get("q")) query.delete("q");
    history.replaceState(null, "", `/?${query}`);
    try {
      const response = await fetch(`/?${query}`, { headers: PART, signal: control.signal });
      const html = await response.text();
      if (control !== searching || !one("rows")) return false;
      const focused = one("rows").contains(document.activeElement) && (document.activeElement.href || true);
      one("rows").innerHTML = response.ok ? html : "";
      showPrinted();
      // Somebody who is on a row already stays on it, or gets back to the search box.
      if (focused) (all("#rows a").find((link) => link.href === focused) || one("q")).focus();
      return response.ok;
    } catch (error) {
      if (error.name !== "AbortError") say(NO_ANSWER);
      return false;
    }
  };
  // After a file has changed: the rows, and the packs above them.
  const refreshHome = async () => {
    search();
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const packs = page.getElementById("packs");
      if (!packs || !one("packs")) return;
      one("packs").replaceWith(document.adoptNode(packs));
      showPrinted();
    } catch { /* the search reports it */ }
  };
  // The rows that are shown may still be those of what was typed before.
  const openFirstFound = async () => {
    clearTimeout(searchSoon);
    const first = await search() && document.querySelector("#found a");
    if (first) go(first.href);
  };
  const checkPaper = async (form) => {
    const code = one("code").value;
    if (!code.trim()) return one("code").focus();
    try {
      const response = await fetch(`/paper?${new URLSearchParams(new FormData(form))}`, { headers: PART, cache: "no-store" });
      const html = await response.text();
      if (one("code")?.value !== code) return;
      if (response.ok) { one("paper-answer").innerHTML = html; showWhenPrinted(code); } else say(response.status === 429 ? html : WENT_WRONG);
    } catch { say(NO_ANSWER); }
  };
  // Sections that somebody chose are known to this computer only.
  const showWhenPrinted = (typed) => {
    const plain = (code) => (code || "").toUpperCase().replace(/[^0-9A-Z]/g, "");
    const entry = readPrinted().find((printed) => plain(printed.code) && plain(printed.code) === plain(typed));
    if (!entry) return;
    const link = make("a", `${entry.title}${entry.detail ? ` · ${entry.detail}` : ""}`, { href: entry.address, class: "button" });
    const day = new Date(entry.when).toLocaleDateString("en-US", { day: "numeric", month: "long" });
    const note = make("p", `Printed on this computer on ${day} at ${entry.time}. The same sections as they are now: `, { class: "printed-here" });
    note.append(link);
    one("paper-answer").append(note);
  };
  const moveInRows = (event, step) => {
    const stops = [one("q"), ...all(".rows a")].filter((element) => element.checkVisibility());
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, at + step))].focus();
  };

  // Events of the whole page.
  const DO = {
    send: () => print(false),
    "send-pack": () => print(true),
    "print-pack": () => load("print", true),
    "download-pack": () => load("download", true),
    "to-pack": () => { one("pack").scrollIntoView({ block: "center" }); one("pack").querySelector(".ends:last-child button").focus(); },
    proof: showProof,
    keep: askToKeep,
    "close-keep": () => one("keep").close(),
    print: () => load("print", false),
    download: () => load("download", false),
    copy: () => copyMessage(false),
    "copy-short": () => copyMessage(true),
    chart: copyChartLine,
    given: async () => { if (await agree([thisItem()])) await submit("given", leaveOutPatient(makeOrder(false))); },
    "given-by-job": (button) => {
      const order = patient.given.get(button.closest(".job").dataset.click);
      if (order) submit("given", order); else say("This patient was cleared: there is no record any more.");
    },
    phone: () => one("phone").showModal(),
    add: (button) => addRow(button.closest(".row").querySelector("a")),
    "add-this": () => { if (document.querySelector("[name=section]:checked")) add(thisItem()); else say("Choose at least one section."); },
    "take-pack": (button) => {
      const items = JSON.parse(button.dataset.items).map((item) => {
        const about = describeAudience(new URLSearchParams(item.query).get("audience")) || "";
        return { ...item, detail: about, inPack: about };
      });
      patient.pack.push(...items);
      patient.packAs.pack = button.dataset.pack;
      showPack();
      say(`Added to the pack: ${items.map((item) => item.title).join(", ")}`);
    },
    remove: (button) => { patient.pack.splice(Number(button.closest("li").dataset.index), 1); showPack(); },
    earlier: (button) => {
      const index = Number(button.closest("li").dataset.index);
      patient.pack.splice(index - 1, 0, ...patient.pack.splice(index, 1));
      showPack();
      one("pack").querySelector(`[data-index="${index - 1}"] button`).focus();
    },
    drafts: () => { one("drafts").checked = true; search(); one("q").focus(); },
    last: () => selectSections(lastSections()),
    "set-smaller": () => { one("fit").checked = true; changed(); },
    zoom: (button) => { const isFull = one("preview").classList.toggle("full"); button.setAttribute("aria-pressed", String(isFull)); },
    practices: () => choosePractice(),
    "use-note": (button) => {
      const note = one("note");
      note.value = [note.value.trim(), button.textContent].filter(Boolean).join("\n");
      button.closest("details").open = false;
      note.focus();
      if (choice()) changed();
    },
    "leave-name-off": () => { one("patient").value = one("note").value = ""; preview(); },
    "cancel-job": (button) => cancelJob(button.closest(".job")),
    "move-job": (button) => moveJob(button.closest(".job")),
    "hide-job": (button) => button.closest(".job").remove(),
  };
  document.addEventListener("click", async (event) => {
    for (const menu of all(".more-ways[open]")) if (!menu.contains(event.target)) menu.open = false;
    const target = event.target.closest("[data-do], [data-sections], [data-leave-out], [data-practice], a, #preview .pages img, #next");
    if (!target || event.ctrlKey || event.metaKey || (event.shiftKey && !target.closest(".rows"))) return;
    if (target.id === "next") { nextPatient("Cleared for the next patient."); return; }
    if (target.dataset.do) {
      event.preventDefault();
      const menu = target.closest("details.more-ways");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
      if (target.getAttribute("aria-disabled") !== "true") DO[target.dataset.do](target);
    } else if (target.dataset.sections !== undefined) {
      event.preventDefault();
      selectSections(target.dataset.sections.split(" "));
    } else if (target.dataset.leaveOut) {
      selectSections(all("[name=section]:checked", choice()).map((box) => box.value).filter((id) => !target.dataset.leaveOut.split(" ").includes(id)));
    } else if (target.dataset.practice) {
      one("practices").close();
      try {
        await fetch("/practice", { method: "POST", headers: PART, body: new URLSearchParams({ practice: target.dataset.practice }) });
      } catch { say(NO_ANSWER); return; }
      await go(makeAddress({ practice: target.dataset.practice }));
    } else if (target.matches(".pages img")) {
      DO.zoom(document.querySelector("[data-do=zoom]"));
    } else if (target.dataset.language) {
      event.preventDefault();
      go(makeAddress({ language: target.dataset.language }));
    } else if (target.href && target.origin === location.origin && !target.hash && /^\/($|handouts\/)/.test(target.pathname)) {
      event.preventDefault();
      if (event.shiftKey && target.dataset.handout) addRow(target); else go(target.href);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "choice") event.preventDefault(); // its buttons do what they say by script
    if (form.id === "keep-form") { event.preventDefault(); keepPack(form); }
    if (form.id === "paper") { event.preventDefault(); checkPaper(form); }
    if (!form.classList.contains("find")) return;
    event.preventDefault();
    if (isHome()) openFirstFound(); else go(`/?${new URLSearchParams(new FormData(form))}`);
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.id === "drafts") { search(); return; }
    if (field.id === "printer") { choosePrinter(); return; }
    if (field.dataset.packAs) { patient.packAs[field.dataset.packAs] = field.value; return; }
    if (field.form?.id !== "choice") return;
    if (["copies", "tray"].includes(field.name)) { keepAddress(); describePrinter(); return; }
    if (field.name === "sides") describePrinter();
    if (field.name === "format") applyLeaflet(field.value);
    changed();
  });
  document.addEventListener("input", (event) => {
    if (event.target.dataset.private !== undefined) {
      if (event.target.value) patient.blanks.set(event.target.name, event.target.value); else patient.blanks.delete(event.target.name);
    }
    if (event.target.id === "code") one("paper-answer").replaceChildren();
    if (event.target.id === "practice-filter") filterPractices();
    if (event.target.id !== "q" || !isHome()) return;
    clearTimeout(searchSoon);
    searchSoon = setTimeout(search, 120);
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
    const menu = event.key === "Escape" && document.querySelector(".more-ways[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    if (event.altKey && event.code === "KeyN") { event.preventDefault(); nextPatient("Cleared for the next patient."); }
    else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      if (document.querySelector("dialog[open]")) return;
      const button = all(isHome() ? "#pack .ends button" : "#actions .main").find((element) => element.checkVisibility());
      if (button && !button.disabled) button.click();
    } else if (event.key === "/" && !isTyping) { event.preventDefault(); one("q")?.focus(); one("q")?.select(); }
    else if (event.key === "ArrowDown" && isHome() && event.target.matches("#q, .rows a")) moveInRows(event, 1);
    else if (event.key === "ArrowUp" && isHome() && event.target.matches(".rows a")) moveInRows(event, -1);
    else if (event.key === "Enter" && event.target.id === "practice-filter") all("#practice-list li").find((item) => !item.hidden)?.querySelector("button")?.click();
    else if (event.key === "Enter" && event.shiftKey && event.target.matches(".rows a[data-handout]")) { event.preventDefault(); addRow(event.target); }
    else if (event.key === "Enter" && event.target.matches("input[form=choice], #choice input")) { event.preventDefault(); changed(); }
  });
  // All practices are loaded only for somebody who wants another one: there may be hundreds.
  const choosePractice = async () => {
    one("practice-filter").value = "";
    one("practices").showModal();
    one("practice-filter").focus();
    try {
      const response = await fetch(`/practices?${new URLSearchParams({ practice: currentPractice() })}`, { headers: PART });
      if (!response.ok) throw new Error(response.statusText);
      one("practice-list").innerHTML = await response.text();
    } catch {
      one("practice-list").replaceChildren(make("li", NO_ANSWER));
    }
    filterPractices();
  };
  const filterPractices = () => {
    const words = fold(one("practice-filter").value).split(/\s+/);
    const items = all("#practice-list li");
    for (const item of items) item.hidden = !words.every((word) => fold(item.textContent).includes(word));
    one("no-practice").hidden = !items.length || items.some((item) => !item.hidden);
  };

  // A leaflet has room for the sections that its author chose for it.
  let beforeLeaflet = null;
  const applyLeaflet = (format) => {
    const button = all("#sections [data-sections]").find((element) => element.value === "leaflet");
    const selected = all("[name=section]:checked", choice()).map((box) => box.value);
    if (format.startsWith("trifold") && button && selected.length === all("[name=section]", choice()).length) {
      beforeLeaflet = selected;
      const ids = button.dataset.sections.split(" ");
      for (const box of all("[name=section]", choice())) box.checked = ids.includes(box.value);
      say("The sections for the leaflet are selected.");
    } else if (!format.startsWith("trifold") && beforeLeaflet) {
      for (const box of all("[name=section]", choice())) box.checked = beforeLeaflet.includes(box.value);
      beforeLeaflet = null;
    }
  };

  // What was typed before this script was ready.
  if (isHome() && one("q") && one("q").value !== (new URLSearchParams(location.search).get("q") || "")) search();

  // The chosen printer: its settings, and its state before anything is sent.
  let states = {};
  const describePrinter = () => {
    const select = one("printer");
    if (!select) return;
    const option = select.selectedOptions[0];
    one("where").textContent = option.textContent.trim();
    const copies = one("copies").value;
    one("how").textContent = ` · ${one("sides").selectedOptions[0].textContent.toLowerCase()} · ${copies} ${copies === "1" ? "copy" : "copies"}`;
    const [tone, text] = states[select.value] || ["warn", ""];
    const place = one("printer-state");
    place.hidden = !text;
    place.className = `printer-state ${tone}`;
    if (place.textContent !== text) place.textContent = text;
  };
  const choosePrinter = async () => {
    const kept = Object.fromEntries(["copies", "sides"].map((id) => [id, one(id).value]));
    try {
      const response = await fetch("/printer", { method: "POST", headers: PART, body: new URLSearchParams({ printer: one("printer").value, ...kept }) });
      if (!response.ok) return warn("This printer is no longer there. Open this page again, and choose another one.");
      one("options").innerHTML = await response.text();
    } catch {
      return say(NO_ANSWER);
    }
    describePrinter();
    if (choice()) changed();
  };

  // What has changed: one stream while the page is visible, or questions now and then where there are too many streams.
  const versions = {};
  const takeState = async (state) => {
    if (String(state.number) !== document.body.dataset.number) {
      document.body.dataset.number = state.number;
      if (choice()) preview(); else if (isHome()) refreshHome();
    }
    states = state.printers;
    describePrinter();
    for (const [click, version] of Object.entries(state.jobs)) {
      if (versions[click] === version || !one(`job-${click}`)) continue;
      versions[click] = version;
      try {
        const response = await fetch(`/sent/${click}`, { headers: PART });
        if (response.ok && one(`job-${click}`) && !one(`job-${click}`).contains(document.activeElement?.closest("select"))) showJob(await response.text());
      } catch { delete versions[click]; }
    }
  };
  let stream = null;
  let asking = 0;
  const listen = () => {
    stream?.close();
    clearInterval(asking);
    stream = null;
    if (document.hidden) return;
    stream = new EventSource(`/updates?visit=${visit}`);
    stream.addEventListener("message", (event) => takeState(JSON.parse(event.data)));
    stream.addEventListener("error", () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      clearInterval(asking);
      asking = setInterval(async () => {
        try {
          const response = await fetch(`/state?visit=${visit}`);
          if (response.ok) takeState(await response.json());
        } catch { /* the next request of the form reports it */ }
      }, 5000);
    });
  };
  document.addEventListener("visibilitychange", listen);

  const lastSections = () => {
    const path = `/handouts/${choice().dataset.handout}?`;
    const entry = readPrinted().find((printed) => printed.address.startsWith(path));
    if (!entry) return null;
    const ids = new URLSearchParams(entry.address.split("?")[1]).getAll("section");
    return ids.length ? ids : choice().dataset.default.split(" ");
  };
  const showLast = () => { const button = document.querySelector("[data-do=last]"); if (button) button.hidden = !lastSections(); };
  const start = () => {
    if (choice()) {
      choice().elements.visit.value = visit;
      for (const field of all("[data-private]")) field.value = patient.blanks.get(field.name) || "";
      beforeLeaflet = null;
      showLast();
      keepAddress();
      describePrinter();
      if (one("preview").hasAttribute("data-made")) setCanPrint(one("preview").querySelector("[data-print]")?.dataset.print === "ok"); else preview();
    } else if (isHome()) { showPrinted(); showPack(); }
    updateButtons();
  };
  start();
  stayAwake();
  listen();
})();
