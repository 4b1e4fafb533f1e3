// Lights a line and its evidence together; J and K go through the lines. The page works without it.
(() => {
  const index = (name) => {
    const found = new Map();
    for (const each of document.querySelectorAll(`[${name}]`))
      for (const key of each.getAttribute(name).split(" ")) {
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(each);
      }
    return found;
  };
  const of = index("data-of"), within = index("data-in");
  const keys = (each, name) => (each.getAttribute(name) || "").split(" ").filter(Boolean);
  let lit = [], chosen = null;

  const light = (each) => {
    for (const old of lit) old.classList.remove("lit", "near");
    lit = [];
    if (!each) return;
    for (const key of keys(each, "data-in")) for (const other of within.get(key)) mark(other, "near");
    for (const key of keys(each, "data-of")) for (const other of of.get(key)) mark(other, "lit");
  };
  const mark = (each, how) => { each.classList.add(how); lit.push(each); };
  const found = (event) => event.target.closest ? event.target.closest("[data-of]") : null;

  // Brings something to the middle of its pane, or of the window where the pane does not scroll.
  const show = (each) => {
    const pane = each.closest(".original");
    if (!pane || pane.scrollHeight <= pane.clientHeight || getComputedStyle(pane).position !== "sticky") {
      const box = each.getBoundingClientRect();
      if (box.top < 60 || box.bottom > innerHeight) each.scrollIntoView({ block: "center" });
      return;
    }
    const box = each.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    if (frame.top > innerHeight / 2 || frame.bottom < innerHeight / 2) pane.scrollIntoView();
    const top = Math.max(frame.top, 0), bottom = Math.min(frame.bottom, innerHeight);
    if (box.top < top + 48 || box.bottom > bottom - 24) pane.scrollTop += box.top - top - (bottom - top) / 3;
  };
  const choose = (each) => {
    chosen = each;
    light(each);
    const key = keys(each, "data-of")[0];
    const other = document.getElementById((each.closest(".text") ? "t" : "e") + key);
    if (!other) return;
    show(other);
    history.replaceState(null, "", "#" + other.id);
  };

  document.addEventListener("mouseover", (event) => light(found(event) || chosen));
  document.addEventListener("focusin", (event) => { const each = found(event); if (each) light(each); });
  document.addEventListener("click", (event) => {
    const each = found(event);
    if (!each || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!event.target.closest("a") && String(getSelection())) return;
    if (event.target.closest("a")) event.preventDefault();
    choose(each);
  });
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea")) return;
    const rows = [...document.querySelectorAll("tr[data-of]")].filter((row) => row.offsetParent);
    const row = chosen && chosen.closest(".text") ? of.get(keys(chosen, "data-of")[0]).find((e) => e.matches("tr")) : chosen;
    const next = rows[rows.indexOf(row) + step] || (row ? null : rows[0]);
    if (!next) return;
    next.querySelector("a").focus({ preventScroll: true });
    show(next);
    choose(next);
  });
  const arrive = () => {
    const there = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!there || !there.hasAttribute("data-of")) return;
    chosen = there;
    light(there);
    for (const each of of.get(keys(there, "data-of")[0])) if (each.id) show(each);
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
