// The desk works without this file. It spares reloads, moves the preview while one types, and gives keys.
// It never makes HTML from text: pages are parsed by the browser as documents (XMLHttpRequest), and parts of them are moved over.
// So the policy can be: require-trusted-types-for 'script'; trusted-types 'none'.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  document.documentElement.classList.add("script");

  // --- one request, answered by a document ---------------------------------------------------------------------------
  function ask(url, body, parts, done, failed) {
    const call = new XMLHttpRequest();
    call.open(body ? "POST" : "GET", url);
    call.responseType = "document";
    call.timeout = 15000;
    if (parts) call.setRequestHeader("Desk-Parts", parts);
    if (body) call.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    call.onload = () => {
      const page = call.response;
      if (!page || !page.body || call.getResponseHeader("Desk") !== "1") failed(call.status);
      else done(page, call);
    };
    call.onerror = call.ontimeout = () => failed(0);
    call.send(body ? new URLSearchParams(body).toString() : null);
    return call;
  }

  // Move the named parts of `page` into this one. Focus goes to the same thing in the fresh part, else to the part.
  function swap(page, parts) {
    const active = document.activeElement;
    const same = active.id ? `#${CSS.escape(active.id)}` : active.dataset.key ? `[data-key="${active.dataset.key}"]`
      : active.name ? `[name="${active.name}"][value="${CSS.escape(active.value)}"]` : "";
    for (const id of parts.split(" ")) {
      const old = $(id), fresh = page.getElementById(id);
      if (!old) continue;
      const inside = old.contains(active);
      let to = null;
      if (fresh) {
        old.replaceWith(document.adoptNode(fresh));
        to = (same && fresh.querySelector(same)) || fresh;
      } else {
        const all = jobs(), at = all.indexOf(old), next = all[at + 1] || all[at - 1];
        (old.closest("li") || old).remove();
        if (inside || old.hasAttribute("data-here")) mark(next);
        if (document.activeElement === document.body) to = $("jobs") || $("main");
      }
      if (to && (inside || document.activeElement === document.body)) {
        if (!to.matches("a, button, input, select, textarea, [tabindex]")) to.tabIndex = -1;
        to.focus({ preventScroll: true });
      }
    }
    document.title = page.title || document.title;
  }

  // --- forms that stay on the page ------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target, press = event.submitter;
    if (!form.dataset.swap || (press && press.formAction !== form.action && press.hasAttribute("formaction"))) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const parts = form.dataset.swap, part = $(parts.split(" ")[0]);
    part && part.setAttribute("aria-busy", "true");
    const end = () => { delete form.dataset.busy; part && part.removeAttribute("aria-busy"); };
    ask(form.action, new FormData(form, press), parts, (page) => { end(); swap(page, parts); },
      () => { end(); form.removeAttribute("data-swap"); form.requestSubmit(press); });   // as without script
  });

  // --- the preview, while one types -----------------------------------------------------------------------------------
  for (const form of document.querySelectorAll("form[data-preview]")) {
    let clock = 0, call = null, last = "";
    // The quick answer while one types, then the whole one, which shows how far it is; who types on ends it.
    const look = (stage) => {
      const body = new FormData(form), now = new URLSearchParams(body).toString();
      if (now === last && !stage) return;
      last = now;
      if (call) call.abort();
      if (stage) body.set("stage", stage);
      else $("preview").setAttribute("aria-busy", "true");
      call = ask(form.dataset.preview, body, "preview as-text as-form", (page) => {
        const typing = document.activeElement, open = $("preview").contains(typing) || $("preview").querySelector("details[open]");
        if (!stage) swap(page, typing && typing.id === "query" ? "preview as-form" : "preview as-text");
        else if (!open) swap(page, "preview");
        const more = page.querySelector("[data-looking]") || $("preview").querySelector("[data-looking], [data-quick]");
        if (more && !open) clock = setTimeout(look, stage ? 100 : 1000, "whole");
      }, () => $("preview").removeAttribute("aria-busy"));
    };
    form.addEventListener("input", (event) => {
      form.elements.edited.value = event.target.name === "text" ? "text" : "form";
      clearTimeout(clock);
      clock = setTimeout(look, 350, "");
    });
    addEventListener("beforeunload", (event) => { if (last && !form.dataset.sent) event.preventDefault(); });
    form.addEventListener("submit", () => { form.dataset.sent = "1"; });
  }

  // --- keys -------------------------------------------------------------------------------------------------------------
  let going = 0;
  const jobs = () => [...document.querySelectorAll("li > [data-id], article[data-id][data-here]")].filter((job) => job.checkVisibility());
  const here = () => document.querySelector("[data-here]");
  function mark(job) {
    if (!job) return;
    const old = here();
    if (old && old !== job) old.removeAttribute("data-here");
    job.setAttribute("data-here", "");
    const link = job.querySelector("[data-open]");
    if (link) link.focus({ preventScroll: true });
    job.scrollIntoView({ block: "nearest" });
  }
  function step(by) {
    const all = jobs();
    if (!all.length) return;
    const at = all.indexOf(here());
    mark(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
  }
  const press = (what) => { const thing = what && !what.disabled && what; if (thing) thing.click(); return !!thing; };
  const act = {
    j: () => step(1), k: () => step(-1),
    o: () => press(here() && here().querySelector("[data-open]")),
    v: () => press(here() && here().querySelector("[data-apply]")),
    m: () => press(here() && here().querySelector("[name=do][value=unread], [name=do][value=read]")),
    u: () => press(document.querySelector("[data-key=u]")),
    "/": () => { const box = $("q"); if (box) { box.focus(); box.select(); } },
    "?": () => $("keys") && $("keys").togglePopover(),
  };
  for (const key of "sah") act[key] = () => press(here() && here().querySelector(`[data-key=${key}]`));
  addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.keys === "off") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.key === "Escape") { const menu = document.querySelector("details.menu[open]"); if (menu) { menu.open = false; menu.firstElementChild.focus(); } return; }
    if (going && Date.now() - going < 1200) {
      going = 0;
      const room = /^[a-z]$/.test(event.key) && document.querySelector(`.rooms a[data-room=${event.key}]`);
      if (room) { event.preventDefault(); room.click(); return; }
    }
    if (event.key === "g") { going = Date.now(); return; }
    const does = act[event.key];
    if (does) { event.preventDefault(); does(); }
  });
  document.addEventListener("focusin", (event) => { const job = event.target.closest("li > [data-id]"); if (job && job !== here()) { const old = here(); if (old) old.removeAttribute("data-here"); job.setAttribute("data-here", ""); } });
  document.addEventListener("click", (event) => { for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false; });

  // --- small things ---------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    navigator.clipboard.writeText($(copy.dataset.copy).value).then(() => { const said = $("said"); if (said) said.textContent = "Copied."; });
  });
})();
