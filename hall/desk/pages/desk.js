// J and K walk the list while the focus is in it; everything else works without script.
document.addEventListener("keydown", (event) => {
  const list = event.target instanceof Element ? event.target.closest("[data-walk]") : null;
  if (!list || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!step) return;
  const links = [...list.querySelectorAll("a[href]")];
  const next = links[links.indexOf(document.activeElement) + step];
  if (next) { next.focus(); event.preventDefault(); }
});
