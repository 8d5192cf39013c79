// The guesses of a class: a field, three buttons, a picture and its sentence.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  if (['TEXTAREA', 'BUTTON'].includes(node.tagName)) node.setAttribute('data-lm-suppress-shortcuts', 'true');
  return node;
}

function render({ model, el }) {
  const unit = model.get('unit') === '1' ? '' : ` in ${model.get('unit')}`;
  const field = make('textarea', { rows: '3', spellcheck: 'false' });
  const button = (word, message) => {
    const node = make('button', { type: 'button' }, word);
    node.addEventListener('click', () => model.send(message()));
    return node;
  };
  const add = button('Add the guesses', () => ({ do: 'add', text: field.value }));
  const value = button('Show the computed value', () => ({ do: 'value' }));
  const anew = button('Start anew', () => ({ do: 'anew' }));
  const picture = make('img', { alt: 'Histogram of the guesses; the sentence below says the same', style: 'max-width: 100%; display: block' });
  const words = make('p', { role: 'status' });
  const problems = make('div', { class: 'so-notices' });

  function update() {
    picture.src = model.get('picture');
    words.textContent = model.get('words');
    problems.replaceChildren(...model.get('problems').map((text) => make('p', {}, text)));
    value.hidden = !model.get('known') && value !== document.activeElement;
  }

  // What could not be read stays in the field, to be corrected.
  function clear() {
    field.value = model.get("problems").map((text) => text.slice(1, text.indexOf("': "))).join("\n");
    update();
  }

  el.append(make('div', { class: 'so-quiz', role: 'group', 'aria-label': 'Class mode' }, make('p', { class: 'so-title' }, model.get('prompt')),
    make('label', { class: 'so-typed' }, `Guesses${unit}, one a line or between semicolons`, field),
    make('div', { class: 'so-buttons' }, add, value, anew), problems, picture, words));
  update();
  model.on('change:count', clear);
  return () => model.off('change:count', clear);
}

export default { render };
