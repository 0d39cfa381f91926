// The menu where the browser knows no popover, and a viewer's menu that closes when one leaves it.
if (!("popover" in HTMLElement.prototype)) {
  for (const button of document.querySelectorAll("[popovertarget]")) {
    const target = document.getElementById(button.getAttribute("popovertarget"));
    const show = (open) => {
      target.classList.toggle("is-closed", !open);
      button.setAttribute("aria-expanded", open);
    };
    show(false);
    button.addEventListener("click", () => show(target.classList.contains("is-closed")));
  }
}

for (const menu of document.querySelectorAll("details.viewer")) {
  const close = () => (menu.open = false);
  document.addEventListener("click", (event) => menu.contains(event.target) || close());
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
}
