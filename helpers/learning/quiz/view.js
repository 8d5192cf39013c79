// A quiz in the page: plain HTML controls. The kernel grades; this file knows no right answers.
// DOM nodes are built once and updated in place, so that focus is never lost.
const WORDS = {
  right: ['✓', 'Right'], wrong: ['✗', 'Not yet'], partial: ['◐', 'Partly right'],
  invalid: ['!', 'Not counted'], kept: ['✎', 'Kept'], compared: ['✎', 'Kept'], revealed: ['→', 'Answer shown'],
};
const NO_REPLY = 'No reply from Python yet. If this stays, run the first cell, then this one.';
let views = 0;

// Every text goes in as text, never as HTML; `code` between backticks is the only markup.
function rich(node, text) {
  node.replaceChildren(...String(text).split('`').map((part, i) => (i % 2 ? make('code', {}, part) : part)));
  return node;
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  // JupyterLab would take arrow keys and letters from a control without this mark.
  if (['INPUT', 'SELECT', 'BUTTON'].includes(node.tagName)) node.setAttribute('data-lm-suppress-shortcuts', 'true');
  return node;
}

function button(word, act) {
  const node = make('button', { type: 'button' }, word);
  node.addEventListener('click', act);
  return node;
}

function options(list, blank) {
  return [make('option', { value: '' }, blank), ...list.map(([id, text], i) => make('option', { value: id }, `${i + 1}. ${text}`))];
}

// One builder a kind: (question, name, say, enter) -> {nodes, get, set}
function choice(type) {
  return (q, name) => {
    const inputs = q.options.map(([id]) => make('input', { type, name, value: id }));
    const chosen = () => inputs.filter((i) => i.checked).map((i) => i.value);
    return {
      nodes: q.options.map(([, text], i) => make('label', { class: 'so-option' }, inputs[i], rich(make('span'), text))),
      get: () => (type === 'radio' ? chosen()[0] ?? '' : chosen()),
      set: (raw) => inputs.forEach((i) => { i.checked = [].concat(raw ?? []).includes(i.value); }),
    };
  };
}

function typed(q, name, say, enter) {
  const input = make('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', ...(q.kind === 'text' ? {} : { inputmode: 'decimal' }) });
  input.addEventListener('keydown', (event) => {
    // Enter that ends the composition of a Chinese, Japanese or Korean word is no answer.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    enter();
  });
  const unit = q.unit && q.unit !== '1' ? ` in ${q.unit}` : '';
  return {
    nodes: [make('label', { class: 'so-typed' }, `${q.kind === 'estimate' ? 'Your estimate' : 'Your answer'}${unit}`, input)],
    get: () => input.value,
    set: (raw) => { input.value = raw ?? ''; },
  };
}

function order(q, name, say) {
  let touched = false;
  const list = make('ol', { class: 'so-order' });
  const rows = q.options.map(([id, text]) => {
    const row = make('li', { 'data-id': id });
    const move = (up) => button(up ? 'Up' : 'Down', () => {
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return say(`${text} is already ${up ? 'first' : 'last'}.`);
      touched = true;
      // The neighbour moves: the row with the pressed button stays in the page and keeps the focus.
      if (up) row.after(other); else row.before(other);
      say(`${text}: now place ${[...list.children].indexOf(row) + 1} of ${rows.length}.`);
    });
    for (const up of [true, false]) {
      const one = move(up);
      one.setAttribute('aria-label', `${up ? 'Up' : 'Down'}: ${text}`);
      row.append(one);
    }
    row.append(rich(make('span'), text));
    return row;
  });
  list.append(...rows);
  return {
    nodes: [list],
    get: () => (touched ? [...list.children].map((row) => row.dataset.id) : []),
    set: (raw) => {
      touched = Boolean(raw);
      if (raw) list.append(...raw.map((id) => rows.find((row) => row.dataset.id === id)).filter(Boolean));
    },
  };
}

function match(q) {
  const selects = q.left.map(([id]) => make('select', { 'data-id': id }, ...options(q.right, 'choose what fits')));
  // A closed list cuts long texts, so they also stand in full above it, under the same numbers.
  const long = q.right.some(([, text]) => text.length > 30);
  const full = long ? [make('ol', { class: 'so-order' }, ...q.right.map(([, text]) => rich(make('li'), text)))] : [];
  return {
    nodes: full.concat(q.left.map(([, text], i) => make('label', { class: 'so-pair' }, rich(make('span'), text), selects[i]))),
    get: () => Object.fromEntries(selects.map((s) => [s.dataset.id, s.value])),
    set: (raw) => selects.forEach((s) => { s.value = (raw ?? {})[s.dataset.id] ?? ''; }),
  };
}

