/**
 * The page's only script: a filter for the scenarios, copy buttons, and opening what an address points into. Nothing that can be
 * read needs it. It must not contain a closing script tag.
 */
export const SCRIPT = `
"use strict";
(() => {
  const form = document.getElementById("filter");
  const verdict = document.getElementById("filter-verdict");
  const text = document.getElementById("filter-text");
  const count = document.getElementById("filter-count");
  const items = [...document.querySelectorAll("#scenario-list > details")];
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const item of items) {
      const fits = (verdict.value === "" || item.dataset.verdict === verdict.value)
        && item.querySelector("summary").textContent.toLowerCase().includes(wanted);
      item.hidden = !fits;
      if (fits) shown += 1;
    }
    count.textContent = shown + " of " + items.length + " shown";
  };
  form.hidden = items.length < 2;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", apply);

  for (const block of navigator.clipboard ? document.querySelectorAll("pre.command") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the command");
    button.addEventListener("click", () => navigator.clipboard.writeText(block.textContent).then(
      () => { button.textContent = "Copied"; },
      () => { button.textContent = "Not allowed"; },
    ));
    block.after(button);
  }

  const reveal = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place === null) return;
    for (let at = place; at !== null; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
      if (at.hidden) at.hidden = false;
    }
    place.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash.length > 1) reveal();
})();
`;
