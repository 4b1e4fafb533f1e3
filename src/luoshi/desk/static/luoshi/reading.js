// The reading desk with keys and light, the drop zone with dragging. Without this file every move is a link or a button.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const keysOf = (each) => (each.getAttribute("data-of") || "").split(" ").filter(Boolean);
  const desk = document.querySelector(".reading-desk");
  if (desk) reading();
  const form = document.querySelector("[data-drop]");
  if (form) dropping(form);

  function reading() {
    const paper = document.querySelector(".paper"), cards = document.querySelector(".cards"), bulk = document.getElementById("act");
    let chosen = null;

    // Light: a card and its words in the report, whichever is pointed at; what was chosen stays lit.
    const light = (each) => {
      for (const old of all(".lit", desk)) old.classList.remove("lit");
      if (!each) return;
      for (const key of keysOf(each))
        for (const other of all(`[data-of~="${CSS.escape(key)}"]`, desk)) other.classList.add("lit");
    };
    const show = (each) => {
      const box = each.getBoundingClientRect();
      if (!paper.contains(each) || paper.scrollHeight <= paper.clientHeight) {
        if (box.top < 72 || box.bottom > innerHeight - 8) each.scrollIntoView({ block: "center" });
        return;
      }
      const frame = paper.getBoundingClientRect(), bottom = Math.min(frame.bottom, innerHeight);
      if (box.top < frame.top + 56 || box.bottom > bottom - 24)
        paper.scrollTop += box.top - frame.top - (bottom - frame.top) / 3;
    };
    // What was said before is asked for once, of a card that somebody stays at for a moment.
    let asking = 0;
    const ask = (card) => {
      clearTimeout(asking);
      if (!card.matches(".is-waiting:not(.asking)") || card.dataset.asked) return;
      asking = setTimeout(() => {
        if (card !== chosen || !card.isConnected) return;
        card.dataset.asked = "1";
        const slot = document.createElement("div");
        card.querySelector("dl").after(slot);
        htmx.ajax("GET", cards.dataset.earlier.replace("/0/", `/${card.dataset.draft}/`), { target: slot, swap: "outerHTML" });
      }, 400);
    };
    const choose = (card, move = true) => {
      if (chosen) chosen.classList.remove("chosen");
      chosen = card;
      if (!card) return;
      card.classList.add("chosen");
      light(card);
      ask(card);
      if (move) {
        show(card);
        const words = keysOf(card).map((key) => document.getElementById("e" + key)).find(Boolean);
        if (words) show(words);
        history.replaceState(null, "", "#" + card.id);
      }
    };
    const cardOf = (words) => keysOf(words).map((key) => document.getElementById("t" + key)).find(Boolean);
    const pointed = (event) => (event.target.closest ? event.target.closest("[data-of]") : null);

    document.addEventListener("mouseover", (event) => light(pointed(event) || chosen));
    document.addEventListener("focusin", (event) => {
      const each = pointed(event);
      if (each && cards.contains(each)) choose(each, false);
      else if (each) light(each);
    });
    document.addEventListener("click", (event) => {
      const noise = event.target.closest(".noise");
      if (noise) { noise.classList.toggle("open"); return; }
      const words = event.target.closest(".text a.ev"), number = event.target.closest("a.n");
      if (event.ctrlKey || event.metaKey || event.shiftKey || !(words || number)) return;
      const card = words ? cardOf(words) : number.closest(".card");
      if (!card) return;
      event.preventDefault();
      choose(card);
    });

    // Keys. Where somebody types, keys are letters; Escape leaves a form.
    const fresh = () => {
      // The chosen card as it stands now: it may have been replaced a moment ago.
      if (chosen && !chosen.isConnected) choose(document.getElementById(chosen.id), false);
      return chosen;
    };
    const press = (name) => {
      const control = fresh() && chosen.querySelector(`[data-key="${name}"]`);
      if (control) control.click();
      return Boolean(control);
    };
    const step = (by) => {
      const every = all(".card", cards);
      fresh();
      choose(every[Math.min(Math.max(every.indexOf(chosen) + by, 0), every.length - 1)] || null);
      const there = chosen && chosen.querySelector("a.n");
      if (there) there.focus({ preventScroll: true });
    };
    const whole = () => {
      const group = fresh() && chosen.closest(".directive");
      if (!group || !bulk) return;
      for (const box of all("input[name=drafts]")) box.checked = group.contains(box);
      if (all("input[name=drafts]:checked").length) bulk.requestSubmit();
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && chosen) { press("Escape"); return; }
      if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (key === "j") step(1);
      else if (key === "k") step(-1);
      else if (key === "?") { const help = document.querySelector(".keys"); if (help) help.open = !help.open; }
      else if (key === "Enter" && event.shiftKey) { event.preventDefault(); whole(); }
      else if (key === "Enter") {
        // On a link, a button or the number of a card, Enter is theirs, but for the number of the chosen one.
        if (event.target.closest("a:not(.n), button, summary, label") || !press("Enter")) return;
        event.preventDefault();
      } else if (["e", "m", "s", "l", "x", "u"].includes(key)) { if (press(key)) event.preventDefault(); }
    });

    // How many are ticked, and to how many units they would go.
    const told = () => {
      const button = document.getElementById("bulk");
      if (!button) return;
      const ticked = all("input[name=drafts]:checked");
      const units = new Set(ticked.map((box) => box.dataset.units).filter(Boolean));
      button.disabled = !ticked.length;
      button.textContent = ticked.length
        ? button.dataset.some.replace("{n}", ticked.length).replace("{units}", units.size)
        : button.dataset.none;
    };
    document.addEventListener("change", told);

    // A card that was replaced is the chosen one again, with the cursor where it is needed.
    document.addEventListener("htmx:beforeRequest", (event) => event.target.closest(".card")?.classList.add("sent"));
    document.addEventListener("htmx:responseError", (event) => event.target.closest(".card")?.classList.remove("sent"));
    document.addEventListener("htmx:sendError", (event) => event.target.closest(".card")?.classList.remove("sent"));
    document.addEventListener("htmx:afterSettle", () => {
      const id = chosen && chosen.id, now = id && document.getElementById(id);
      if (now && now !== chosen) {
        choose(now, false);
        const first = now.querySelector("[data-focus], form.ask textarea, form.ask input:not([type=hidden])");
        (first || now.querySelector("a.n") || now).focus({ preventScroll: true });
      }
      told();
    });

    const arrive = () => {
      const there = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
      if (there && there.matches("[data-of]")) choose(there.matches(".card") ? there : cardOf(there));
      else if (there && there.matches(".card")) choose(there);
    };
    addEventListener("hashchange", arrive);
    arrive();
    told();
  }

  // Files dropped anywhere on the page go into the form.
  function dropping(form) {
    const zone = form.querySelector(".zone"), files = form.querySelector("input[type=file]");
    const over = (on) => zone.classList.toggle("over", on);
    document.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (!event.dataTransfer.files.length) return;
      files.files = event.dataTransfer.files;
      form.querySelector("button[type=submit]").focus();
    });
  }
})();
