// Shows, beside the form of a practice, the pages as they will look; asks before what was typed is left behind.
(() => {
  "use strict";
  const form = document.getElementById("edit");
  if (!form) return;
  document.getElementById("message")?.focus();
  let isChanged = false;
  let isLeaving = false;
  form.addEventListener("submit", () => { isLeaving = true; });
  addEventListener("beforeunload", (event) => { if (isChanged && !isLeaving) event.preventDefault(); });

  const draft = document.getElementById("draft");
  let soon = 0;
  let asking = null;
  const place = (html) => {
    const parts = document.createElement("template");
    parts.innerHTML = html;
    for (const part of parts.content.querySelectorAll("[data-into]")) document.getElementById(part.dataset.into).replaceChildren(...part.childNodes);
  };
  const preview = async () => {
    asking?.abort();
    const control = asking = new AbortController();
    document.body.classList.add("busy");
    try {
      const response = await fetch(`${form.action}/preview`, { method: "POST", headers: { "X-Part": "1" }, body: new FormData(form), signal: control.signal });
      const html = await response.text();
      if (control !== asking) return;
      if (response.ok) place(html);
      else if (response.status === 429) soon = setTimeout(preview, 2000);
      else draft.textContent = "The preview cannot be made. Save is still possible: it checks everything.";
    } catch (error) {
      if (error.name !== "AbortError") draft.textContent = "The server does not respond. If this stays, ask your IT person to start it again.";
    } finally {
      if (control === asking) document.body.classList.remove("busy");
    }
  };
  const changed = (delay) => { clearTimeout(soon); if (draft) soon = setTimeout(preview, delay); };
  form.addEventListener("input", (event) => { isChanged = true; changed(event.target.type === "color" ? 150 : 600); });
  document.getElementById("show")?.addEventListener("click", (event) => { event.preventDefault(); preview(); });
  if (draft) preview();
})();
