// "/" and ⌘K or Ctrl-K bring one to the search of the list, where nothing is being typed.
// On a phone the form is folded, where it narrows nothing.
(() => {
  const form = document.querySelector("details.narrowing:not([data-on])");
  if (form && window.matchMedia("(max-width: 600px)").matches && !document.querySelector(".errors")) form.open = false;
  const words = document.getElementById("f-q");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const asked = (event.key === "/" && !typing) || (event.key === "k" && (event.metaKey || event.ctrlKey));
    if (!words || !asked) return;
    event.preventDefault();
    words.focus();
    words.select();
  });
})();
