'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const items = JSON.parse($('data').textContent);
  const list = $('items');
  const chosen = new Set();
  let shown = items;
  let opened = null;

  // Text from the service gets into the page through textContent only.
  function el(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  const plural = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
  const amount = value => String(Number(value.toPrecision(12)));
  const price = item => item.price === undefined ? 'price unknown' : `${amount(item.price)} ${item.currency.toUpperCase()}`;
  const seconds = item => item.run === undefined ? '' : `${Number(item.run.toFixed(1))} s`;
  const time = item => item.created === undefined ? '' : new Date(item.created).toLocaleString();
  const caption = item => item.prompt || item.label || item.file;

  function media(item, isLarge) {
    const box = el('div', 'media');
    if (item.kind === 'image') {
      const image = el('img');
      image.loading = 'lazy';
      image.decoding = 'async';
      image.alt = caption(item).slice(0, 300);
      image.src = item.src;
      box.append(image);
    } else if (item.kind === 'video') {
      const video = el('video');
      video.controls = true;
      video.preload = isLarge ? 'metadata' : 'none';
      video.playsInline = true;
      if (item.poster) video.poster = item.poster;
      video.setAttribute('aria-label', `Video: ${caption(item).slice(0, 300)}`);
      video.src = item.src;
      box.append(video);
    } else if (item.kind === 'audio') {
      const audio = el('audio');
      audio.controls = true;
      audio.preload = 'none';
      audio.setAttribute('aria-label', `Audio: ${caption(item).slice(0, 300)}`);
      audio.src = item.src;
      box.append(audio);
    } else if (item.kind === 'text') {
      const text = isLarge ? item.text : item.text.slice(0, 600);
      box.append(el('pre', '', item.cut && isLarge ? `${text}\n… The file is longer.` : text));
    } else {
      if (item.poster) {
        const image = el('img');
        image.loading = 'lazy';
        image.alt = caption(item).slice(0, 300);
        image.src = item.poster;
        box.append(image);
      }
      box.append(link(item, item.kind === '3d' ? `3D model: ${item.file}` : item.file));
    }
    return box;
  }

  function link(item, text) {
    const anchor = el('a', 'file', text);
    anchor.href = item.src;
    anchor.rel = 'noreferrer';
    return anchor;
  }

  function card(item, index) {
    const node = el('li', 'card');
    node.tabIndex = index === 0 ? 0 : -1;
    node.setAttribute('aria-label', `${caption(item).slice(0, 300)}, ${item.kind}, ${item.model ?? 'unknown model'}, ${price(item)}`);
    const box = media(item, false);
    const about = el('div', 'about');
    about.append(el('p', 'prompt', caption(item)));
    about.append(el('p', 'quiet', item.model ?? item.file));
    const row = el('div', 'row quiet');
    row.append(el('span', '', [price(item), seconds(item), item.seed === undefined ? '' : `seed ${item.seed}`].filter(Boolean).join(' · ')));
    const choose = el('label', 'choose');
    const box2 = el('input');
    box2.type = 'checkbox';
    box2.tabIndex = -1;
    box2.setAttribute('aria-label', `Choose ${caption(item).slice(0, 100)} for the comparison`);
    box2.addEventListener('change', () => choosing(item, box2.checked));
    choose.append(box2, document.createTextNode('Choose'));
    row.append(choose);
    about.append(row);
    node.append(box, about);
    box.addEventListener('click', event => {
      if (!event.target.closest('video, audio, a')) open(item);
    });
    node.addEventListener('focus', () => move(node));
    item.node = node;
    item.box = box2;
    item.order = index;
    item.words = [item.prompt, item.model, item.label, item.file, item.id, item.text].filter(Boolean).join('\n').toLowerCase();
    return node;
  }

  // One card is in the tab order; the arrow keys move it.
  let current = null;
  function move(node) {
    if (current) current.tabIndex = -1;
    current = node;
    node.tabIndex = 0;
  }

  function choosing(item, isChosen) {
    item.box.checked = isChosen;
    item.node.classList.toggle('chosen', isChosen);
    if (isChosen) chosen.add(item); else chosen.delete(item);
    $('tray').hidden = chosen.size === 0;
    $('chosen').textContent = `${plural(chosen.size, 'result')} chosen`;
    $('compare').disabled = chosen.size < 2;
  }

  const keys = {
    order: item => item.order,
    created: item => item.created === undefined ? undefined : Date.parse(item.created),
    run: item => item.run,
    price: item => item.price,
    model: item => item.model,
    name: item => item.file
  };

  // An unknown value comes last in both directions.
  function sorted(found) {
    const key = keys[$('sort').value];
    const sign = $('direction').getAttribute('aria-pressed') === 'true' ? -1 : 1;
    const order = new Intl.Collator('en', { numeric: true });
    return found.map(item => [key(item), item]).sort(([a, first], [b, second]) => {
      if (a === undefined || b === undefined) return (a === undefined) - (b === undefined) || first.order - second.order;
      const difference = typeof a === 'string' ? order.compare(a, b) : a - b;
      return difference * sign || first.order - second.order;
    }).map(pair => pair[1]);
  }

  let placed = items;
  function update() {
    const words = $('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    const model = $('model').value;
    const label = $('label').value;
    const found = items.filter(item =>
      (!model || item.model === model) && (!label || item.label === label) && words.every(word => item.words.includes(word)));
    shown = sorted(found);
    const visible = new Set(shown);
    for (const item of items) {
      const isHidden = !visible.has(item);
      if (item.node.hidden !== isHidden) item.node.hidden = isHidden;
    }
    // Moving nodes is slow, so they move only if their order changed.
    const isPlaced = (() => {
      let last = -1;
      const places = new Map(placed.map((item, index) => [item, index]));
      return shown.every(item => places.get(item) > last && (last = places.get(item), true));
    })();
    if (!isPlaced) {
      const rest = items.filter(item => !visible.has(item));
      placed = [...shown, ...rest];
      list.replaceChildren(...placed.map(item => item.node));
    }
    if (shown.length && !visible.has(items.find(item => item.node === current))) move(shown[0].node);
    $('empty').hidden = shown.length > 0;
    summarize();
  }

  // A prediction with several files has one price.
  function summarize() {
    const sums = new Map();
    const seen = new Set();
    let unknown = 0;
    for (const item of shown) {
      const id = item.id ?? item;
      if (seen.has(id)) continue;
      seen.add(id);
      if (item.price === undefined) unknown++;
      else sums.set(item.currency, (sums.get(item.currency) ?? 0) + item.price);
    }
    const total = [...sums].map(([currency, sum]) => `${amount(Math.round(sum * 1e6) / 1e6)} ${currency.toUpperCase()}`).join(' + ');
    const count = shown.length === items.length ? plural(shown.length, 'result') : `${shown.length.toLocaleString('en')} of ${plural(items.length, 'result')}`;
    $('summary').textContent = [count, total, unknown ? `${plural(unknown, 'price')} unknown` : ''].filter(Boolean).join(' · ');
  }

  function fill(select, values) {
    for (const value of [...new Set(values.filter(Boolean))].sort()) {
      const option = el('option', '', value);
      option.value = value;
      select.append(option);
    }
    select.parentElement.hidden = select.options.length < 2;
  }

  const facts = item => [
    ['Model', item.model], ['Label', item.label], ['Price', price(item)], ['Run time', seconds(item)], ['Created', time(item)],
    ['Seed', item.seed], ['File', item.file], ['Prediction', item.id]
  ].filter(pair => pair[1] !== undefined && pair[1] !== '');

  function definitions(pairs) {
    const dl = el('dl');
    for (const [name, value] of pairs) dl.append(el('dt', '', name), el('dd', '', String(value)));
    return dl;
  }

  function open(item) {
    opened = item;
    $('detail-title').textContent = caption(item);
    const side = el('div');
    if (item.prompt) side.append(el('h3', '', 'Prompt'), el('p', 'whole', item.prompt));
    side.append(definitions(facts(item)));
    if (item.inputs.length) side.append(el('h3', '', 'Inputs'), definitions(item.inputs));
    if (item.command) side.append(...command(item));
    const file = el('p');
    file.append(link(item, 'Open the file'));
    side.append(file);
    $('detail-body').replaceChildren(media(item, true), side);
    $('detail-body').scrollTop = 0;
    if (!$('detail').open) $('detail').showModal();
  }

  function command(item) {
    const code = el('pre', 'command', item.command);
    code.tabIndex = 0;
    const copy = el('button', '', 'Copy');
    copy.type = 'button';
    copy.setAttribute('aria-label', 'Copy the command');
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(item.command);
        copy.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(code);
        copy.textContent = 'Selected; press Ctrl+C';
      }
    });
    return [el('h3', '', 'Repeat, from the folder of this page'), code, copy];
  }

  function step(distance) {
    const index = shown.indexOf(opened) + distance;
    if (index >= 0 && index < shown.length) open(shown[index]);
  }

  function compare() {
    const columns = items.filter(item => chosen.has(item));
    if (columns.length < 2) return;
    const table = el('table', 'table');
    const head = el('tr');
    head.append(el('th', '', ''));
    head.firstChild.scope = 'row';
    for (const item of columns) {
      const cell = el('th');
      cell.scope = 'col';
      cell.append(media(item, false), el('div', '', item.file));
      head.append(cell);
    }
    table.append(head);
    const rows = columns.map(item => new Map([['Prompt', item.prompt], ...facts(item), ...item.inputs]));
    const names = new Set(rows.flatMap(row => [...row.keys()]));
    for (const name of names) {
      if (name === 'File') continue;
      const row = el('tr');
      const header = el('th', '', name);
      header.scope = 'row';
      row.append(header);
      const values = rows.map(map => String(map.get(name) ?? ''));
      for (const value of values) row.append(el('td', '', value));
      if (new Set(values).size > 1 && name !== 'Prediction' && name !== 'Created') row.className = 'differs';
      table.append(row);
    }
    $('comparison-title').textContent = `Comparison of ${plural(columns.length, 'result')}`;
    $('comparison-body').replaceChildren(table);
    $('comparison').showModal();
  }

  function columnsOfGrid() {
    const nodes = shown.map(item => item.node);
    const top = nodes[0]?.offsetTop;
    const count = nodes.findIndex(node => node.offsetTop !== top);
    return count < 0 ? nodes.length : count;
  }

  function moveFocus(distance) {
    const index = shown.findIndex(item => item.node === document.activeElement);
    const target = shown[index < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, index + distance))];
    target?.node.focus();
  }

  function onGridKey(event) {
    const item = shown.find(each => each.node === document.activeElement);
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    if (event.key in steps) moveFocus(steps[event.key]);
    else if (event.key === 'ArrowDown') moveFocus(columnsOfGrid());
    else if (event.key === 'ArrowUp') moveFocus(-columnsOfGrid());
    else if (event.key === 'Home') moveFocus(-shown.length);
    else if (event.key === 'End') moveFocus(shown.length);
    else if (event.key === 'Enter' && item) open(item);
    else if (event.key === ' ' && item) choosing(item, !chosen.has(item));
    else return;
    event.preventDefault();
  }

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = /^(INPUT|SELECT|TEXTAREA|VIDEO|AUDIO)$/.test(event.target.tagName) && event.target.type !== 'checkbox';
    if ($('detail').open) {
      if (!isTyping && event.key === 'ArrowLeft') step(-1);
      if (!isTyping && event.key === 'ArrowRight') step(1);
      return;
    }
    if ($('comparison').open) return;
    if (event.key === 'Escape' && event.target === $('search')) {
      $('search').value = '';
      update();
      (current ?? list).focus();
    } else if (event.key === 'ArrowDown' && event.target === $('search')) {
      event.preventDefault();
      current?.focus();
    } else if (isTyping) {
      return;
    } else if (event.key === '/') {
      event.preventDefault();
      $('search').focus();
      $('search').select();
    } else if (event.key === 'c' || event.key === 'C') {
      compare();
    } else if (event.target === list || event.target.parentElement === list || (event.target === document.body && event.key.startsWith('Arrow'))) {
      onGridKey(event);
    }
  });

  function showTheme(theme) {
    const isDark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    if (theme) document.documentElement.dataset.theme = theme;
    $('theme').setAttribute('aria-pressed', String(isDark));
  }

  // A browser may deny storage to a local file.
  function stored(theme) {
    try {
      if (theme) localStorage.setItem('atlas-gallery-theme', theme);
      return localStorage.getItem('atlas-gallery-theme');
    } catch {
      return null;
    }
  }

  $('theme').addEventListener('click', () => {
    const theme = $('theme').getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
    stored(theme);
    showTheme(theme);
  });
  $('direction').addEventListener('click', () => {
    $('direction').setAttribute('aria-pressed', String($('direction').getAttribute('aria-pressed') !== 'true'));
    update();
  });
  for (const id of ['model', 'label', 'sort']) $(id).addEventListener('change', update);
  $('search').addEventListener('input', update);
  $('compare').addEventListener('click', compare);
  $('clear').addEventListener('click', () => {
    for (const item of [...chosen]) choosing(item, false);
  });
  $('previous').addEventListener('click', () => step(-1));
  $('next').addEventListener('click', () => step(1));
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.querySelector('.body').replaceChildren();
      (dialog.id === 'detail' ? opened?.node : current)?.focus();
    });
  }

  list.append(...items.map(card));
  current = list.firstElementChild;
  fill($('model'), items.map(item => item.model));
  fill($('label'), items.map(item => item.label));
  showTheme(stored());
  update();
})();
