// The page's side of an interactive figure: native controls in, a picture and its sentence out.
// Values go to the kernel one request at a time; while one is under way only the latest values are kept.

// A slider on its way asks for a picture that keeps its axes in place; at rest, for one laid out anew.

const LATE_MS = 15000, QUIET_MS = 400, REST_MS = 150;
const NOBODY = "No answer from the kernel yet. If it was stopped, run this cell again.";

function make(tag, attributes = {}, children = []) {
  const svg = ["svg", "g", "path", "circle", "title"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") node.textContent = value;
    else if (value !== false && value !== null) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

// JupyterLab takes arrow keys and letters from the cell unless the control asks it not to.
const input = (attributes) => make("input", { "data-lm-suppress-shortcuts": "true", ...attributes });

const kinds = {
  slider(control, id, changed) {
    const range = input({ type: "range", id, min: control.low, max: control.high, step: control.step });
    const shown = make("output", { for: id });
    const show = () => {
      const words = (control.unit ? `${format(range.value)} ${control.unit}` : format(range.value));
      range.setAttribute("aria-valuetext", words);
      shown.textContent = words;
    };
    const format = (value) => Number(value).toFixed(control.decimals);
    range.addEventListener("input", () => { show(); changed(Number(range.value), true); });
    const node = make("div", { class: "so-control" }, [make("label", { for: id, text: control.label }), make("span", { class: "so-slide" }, [range, shown])]);
    return { node, set: (value) => { range.value = value; show(); } };
  },

  choice(control, id, changed) {
    if (control.options.length > 5) {
      const select = make("select", { id, "data-lm-suppress-shortcuts": "true" }, control.options.map((text) => make("option", { value: text, text })));
      select.addEventListener("change", () => changed(select.value));
      return { node: make("div", { class: "so-control" }, [make("label", { for: id, text: control.label }), select]), set: (value) => { select.value = value; } };
    }
    const buttons = control.options.map((text) => input({ type: "radio", name: id, value: text }));
    buttons.forEach((button) => button.addEventListener("change", () => changed(button.value)));
    return { node: group(control, buttons), set: (value) => buttons.forEach((button) => { button.checked = button.value === value; }) };
  },

  several(control, id, changed) {
    const boxes = control.options.map((text) => input({ type: "checkbox", value: text }));
    const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
    boxes.forEach((box) => box.addEventListener("change", () => changed(chosen())));
    return { node: group(control, boxes), set: (value) => boxes.forEach((box) => { box.checked = value.includes(box.value); }) };
  },

  tick(control, id, changed) {
    const box = input({ type: "checkbox", id });
    box.addEventListener("change", () => changed(box.checked));
    return { node: make("div", { class: "so-control so-tick" }, [make("label", {}, [box, ` ${control.label}`])]), set: (value) => { box.checked = value; } };
  },

  // The map is for the pointer; the list of boxes below it does the same for the keyboard and for a screen reader.
  world_points(control, id, changed, land) {
    const list = kinds.several(control, id, (value) => { mark(value); changed(value); });
    const boxes = [...list.node.querySelectorAll("input")];
    const dots = control.points.map(([longitude, latitude], i) => {
      const dot = make("g", { class: "so-dot", transform: `translate(${longitude} ${-latitude})` }, [
        make("title", { text: control.options[i] }), make("circle", { r: 7, class: "so-reach" }), make("circle", { r: 2.6, class: "so-mark" })]);
      dot.addEventListener("click", () => boxes[i].click());
      return dot;
    });
    const mark = (value) => dots.forEach((dot, i) => dot.classList.toggle("so-on", value.includes(control.options[i])));
    const map = make("svg", { viewBox: "-180 -85 360 150", class: "so-map", "aria-hidden": "true", focusable: "false" },
      [make("path", { d: land, class: "so-land" }), ...dots]);
    const options = list.node.querySelector(".so-options");
    list.node.append(make("div", { class: "so-points" }, [map, options]));
    return { node: list.node, set: (value) => { list.set(value); mark(value); } };
  },
};

function group(control, inputs) {
  const labels = inputs.map((one) => make("label", {}, [one, ` ${one.value}`]));
  return make("fieldset", { class: "so-control" }, [make("legend", { text: control.label }), make("div", { class: "so-options" }, labels)]);
}

function render({ model, el }) {
  const root = `so-explore-${Math.random().toString(36).slice(2)}`;                   // each figure has a module of its own: a counter would start anew
  const { title, controls, land, look } = model.get("spec");
  const values = { ...model.get("values") };
  const picture = make("img", { class: `so-${look}`, alt: `Figure: ${title}` });
  const sentence = make("p", { class: "so-sentence" });
  const live = make("div", { class: "so-live", role: "status" });       // said aloud once, when a move has ended
  const heard = ears(model);
  const parts = {};
  let waiting = false, later = null, moving = false, sliding = false, rest = null, late = null, quiet = null, address = null, told = model.get("text");

  const ask = (slides, asked = values) => {
    clearTimeout(quiet);
    clearTimeout(rest);
    sliding = slides;
    if (!heard()) { sentence.textContent = NOBODY; announce(); return; }
    // A rest that falls into a draw adds no values to those that wait, and takes none away.
    if (waiting) { later = asked === values ? values : later ?? asked; return; }
    waiting = true;
    later = null;
    model.set("request", { number: (model.get("request").number ?? 0) + 1, values: { ...asked }, moving: slides });
    model.save_changes();
    box.setAttribute("aria-busy", "true");
    late = setTimeout(() => { sentence.textContent = NOBODY; waiting = false; announce(); }, LATE_MS);
  };
  const answered = () => {
    clearTimeout(late);
    waiting = false;
    box.removeAttribute("aria-busy");
    if (later) ask(sliding, later);
    else { settle(); announce(); }
  };
  const announce = () => {
    clearTimeout(quiet);
    if (!moving && !waiting) quiet = setTimeout(() => { if (told !== sentence.textContent) live.textContent = told = sentence.textContent; }, QUIET_MS);
  };
  const settle = () => {
    Object.assign(values, model.get("values"));
    for (const name of Object.keys(parts)) parts[name].set(values[name]);
  };
  const draw = () => {
    const bytes = model.get("picture");
    const old = address;
    address = bytes && bytes.byteLength ? URL.createObjectURL(new Blob([bytes], { type: "image/png" })) : null;
    picture.hidden = address === null;
    if (address) picture.src = address;
    if (old) URL.revokeObjectURL(old);
  };
  const say = () => { if (sentence.textContent !== model.get("text")) sentence.textContent = model.get("text"); };

  const form = make("div", { class: "so-controls" });
  // Maps come last, so that the small controls share a line.
  for (const control of [...controls].sort((a, b) => (a.kind === "world_points") - (b.kind === "world_points"))) {
    parts[control.name] = kinds[control.kind](control, `${root}-${control.name}`, (value, slides = false) => { values[control.name] = value; ask(slides); }, land);
    form.append(parts[control.name].node);
  }
  const box = make("div", { class: "so-explore", role: "group", "aria-label": title, "data-lm-suppress-shortcuts": "true" },
    [make("div", { class: "so-title", text: title }), form, sentence, picture, live]);      // the sentence between: it stays in sight beside a control that moves
  // A slider that is held tells of each step as "input", and of its end as "change".
  form.addEventListener("input", () => { moving = true; });
  const ended = () => {
    moving = false;
    announce();
    clearTimeout(rest);
    // No values with it: what Python has set in the meantime stands.
    if (sliding) rest = setTimeout(() => ask(false, {}), REST_MS);
  };
  for (const end of ["change", "pointerup", "focusout"]) form.addEventListener(end, ended);
  el.classList.add("so-explore-host");                                  // its width decides whether controls stand beside the picture
  el.append(box);

  const watched = { "change:picture": draw, "change:text": () => { say(); announce(); }, "change:answer": answered, "change:values": () => { if (!waiting && !later) settle(); } };
  for (const [event, react] of Object.entries(watched)) model.on(event, react);
  settle();
  draw();
  say();
  return () => {
    for (const [event, react] of Object.entries(watched)) model.off(event, react);
    for (const timer of [late, quiet, rest]) clearTimeout(timer);
    if (address) URL.revokeObjectURL(address);
  };
}

export default { render };