function svg(tag, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

// A mark with a number at a point of a drawing.
function marked(id, number, x, y, r) {
  const mark = svg('g', { transform: `translate(${x} ${y})`, 'data-id': id });
  const text = svg('text', { x: r + 5, y: 4 });
  text.textContent = number;
  mark.append(svg('circle', { r }), text);
  return mark;
}

// Which of [[x, y], ...] is nearest to a click on a drawing.
function nearest(drawing, event, points) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
  const far = ([x, y]) => Math.hypot(x - at.x, y - at.y);
  return points.reduce((best, one, i) => (far(one) < far(points[best]) ? i : best), 0);
}

function place(q, name, say, enter, model) {
  const select = make('select', {}, ...options(q.options, 'choose a place'));
  // The list is the equal alternative to the map, so the map itself stays silent for screen readers.
  const map = svg('svg', { viewBox: '-180 -90 360 180', 'aria-hidden': 'true', class: 'so-map' });
  map.append(svg('path', { d: model.get('coast') }));
  const points = q.options.map(([id]) => [q.places[id][1], -q.places[id][0]]);
  const marks = q.options.map(([id], i) => marked(id, i + 1, ...points[i], 4));
  map.append(...marks);
  const show = () => marks.forEach((m) => m.classList.toggle('so-chosen', m.dataset.id === select.value));
  select.addEventListener('change', show);
  map.addEventListener('click', (event) => {
    const [id, text] = q.options[nearest(map, event, points)];
    select.value = id;
    show();
    say(`${text} is chosen.`);
  });
  return {
    nodes: [map, make('label', { class: 'so-typed' }, 'Place on the map, or in this list', select)],
    get: () => select.value,
    set: (raw) => { select.value = raw ?? ''; show(); },
  };
}

const KINDS = { single: choice('radio'), multiple: choice('checkbox'), numeric: typed, estimate: typed, text: typed, order, match, place };

