// What HTML alone cannot do in Gradio's page: keep the language, announce answers, move focus, follow markers.
(() => {
  const root = document.documentElement;
  // Gradio sets the browser's language; the content is Finnish whatever the browser asks for.
  const keepFinnish = () => { if (root.lang !== 'fi') root.lang = 'fi'; };
  new MutationObserver(keepFinnish).observe(root, {attributes: true, attributeFilter: ['lang']});
  keepFinnish();

  // Focus, and scroll only where the place cannot be seen already.
  const focusOn = (element) => {
    element.focus({preventScroll: true});
    const {top} = element.getBoundingClientRect();
    const seen = top >= 0 && top < 0.6 * innerHeight;
    if (!seen) element.scrollIntoView({block: element.matches('mark, .source') ? 'center' : 'start'});
  };

  const addFrame = () => {
    const skip = document.createElement('a');
    skip.href = '#valilehdet';
    skip.className = 'skip-link';
    skip.textContent = 'Siirry sisältöön';
    skip.addEventListener('click', (event) => {
      event.preventDefault();
      const panel = [...document.querySelectorAll('[role=tabpanel]')].find((each) => each.offsetParent);
      const target = panel?.querySelector('textarea, input') ?? panel?.querySelector('h2');
      if (!target) return;
      if (target.matches('h2')) target.tabIndex = -1;
      focusOn(target);
    });
    const live = document.createElement('div');
    live.id = 'ilmoitukset';
    live.className = 'sr-only';
    live.setAttribute('role', 'status');
    live.setAttribute('aria-live', 'polite');
    document.body.prepend(skip);
    document.body.append(live);
  };

  let pending;
  const announce = (text) => {
    clearTimeout(pending);
    const live = document.getElementById('ilmoitukset');
    live.textContent = '';
    pending = setTimeout(() => { live.textContent = text; }, 120);
  };

  const nameTabs = () => document.querySelectorAll('[role=tab][aria-controls]').forEach((tab) => {
    const panel = tab.getAttribute('aria-controls') && document.getElementById(tab.getAttribute('aria-controls'));
    if (tab.id && panel) panel.setAttribute('aria-labelledby', tab.id);
  });

  // Left and right move along the tab bar, as in every tab bar.
  const moveAlongTabs = (event) => {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    const tab = step && event.target.closest('[role=tab]');
    if (!tab) return;
    const tabs = [...tab.parentElement.querySelectorAll('[role=tab]')];
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  };

  let lastRow;
  const onClick = (event) => {
    const marker = event.target.closest('[data-goto]');
    if (marker) {
      event.preventDefault();
      const target = document.getElementById(marker.dataset.goto);
      if (target) focusOn(target);
    }
    const row = event.target.closest('[data-event=row], [data-event=read]');
    if (row) {
      lastRow = row;
      row.closest('tbody').querySelectorAll('[aria-current]').forEach((each) => each.removeAttribute('aria-current'));
      row.setAttribute('aria-current', 'true');
    }
    if (event.target.closest('[data-event=back]') && lastRow?.isConnected) focusOn(lastRow);
  };

  const arrived = (added) => {
    const find = (selector) => added.flatMap((node) =>
      node.matches(selector) ? [node] : [...node.querySelectorAll(selector)]);
    const told = find('[data-announce]').pop();
    if (told) announce(told.textContent);
    const turn = find('article.turn').pop();
    if (turn) {
      // A follow-up button that was pressed is gone now: its user goes on from the new answer.
      if (document.activeElement === document.body) turn.focus({preventScroll: true});
      turn.scrollIntoView({block: 'start'});
    }
    // The panel may still be hidden while its tab is being switched to.
    const target = find('[data-focus]').pop();
    if (target) setTimeout(() => focusOn(target), 60);
  };

  const start = () => {
    addFrame();
    document.addEventListener('click', onClick);
    document.addEventListener('keydown', moveAlongTabs);
    new MutationObserver((changes) => {
      nameTabs();
      const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.nodeType === 1);
      if (added.length) arrived(added);
    }).observe(document.querySelector('gradio-app') ?? document.body, {childList: true, subtree: true});
    nameTabs();
  };
  if (document.body) start(); else document.addEventListener('DOMContentLoaded', start);
})();
