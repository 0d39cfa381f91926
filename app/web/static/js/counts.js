// How many characters a text has, as the server counts them: code points, a line end as one.
for (const field of document.querySelectorAll("[data-most]")) {
  const counter = document.getElementById(`${field.id}-s`);
  if (!counter) continue;
  const most = Number(field.dataset.most);
  let wasOver = false;
  const count = () => {
    const length = [...field.value].length;
    const isOver = length > most;
    counter.textContent = isOver
      ? counter.dataset.over.replace("{over}", length - most)
      : counter.dataset.said.replace("{count}", length);
    counter.classList.toggle("is-over", isOver);
    if (isOver && !wasOver) document.dispatchEvent(new CustomEvent("announce", { detail: counter.textContent }));
    wasOver = isOver;
  };
  field.addEventListener("input", count);
  count();
}