function render({ model, el }) {
  const view = `so${++views}-${Date.now()}`;
  // The one live region: whatever happens is said here, and stands visibly beside its question.
  const live = make('div', { role: 'status', class: 'so-live' });
  const say = (text) => live.replaceChildren(make('span', {}, text));
  const notices = make('div', { class: 'so-notices' });
  const cards = new Map();

  const heard = ears(model);

  function silence(card) {
    card.busy = false;
    card.out.replaceChildren(make('p', { class: 'so-invalid' }, NO_REPLY));
    say(NO_REPLY);
  }

  const given = (card) => JSON.stringify(card.control.get());

  function act(card, message) {
    if (card.busy) return; // a double click is one gesture
    if (!heard()) return silence(card);
    card.busy = true;
    card.shown = given(card);
    card.waiting = setTimeout(() => silence(card), 8000);
    model.send({ id: card.q.id, ...message });
  }

  function replied(card) {
    clearTimeout(card.waiting);
    card.busy = false;
  }

  // The answer shown is the one that the verdict belongs to, also where another view or tab gave it.
  // What was typed here since and not sent is left alone.
  function bring(card, raw) {
    const answered = JSON.stringify(raw ?? null);
    if (answered === card.answered) return;
    const mine = card.answered === undefined || given(card) === card.shown;
    card.answered = answered;
    if (mine && given(card) !== answered) card.control.set(raw);
    if (mine) card.shown = given(card);
  }

  function build(q, number) {
    const card = { q, number, field: make('fieldset'), out: make('div', { class: 'so-out' }) };
    const check = () => act(card, { do: 'check', raw: card.control.get() });
    card.check = button(q.kind === 'estimate' || q.keep ? 'Keep' : 'Check', check);
    card.hint = button('Hint', () => act(card, { do: 'hint' }));
    card.reveal = button('Show the answer', () => act(card, { do: 'reveal' }));
    card.another = button('Another one like this', () => act(card, { do: 'another' }));
    card.fill = () => {
      card.control = KINDS[card.q.kind](card.q, `${view}-${number}`, say, check, model);
      card.field.replaceChildren(rich(make('legend'), `${number}. ${card.q.prompt}`), ...card.control.nodes);
      card.control.set((model.get('states')[q.id] ?? {}).raw);
      card.answered = JSON.stringify((model.get('states')[q.id] ?? {}).raw ?? null);
      card.shown = given(card);
    };
    for (const one of [card.check, card.hint, card.reveal, card.another]) one.setAttribute('aria-description', `question ${number}`);
    card.fill();
    card.node = make('div', { class: 'so-card', 'data-question': q.id }, card.field,
      make('div', { class: 'so-buttons' }, card.check, card.hint, card.reveal, card.another), card.out);
    cards.set(q.id, card);
    update(card);
    return card.node;
  }

  function lines(state) {
    const [icon, word] = WORDS[state.state] ?? ['', ''];
    const tries = state.attempts > 1 ? ` (${state.attempts} tries)` : '';
    const said = [];
    if (word) said.push(['so-' + state.state, `${word}${tries}`, icon]);
    for (const text of state.feedback ?? []) said.push(['so-feedback', text]);
    if (state.solved) said.push(['so-solved', 'You have had it right before: that stays.']);
    (state.hints ?? []).forEach((text, i) => said.push(['so-hint', `Hint ${i + 1}: ${text}`]));
    if (state.answer) said.push(['so-answer', `Answer: ${state.answer}`]);
    if (state.explanation) said.push(['so-explanation', state.explanation]);
    return said;
  }

  function update(card) {
    replied(card);
    const state = model.get('states')[card.q.id] ?? {};
    bring(card, state.raw);
    card.out.replaceChildren(...lines(state).map(([name, text, icon]) => {
      const line = rich(make('p', { class: name }), text);
      if (icon) line.prepend(make('span', { 'aria-hidden': 'true', class: 'so-icon' }, icon));
      return line;
    }));
    const left = card.q.hints - (state.hints ?? []).length;
    card.hint.hidden = !card.q.hints;
    card.hint.textContent = left ? `Hint (${left} left)` : 'No more hints';
    card.hint.setAttribute('aria-disabled', String(!left));
    // A button that may hold the focus is never hidden: it only says that it has nothing more to do.
    const tried = state.attempts > 0 && card.q.kind !== 'estimate';
    const open = tried && state.state !== 'right' && !state.answer;
    if (card.reveal !== document.activeElement) card.reveal.hidden = !open;
    card.reveal.setAttribute('aria-disabled', String(!open));
    if (card.another !== document.activeElement) card.another.hidden = !(card.q.variants && tried);
    card.another.setAttribute('aria-disabled', String(!tried));
  }

  function refresh() {
    title.textContent = model.get('title');
    const asked = model.get('questions');
    const same = asked.length === cards.size && asked.every((q) => cards.has(q.id));
    if (!same) {
      cards.clear();
      list.replaceChildren(...asked.map((q, i) => build(q, i + 1)));
    }
    for (const q of asked) {
      const card = cards.get(q.id);
      if (JSON.stringify(card.q) !== JSON.stringify(q)) { card.q = q; card.fill(); }
      update(card);
    }
  }

  function announce() {
    const card = cards.get(model.get('last')[1]);
    if (!card) return;
    update(card); // also where nothing changed: an empty answer twice
    say([`Question ${card.number}.`, ...lines(model.get('states')[card.q.id] ?? {}).map(([, text]) => (/[.?!]$/.test(text) ? text : `${text}.`))].join(' '));
  }

  function warn() {
    notices.replaceChildren(...model.get('notices').map((text) => make('p', {}, text)));
  }

  const list = make('div');
  const title = make('p', { class: 'so-title' }, model.get('title'));
  el.append(make('div', { class: 'so-quiz', role: 'group', 'aria-label': model.get('title') },
    title, notices, list, live));
  refresh();
  warn();
  const handlers = { 'change:questions': refresh, 'change:title': refresh, 'change:states': refresh, 'change:notices': warn, 'change:last': announce };
  for (const [name, handler] of Object.entries(handlers)) model.on(name, handler);
  return () => {
    for (const [name, handler] of Object.entries(handlers)) model.off(name, handler);
    for (const card of cards.values()) clearTimeout(card.waiting);
  };
}

export default { render };
