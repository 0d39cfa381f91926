// The moderator's desk by keyboard: J and K move, and each act has the key written on its button
// (aria-keyshortcuts). A switch, [data-keys-switch], turns single keys off (WCAG 2.1.4).
const desk = document.querySelector("[data-keys]");
const toggle = document.querySelector("[data-keys-switch]");
let isOn = localStorage.getItem("keys") !== "off";

const show = () => toggle?.setAttribute("aria-pressed", isOn);
toggle?.removeAttribute("hidden");
toggle?.addEventListener("click", () => {
  isOn = !isOn;
  localStorage.setItem("keys", isOn ? "on" : "off");
  show();
});
show();

const move = (by) => {
  const stops = [...desk.querySelectorAll("[data-stop], tbody th a, .row h2 a, .row h3 a")];
  const chosen = desk.querySelector("[aria-current=true] a");
  const now = stops.indexOf(document.activeElement);
  const from = now < 0 ? stops.indexOf(chosen) : now;
  stops[Math.min(Math.max(from + by, 0), stops.length - 1)]?.focus();
};

document.addEventListener("keydown", (event) => {
  if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  const key = event.key.toUpperCase();
  const act = document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  if (key === "J" || key === "K") move(key === "J" ? 1 : -1);
  else if (act && key.length === 1) act.click();
  else return;
  event.preventDefault();
});
