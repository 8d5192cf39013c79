// Sent after view.js, in the same module, where a quiz has a question of this kind.
// Names go onto a figure by pointer: a name, then its place. The lists below are the equal way by keys.
function label(q, name, say) {
  const lists = match({ ...q, left: q.left.map(([id, text], i) => [id, `${i + 1}. ${text}`]) });
  const selects = lists.nodes.map((node) => node.querySelector('select')).filter(Boolean);
  const [wide, high] = q.figure.size;
  const figure = svg('svg', { viewBox: `0 0 ${wide} ${high}`, 'aria-hidden': 'true', class: 'so-map so-figure' });
  for (const { circle, line, style = 'plain' } of q.figure.shapes) {
    figure.append(circle
      ? svg('circle', { cx: circle[0], cy: circle[1], r: circle[2], class: `so-shape so-${style}` })
      : svg('polyline', { points: line.join(' '), class: `so-shape so-${style}` }));
  }
  const points = q.left.map(([id]) => q.figure.parts[id]);
  const marks = q.left.map(([id], i) => marked(id, i + 1, ...points[i], 6));
  figure.append(...marks);
  const words = Object.fromEntries(q.right);
  const middle = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const show = () => marks.forEach((mark, i) => {
    const given = words[selects[i].value];
    const text = mark.querySelector('text');
    text.textContent = given ? `${i + 1} ${given}` : i + 1;
    // Names point away from one another, unless the figure ends there.
    const [x] = points[i];
    const room = 11 + 7 * text.textContent.length;
    const left = x < middle ? x > room : x + room > wide;
    text.setAttribute('text-anchor', left ? 'end' : 'start');
    text.setAttribute('x', left ? -11 : 11);
    mark.classList.toggle('so-chosen', Boolean(given));
  });
  let held = '';
  const chips = q.right.map(([id, text]) => {
    const chip = make('span', { class: 'so-chip', 'data-id': id }, text);
    chip.addEventListener('click', () => {
      held = held === id ? '' : id;
      chips.forEach((one) => one.classList.toggle('so-held', one.dataset.id === held));
      say(held ? `${text}: now its place on the figure.` : `${text} is put back.`);
    });
    return chip;
  });
  figure.addEventListener('click', (event) => {
    const i = nearest(figure, event, points);
    if (!held) return say('First a name, then its place.');
    say(`${words[held]} stands at ${i + 1}. ${q.left[i][1]}`);
    selects[i].value = held;
    held = '';
    chips.forEach((one) => one.classList.remove('so-held'));
    show();
  });
  selects.forEach((select) => select.addEventListener('change', show));
  const pointer = make('div', { class: 'so-chips', 'aria-hidden': 'true' }, 'A name, then its place: ', ...chips);
  return {
    nodes: [figure, pointer, ...lists.nodes],
    get: lists.get,
    set: (raw) => { lists.set(raw); show(); },
  };
}

KINDS.label = label;
