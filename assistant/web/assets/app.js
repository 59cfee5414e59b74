// What HTML alone cannot do in Gradio's page: keep the language, announce answers, move focus, follow markers.
(() => {
  const root = document.documentElement;
  // Gradio chooses the words of its own parts by the browser's language.
  Object.defineProperty(navigator, 'language', {get: () => 'fi'});
  Object.defineProperty(navigator, 'languages', {get: () => ['fi']});
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

  const nameControls = () => {
    nameTabs();
    // Gradio's English name hides the words that can be seen on the button.
    document.querySelectorAll('.upload-container[aria-label]').forEach((each) => each.removeAttribute('aria-label'));
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

  // The clipboard's own interface is there on secure addresses only; many a town hall's is plain http.
  const copy = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const box = document.createElement('textarea');
    box.value = text;
    box.className = 'sr-only';
    document.body.append(box);
    box.select();
    const done = document.execCommand('copy');
    box.remove();
    if (!done) throw new Error('copying was refused');
  };

  const copyFrom = async (button) => {
    const {copy: text, link, done} = button.dataset;
    const note = button.closest('.turn, li, td')?.querySelector('.thanks');
    let told = done;
    try {
      await copy(text ?? location.origin + location.pathname + link);
    } catch {
      told = 'Kopiointi ei onnistunut: selain esti sen.';
    }
    if (note) { note.textContent = told; note.hidden = false; }
    announce(told);
    button.focus({preventScroll: true});
  };

  // A vote is sent at once; the form for its reason opens below.
  const showVote = (button) => {
    const turn = button.closest('.turn');
    turn.querySelectorAll('[aria-pressed]').forEach((each) => each.setAttribute('aria-pressed', each === button));
    turn.querySelectorAll('form.reasons').forEach((form) => {
      form.hidden = form.id !== button.getAttribute('aria-controls');
    });
  };

  const thank = (element) => {
    const place = document.querySelector(`.thanks[data-for="${CSS.escape(element.dataset.thanks)}"]`);
    if (!place) return;
    place.textContent = element.textContent;
    place.hidden = false;
    const form = place.closest('.turn').querySelector('form.reasons:not([hidden])');
    if (!form || !('closing' in element.dataset)) return;
    form.hidden = true;
    focusOn(document.querySelector(`[aria-controls="${form.id}"]`));
  };

  let waiting;
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      document.getElementById('odotus').hidden = false;
      announce('Haetaan vastausta.');
    }, 500);
  };
  const stopWaiting = () => {
    clearTimeout(waiting);
    const place = document.getElementById('odotus');
    if (place) place.hidden = true;
  };

  let lastSort;
  const sortBy = (key) => {
    const order = document.querySelector('#tavoite-haku select[name=sort]');
    order.value = order.value === key ? `-${key}` : key;
    lastSort = key;
    order.dispatchEvent(new Event('input', {bubbles: true}));
  };

  let lastRow;
  const onClick = (event) => {
    const at = (selector) => event.target.closest(selector);
    const marker = at('[data-goto]');
    if (marker) {
      event.preventDefault();
      const target = document.getElementById(marker.dataset.goto);
      if (target) focusOn(target);
    }
    const row = at('tbody :is([data-event=row], [data-event=read])');
    if (row) {
      lastRow = row;
      row.closest('tbody').querySelectorAll('[aria-current]').forEach((each) => each.removeAttribute('aria-current'));
      row.setAttribute('aria-current', 'true');
    }
    if (at('[data-event=back]') && lastRow?.isConnected) focusOn(lastRow);
    if (at('[data-copy], [data-link]')) copyFrom(at('[data-copy], [data-link]'));
    if (at('button[data-event=rate]')) showVote(at('button[data-event=rate]'));
    if (at('[data-sort]')) sortBy(at('[data-sort]').dataset.sort);
    if (at('#laheta, [data-event=ask]')) wait();
  };

  const onKey = (event) => {
    moveAlongTabs(event);
    if (event.key === 'Enter' && !event.shiftKey && event.target.matches?.('#kysymys textarea')) wait();
  };

  // Words that Gradio has in English only.
  const finnish = {
    'Error': 'Virhe', 'Warning': 'Varoitus', 'Info': 'Tiedoksi', 'Success': 'Valmis',
    'Connection to the server was lost. Attempting reconnection...':
      'Yhteys palvelimeen katkesi. Yritetään yhdistää uudelleen …',
    'Connection errored out.': 'Yhteys palvelimeen katkesi. Yritä hetken kuluttua uudelleen.',
  };
  const translate = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const words = finnish[walker.currentNode.data.trim()];
      if (words) walker.currentNode.data = words;
    }
  };

  // Gradio loads the page anew when the server is back: what was being written is carried over.
  const DRAFT = 'tavoiteavustaja-luonnos';
  const question = () => document.querySelector('#kysymys textarea');
  const keepDraft = () => { if (question()?.value) sessionStorage.setItem(DRAFT, question().value); };
  const restoreDraft = () => {
    const draft = question() && sessionStorage.getItem(DRAFT);
    if (!draft) return;
    sessionStorage.removeItem(DRAFT);
    question().value = draft;
    question().dispatchEvent(new Event('input', {bubbles: true}));
  };

  const arrived = (added) => {
    const find = (selector) => added.flatMap((node) =>
      node.matches(selector) ? [node] : [...node.querySelectorAll(selector)]);
    const told = find('[data-announce]').pop();
    if (told) announce(told.textContent);
    find('[data-thanks]').forEach(thank);
    find('.toast-body').forEach(translate);
    restoreDraft();
    if (find('article.turn, .welcome, .toast-body').length) stopWaiting();
    const turn = find('article.turn').pop();
    if (turn) {
      // A follow-up button that was pressed is gone now: its user goes on from the new answer.
      if (document.activeElement === document.body) turn.focus({preventScroll: true});
      turn.scrollIntoView({block: 'start'});
      // A link's question has been answered: the page opened anew shall not ask it again.
      if (location.search.includes('q=')) history.replaceState(history.state, '', location.pathname);
    }
    if (lastSort && document.activeElement === document.body) {
      find(`[data-sort="${lastSort}"]`).forEach((button) => button.focus({preventScroll: true}));
    }
    // The panel may still be hidden while its tab is being switched to.
    const target = find('[data-focus]').pop();
    if (target) setTimeout(() => focusOn(target), 60);
  };

  const start = () => {
    addFrame();
    document.addEventListener('click', onClick);
    document.addEventListener('keydown', onKey);
    addEventListener('pagehide', keepDraft);
    new MutationObserver((changes) => {
      nameControls();
      // Gradio replaces only what differs: at times the words of an element, not the element.
      const around = (node) => node.parentElement?.closest('[data-announce]');
      const added = changes.flatMap((change) => change.type === 'characterData' ? [around(change.target)]
        : [...change.addedNodes].map((node) => node.nodeType === 1 ? node : around(node)));
      const elements = [...new Set(added)].filter((node) => node?.isConnected);
      if (elements.length) arrived(elements);
    }).observe(document.querySelector('gradio-app') ?? document.body,
      {childList: true, subtree: true, characterData: true});
    nameControls();
  };
  if (document.body) start(); else document.addEventListener('DOMContentLoaded', start);
})();
