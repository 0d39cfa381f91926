// Saves a draft while one writes: posts the form to the address in data-autosave, and says when.
const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const said = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  let timer;
  let last = new URLSearchParams(new FormData(form)).toString();

  const save = async () => {
    const written = new FormData(form);
    const text = new URLSearchParams(written).toString();
    if (text === last) return;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: written,
        headers: { Accept: "text/html; fragment" },
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      last = text;
      const [hour, minute] = new Date().toTimeString().split(":");
      say(said?.dataset.said.replace("{hour}", hour).replace("{minute}", minute));
    } catch {
      say(said?.dataset.failed);
    }
  };
  const say = (sentence) => said && (said.textContent = sentence);
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => document.hidden && save());
}
