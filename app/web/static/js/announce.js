// Says a sentence to those who hear the page instead of seeing it.
export function announce(sentence) {
  const announcer = document.getElementById("announcer");
  if (!announcer || !sentence) return;
  announcer.textContent = "";
  setTimeout(() => (announcer.textContent = sentence), 100);
}
