// The one script of every page: fetches a module only where a page asks for it by an attribute.
const menus = "popover" in HTMLElement.prototype ? "details.viewer" : "[popovertarget]";
const modules = {
  [menus]: "menu",
  "[data-most]": "counts",
  "form[data-autosave]": "autosave",
  "form[data-in-place]": "in_place",
  "[data-keys]": "keys",
  "[data-copy]": "copy",
};

for (const [attribute, name] of Object.entries(modules)) {
  if (document.querySelector(attribute)) import(`./${name}.js`);
}
