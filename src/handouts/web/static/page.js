// What the page does beyond plain forms: saved selections, printing, copying, and noticing that files changed.
(() => {
  "use strict";
  const choice = document.getElementById("choice");
  const say = (id, text) => { const place = document.getElementById(id); if (place) place.textContent = text; };
  const warn = (text) => {
    const place = document.getElementById("notice");
    if (!place) return;
    const note = document.createElement("p");
    note.className = "notice warn";
    note.textContent = text;
    place.replaceChildren(note);
  };

  // Files that changed: asked for now and then, while somebody looks.
  let number = document.body.dataset.number;
  if (number) setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("/number");
      const now = answer.ok ? await answer.text() : number;
      if (now === number) return;
      number = now;
      if (choice) htmx.trigger("#preview", "files-changed");
      else if (document.getElementById("q")) htmx.trigger("#q", "search");
    } catch { /* the next request that matters says so */ }
  }, 1000);

  document.addEventListener("htmx:sendError", () => {
    say("status", "No answer.");
    warn("The page gets no answer. Is “handouts serve” still running?");
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.elt.closest("#to, #send, #sent")) {
      warn(event.detail.xhr.status === 404
        ? "This printer is not there any more as it was. Open this page again, and choose another."
        : "Something went wrong. Look at the printer before you print again.");
      return;
    }
    say("status", "No preview.");
    warn(event.detail.xhr.status === 404
      ? "This handout is not there any more as it was. Open it again from the list."
      : "Something went wrong. Please try again.");
  });
  document.addEventListener("htmx:afterSwap", () => {
    const again = document.querySelector("[data-again]");
    if (!again) return;
    again.remove();
    setTimeout(() => htmx.trigger("#preview", "again"), 2000);
  });

  // A thumbnail that cannot be had at once, for many are being made, is asked for again.
  document.addEventListener("error", (event) => {
    const picture = event.target;
    if (!(picture instanceof HTMLImageElement) || !picture.closest(".thumbnail")) return;
    const tries = Number(picture.dataset.tries || 0);
    if (tries >= 5) { picture.hidden = true; return; }
    picture.dataset.tries = tries + 1;
    setTimeout(() => { picture.src = picture.src; }, 2000 * (tries + 1));
  }, true);

  if (!choice) return;

  choice.addEventListener("click", (event) => {
    const saved = event.target.closest("[data-sections]");
    if (!saved) return;
    event.preventDefault();
    const wanted = new Set(saved.dataset.sections.split(" "));
    for (const box of choice.querySelectorAll("[name=section]")) box.checked = wanted.has(box.value);
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Enter in a field shows the preview, and does not print.
  choice.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  // Print: the file goes into a hidden frame, whose reader opens the dialog; without a reader it is opened or saved.
  const frame = document.getElementById("printing");
  const print = choice.querySelector("[data-do=print]");
  const toFrame = () => {
    print.formTarget = navigator.pdfViewerEnabled ? "printing" : "_blank";
    if (navigator.pdfViewerEnabled) { frame.hidden = false; frame.classList.add("unseen"); say("status", "Getting the print ready…"); }
  };
  // Without an answer the browser would show a page of its own in place of this one, and what was chosen would be gone.
  for (const button of choice.querySelectorAll("[formaction$='/print'], [formaction$='/download']")) {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await fetch("/number", { cache: "no-store" });
      } catch {
        warn("The page gets no answer. Is “handouts serve” still running?");
        return;
      }
      if (button === print) toFrame();
      choice.requestSubmit(button);
    });
  }
  frame.addEventListener("load", () => {
    let said = null;
    try {
      if (frame.contentWindow.location.href === "about:blank") return;
      said = frame.contentDocument && frame.contentDocument.querySelector("[data-said]");
    } catch { /* the reader of the browser: it is the file */ }
    if (said) { say("status", said.dataset.said); warn(said.dataset.said); return; }
    say("status", "The print dialog is open.");
    frame.contentWindow.focus();
    frame.contentWindow.print();
    print.focus();
  });

  // Print on a printer: until it has the print, a press of the button is the one before.
  const send = document.getElementById("send");
  if (send) {
    // Of how to print, the sides alone change what is told above the preview: how many sheets it takes.
    document.getElementById("to").addEventListener("change", (event) => {
      if (event.target.id !== "sides") event.stopPropagation();
    });
    send.addEventListener("click", (event) => {
      if (send.getAttribute("aria-disabled") !== "true") return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);
    send.addEventListener("htmx:beforeRequest", () => {
      send.setAttribute("aria-disabled", "true");
      say("sent", "Sending…");
    });
    const settle = () => {
      if (document.querySelector("[data-sending]")) send.setAttribute("aria-disabled", "true");
      else send.removeAttribute("aria-disabled");
    };
    document.addEventListener("htmx:afterRequest", settle);
    document.addEventListener("htmx:afterSettle", (event) => {
      settle();
      if (event.target.id === "options") htmx.trigger("#preview", "again");
    });
  }

  choice.querySelector("[data-do=copy]").addEventListener("click", async (event) => {
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(choice));
    fields.delete("patient");
    fields.delete("note");
    let text;
    try {
      const answer = await fetch(event.target.closest("button").formAction, { method: "POST", body: fields, headers: { Accept: "text/plain" } });
      if (!answer.ok) {
        warn(answer.status === 429 ? "Busy: many people are using this page. Try again in a moment." : "There is no text of this choice.");
        return;
      }
      text = await answer.text();
    } catch {
      warn("The page gets no answer. Is “handouts serve” still running?");
      return;
    }
    try {
      await navigator.clipboard.writeText(text);
      say("status", "Copied. Paste it into the message.");
    } catch {
      const field = document.getElementById("text");
      field.value = text;
      document.getElementById("text-to-copy").showModal();
      field.select();
    }
  });

  // Nothing that was typed for a patient is there when somebody comes back to this page.
  const forget = () => {
    for (const field of choice.querySelectorAll("[data-private]")) field.value = "";
    for (const picture of document.querySelectorAll("#preview img[src^='data:']")) picture.remove();
    frame.src = "about:blank";
  };
  addEventListener("pagehide", forget);
  addEventListener("pageshow", (event) => { if (event.persisted) { forget(); htmx.trigger("#preview", "again"); } });
})();
