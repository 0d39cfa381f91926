// A button that copies a link or a text: hidden where it could not work.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const what = button.dataset.copy;
    await navigator.clipboard.writeText(
      what.startsWith("#") ? document.querySelector(what).textContent.trim() : what || location.href,
    );
    document.dispatchEvent(new CustomEvent("announce", { detail: button.dataset.said }));
    const word = button.textContent;
    button.textContent = button.dataset.said;
    setTimeout(() => (button.textContent = word), 2000);
  });
}
