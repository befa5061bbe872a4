// Adds to plain forms: saved selections, printing, copying, and updates when files change.
(() => {
  "use strict";
  const choice = document.getElementById("choice");
  const setText = (id, text) => { const place = document.getElementById(id); if (place) place.textContent = text; };
  const warn = (text) => {
    const place = document.getElementById("notice");
    if (!place) return;
    const note = document.createElement("p");
    note.className = "notice warn";
    note.textContent = text;
    place.replaceChildren(note);
  };

  // Poll for changed files while the page is visible.
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
    } catch { /* the next request of the form reports it */ }
  }, 1000);

  document.addEventListener("htmx:sendError", () => {
    setText("status", "No response.");
    warn("The server does not respond. Is “handouts serve” still running?");
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.elt.closest("#to, #send, #sent")) {
      warn(event.detail.xhr.status === 404
        ? "This printer is no longer there. Open this page again, and choose another one."
        : "Something went wrong. Look at the printer before you print again.");
      return;
    }
    setText("status", "No preview.");
    warn(event.detail.xhr.status === 404
      ? "This handout has changed. Open it again from the list."
      : "Something went wrong. Please try again.");
  });
  document.addEventListener("htmx:afterSwap", () => {
    const retry = document.querySelector("[data-retry]");
    if (!retry) return;
    retry.remove();
    setTimeout(() => htmx.trigger("#preview", "again"), 2000);
  });

  // The server refuses thumbnails while it is busy: try again later.
  document.addEventListener("error", (event) => {
    const image = event.target;
    if (!(image instanceof HTMLImageElement) || !image.closest(".thumbnail")) return;
    const tries = Number(image.dataset.tries || 0);
    if (tries >= 5) { image.hidden = true; return; }
    image.dataset.tries = tries + 1;
    setTimeout(() => { image.src = image.src; }, 2000 * (tries + 1));
  }, true);

  if (!choice) return;

  choice.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sections]");
    if (!button) return;
    event.preventDefault();
    const selected = new Set(button.dataset.sections.split(" "));
    for (const box of choice.querySelectorAll("[name=section]")) box.checked = selected.has(box.value);
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Enter in a field updates the preview instead of printing.
  choice.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  // Print from the browser: load the file into a hidden frame and open the print dialog of its PDF viewer. Without a
  // viewer, the browser opens or saves the file.
  const frame = document.getElementById("printing");
  const print = choice.querySelector("[data-do=print]");
  const toFrame = () => {
    print.formTarget = navigator.pdfViewerEnabled ? "printing" : "_blank";
    if (navigator.pdfViewerEnabled) { frame.hidden = false; frame.classList.add("unseen"); setText("status", "Getting the print ready…"); }
  };
  // If the server did not respond, the browser would replace this page by its own error page, and lose the choices.
  for (const button of choice.querySelectorAll("[formaction$='/print'], [formaction$='/download']")) {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await fetch("/number", { cache: "no-store" });
      } catch {
        warn("The server does not respond. Is “handouts serve” still running?");
        return;
      }
      if (button === print) toFrame();
      choice.requestSubmit(button);
    });
  }
  frame.addEventListener("load", () => {
    let error = null;
    try {
      if (frame.contentWindow.location.href === "about:blank") return;
      error = frame.contentDocument && frame.contentDocument.querySelector("[data-error]");
    } catch { /* the viewer of the browser cannot be accessed: it shows the file */ }
    if (error) { setText("status", error.dataset.error); warn(error.dataset.error); return; }
    setText("status", "The print dialog is open.");
    frame.contentWindow.focus();
    frame.contentWindow.print();
    print.focus();
  });

  // Print on a printer: until the printer has the print, pressing the button again does nothing.
  const send = document.getElementById("send");
  if (send) {
    // Of the printer settings, only the sides change the preview: the number of sheets.
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
      setText("sent", "Sending…");
    });
    const updateButton = () => {
      if (document.querySelector("[data-sending]")) send.setAttribute("aria-disabled", "true");
      else send.removeAttribute("aria-disabled");
    };
    document.addEventListener("htmx:afterRequest", updateButton);
    document.addEventListener("htmx:afterSettle", (event) => {
      updateButton();
      if (event.target.id === "options") htmx.trigger("#preview", "again");
    });
  }

  choice.querySelector("[data-do=copy]")?.addEventListener("click", async (event) => {
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(choice));
    fields.delete("patient");
    fields.delete("note");
    let text;
    try {
      const answer = await fetch(event.target.closest("button").formAction, { method: "POST", body: fields, headers: { Accept: "text/plain" } });
      if (!answer.ok) {
        warn(answer.status === 429 ? "Busy: many people are using this page. Try again in a moment." : "There is no text for this choice.");
        return;
      }
      text = await answer.text();
    } catch {
      warn("The server does not respond. Is “handouts serve” still running?");
      return;
    }
    try {
      await navigator.clipboard.writeText(text);
      setText("status", "Copied. Paste it into the message.");
    } catch {
      const field = document.getElementById("text");
      field.value = text;
      document.getElementById("text-to-copy").showModal();
      field.select();
    }
  });

  // Remove what was typed for a patient, so that nobody sees it who comes back to this page.
  const removePatient = () => {
    for (const field of choice.querySelectorAll("[data-private]")) field.value = "";
    for (const image of document.querySelectorAll("#preview img[src^='data:']")) image.remove();
    frame.src = "about:blank";
  };
  addEventListener("pagehide", removePatient);
  addEventListener("pageshow", (event) => { if (event.persisted) { removePatient(); htmx.trigger("#preview", "again"); } });
})();
