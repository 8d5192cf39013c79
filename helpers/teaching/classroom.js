// The guesses of a class: a field, buttons, a picture and its sentence. They stay covered until the
// teacher uncovers them, so that late guessers are not anchored by early ones.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  if (['TEXTAREA', 'BUTTON'].includes(node.tagName)) node.setAttribute('data-lm-suppress-shortcuts', 'true');
  return node;
}

const NO_REPLY = 'Python is not running. Run the first cell, then this one; guesses that are in are kept.';

function render({ model, el }) {
  const heard = ears(model);
  const words = make('p', { role: 'status' });
  const send = (message) => { if (heard()) model.send(message); else words.textContent = NO_REPLY; };
  const unit = model.get('unit') === '1' ? '' : ` in ${model.get('unit')}`;
  const field = make('textarea', { rows: '3', spellcheck: 'false' });
  const button = (word, message) => {
    const node = make('button', { type: 'button' }, word);
    node.addEventListener('click', () => send(message()));
    return node;
  };
  const add = button('Add the guesses', () => ({ do: 'add', text: field.value }));
  const value = button('Show the computed value', () => ({ do: 'value' }));
  const anew = make('button', { type: 'button' }, 'Start anew');
  const cover = make('button', { type: 'button' }, 'Uncover the guesses');
  let covered = true;
  const picture = make('img', { alt: 'Histogram of the guesses; the sentence below says the same', style: 'max-width: 100%; display: block' });
  const problems = make('div', { class: 'so-notices' });

  function update() {
    picture.src = model.get('picture');
    picture.style.display = covered ? 'none' : 'block';
    const said = `${model.get('number')} guesses are in, and covered.`;
    words.textContent = covered ? said : model.get('words');
    cover.textContent = covered ? 'Uncover the guesses' : 'Cover the guesses';
    problems.replaceChildren(...model.get('problems').map((text) => make('p', {}, text)));
    value.hidden = !model.get('known') && value !== document.activeElement;
  }

  cover.addEventListener('click', () => { covered = !covered; update(); });
  value.addEventListener('click', () => { if (heard()) { covered = false; update(); } });
  // All guesses are lost by it, so it asks: a second click, before anything else, does it.
  anew.addEventListener('click', () => {
    if (anew.textContent === 'Start anew') {
      anew.textContent = 'Forget all guesses? Click again';
      return;
    }
    anew.textContent = 'Start anew';
    covered = true;
    send({ do: 'anew' });
  });
  anew.addEventListener('blur', () => { anew.textContent = 'Start anew'; });

  // What could not be read stays in the field, to be corrected.
  function clear() {
    field.value = model.get("problems").map((text) => text.slice(1, text.indexOf("': "))).join("\n");
    update();
  }

  el.append(make('div', { class: 'so-quiz', role: 'group', 'aria-label': 'Class mode' }, make('p', { class: 'so-title' }, model.get('prompt')),
    make('label', { class: 'so-typed' }, `Guesses${unit}, one a line, or as in 12, 14, 15`, field),
    make('div', { class: 'so-buttons' }, add, cover, value, anew), problems, picture, words));
  update();
  model.on('change:count', clear);
  return () => model.off('change:count', clear);
}

export default { render };
