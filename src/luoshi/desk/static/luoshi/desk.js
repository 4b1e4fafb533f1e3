// What htmx needs of every page of the desk: the token that Django asks for, and the focus after a part was replaced.
(() => {
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  // A form that was refused (422) is shown with its faults, like one that was done.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const wrong = event.detail.elt.querySelector("[data-focus]");
    if (wrong) wrong.focus();
  });
})();
