// An act without leaving the page: the answer's fragment takes the place of the one it changed.
// Whatever goes wrong is left to the ordinary form, whose answer explains it.

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const id = form.dataset.inPlace;
  const button = event.submitter;
  if (!id || event.defaultPrevented || form.dataset.plain) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, button),
      headers: { Accept: "text/html; fragment" },
    });
    if (answer.redirected) return location.assign(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fragment = page.getElementById(id);
    const old = document.getElementById(id);
    if (!answer.ok || !fragment || !old) throw new Error(answer.status);
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(fragment);
    if (hadFocus) (fragment.querySelector("[autofocus], button, a[href]") ?? fragment).focus();
    const sentence = fragment.dataset.said ?? fragment.querySelector("[role=status]")?.textContent;
    document.dispatchEvent(new CustomEvent("announce", { detail: sentence?.trim() }));
  } catch {
    form.dataset.plain = "1";
    form.removeAttribute("aria-busy");
    form.requestSubmit(button);
  }
});
