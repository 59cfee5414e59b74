let waiting;
const send = (event, delay) => {
  const form = event.target.closest('form');
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => trigger('change', Object.fromEntries(new FormData(form))), delay);
};
element.addEventListener('input', (event) => send(event, 250));
element.addEventListener('reset', (event) => send(event, 0));
element.addEventListener('submit', (event) => { event.preventDefault(); send(event, 0); });
