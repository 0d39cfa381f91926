// The one script of every page: fetches a module only where a page asks for it by an attribute,
// from the address that the page's own <script> names for it, so that no stale copy is used.
const addresses = document.getElementById("scripts").dataset;
const modules = {
  atMenu: "popover" in HTMLElement.prototype ? "details.viewer" : "[popovertarget]",
  atCounts: "[data-most]",
  atAutosave: "form[data-autosave]",
  atInPlace: "form[data-in-place]",
  atKeys: "[data-keys]",
  atCopy: "[data-copy]",
};

for (const [name, attribute] of Object.entries(modules)) {
  if (document.querySelector(attribute)) import(new URL(addresses[name], document.baseURI));
}

// Any module says a sentence to those who hear the page instead of seeing it.
document.addEventListener("announce", ({ detail }) => {
  const announcer = document.getElementById("announcer");
  if (!announcer || !detail) return;
  announcer.textContent = "";
  setTimeout(() => (announcer.textContent = detail), 100);
});
