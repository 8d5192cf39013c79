// The page's side of a globe: a canvas, native controls, and a sentence. It asks no kernel for anything while it turns or plays.
// (kernel.js and globe_scene.js stand before this file in the module that the page gets.)

const TURN = 10;                     // degrees at a key press or a button
let globes = 0;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) if (value !== false) node.setAttribute(key, value === true ? "" : value);
  node.append(...children);
  // JupyterLab would take arrow keys and letters from a control without this mark.
  if (["INPUT", "SELECT", "BUTTON", "CANVAS"].includes(node.tagName)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  return node;
}

function button(words, act, label) {
  const node = make("button", { type: "button", ...(label ? { "aria-label": label, title: label } : {}) }, words);
  node.addEventListener("click", act);
  return node;
}

const two = (number) => String(number).padStart(2, "0");

function clockText(start, seconds) {
  const t = new Date(Date.parse(start) + 1000 * seconds);
  return `${t.getUTCFullYear()}-${two(t.getUTCMonth() + 1)}-${two(t.getUTCDate())} ${two(t.getUTCHours())}:${two(t.getUTCMinutes())} UTC`;
}

async function pictureOf(bytes) {
  if (!bytes?.byteLength) return null;
  return createImageBitmap(new Blob([bytes]));
}

async function render({ model, el }) {
  const spec = model.get("spec"), id = `so-globe-${++globes}-${Math.random().toString(36).slice(2)}`;
  let source = null;
  try { source = await pictureOf(model.get("picture")); } catch { /* a browser that cannot read the picture shows a plain ball */ }
  const scene = new Scene(spec, model.get("samples"), source);
  const heard = ears(model);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const clock = spec.clock;
  const state = { seconds: clock?.now ?? 0, playing: false, speed: clock?.speed ?? 60, follow: false, dragging: false, drawn: null };

  // --- the nodes
  const keys = "Arrow keys turn it, plus and minus zoom, 0 brings back the first view" + (clock ? ", space plays and pauses." : ".");
  const canvas = make("canvas", { tabindex: "0", role: "application", "aria-roledescription": "globe", "aria-label": `${spec.title}. ${keys}`, "aria-describedby": `${id}-said` });
  const context = canvas.getContext("2d", { alpha: false });
  const said = make("p", { class: "so-said", id: `${id}-said` });
  const live = make("div", { class: "so-live", role: "status" });
  const kinds = [["mover", spec.body.plan ? "Moving" : "In space"], ["place", "On the ground"], ["line", "Lines"], ["circle", "Areas"], ["direction", "Far away"]];
  const list = make("select", { id: `${id}-list` }, make("option", { value: "" }, "nothing"),
    ...kinds.flatMap(([kind, words]) => {
      const some = scene.things.filter((thing) => thing.kind === kind);
      return some.length ? [make("optgroup", { label: words }, ...some.map((thing) => make("option", { value: thing.name }, thing.name)))] : [];
    }));
  const follow = make("input", { type: "checkbox" });
  const stars = make("input", { type: "checkbox" });
  const slider = clock && make("input", { type: "range", id: `${id}-time`, min: 0, max: clock.seconds, step: clock.step });
  const time = clock && make("output", { for: `${id}-time` });
  const play = clock && button("▶ Play", () => (state.playing ? pause() : start()));
  const speed = clock && make("select", { id: `${id}-speed` }, ...clock.speeds.map(([value, words]) => make("option", { value }, words)));
  const turns = make("div", { class: "so-turns", role: "group", "aria-label": "Turn and zoom" },
    button("←", () => turn(-TURN, 0), "Turn left"), button("→", () => turn(TURN, 0), "Turn right"), button("↑", () => turn(0, TURN), "Turn up"), button("↓", () => turn(0, -TURN), "Turn down"),
    button("+", () => zoom(1.25), "Nearer"), button("−", () => zoom(0.8), "Farther"), button("⌂", () => home(), "First view"));

  const rows = [make("div", { class: "so-row" }, make("label", { for: list.id }, "Choose "), list)];
  if (clock) {
    rows.push(make("div", { class: "so-row" }, play, make("label", { for: speed.id }, "Speed "), speed),
      make("div", { class: "so-row so-time" }, make("label", { for: slider.id }, "Time"), slider, time));
  }
  if (scene.movers.length && clock && !spec.body.plan) {
    const boxes = [make("label", {}, follow, " Follow what is chosen")];
    if (spec.turn) boxes.push(make("label", {}, stars, " Watch from the stars"));
    rows.push(make("div", { class: "so-row" }, ...boxes));
  }
  const box = make("div", { class: "so-globe", role: "group", "aria-label": spec.title, "data-lm-suppress-shortcuts": "true" },
    make("div", { class: "so-title" }, spec.title),
    make("div", { class: "so-split" }, make("div", { class: "so-stage" }, canvas, turns), make("div", { class: "so-panel" }, ...rows, said)),
    make("p", { class: "so-sentence" }, model.get("sentence")), live);
  el.append(box);

  // --- what the page does
  let asked = 0, last = 0, width = 0, height = 0, ratio = 1;
  const wish = () => { if (!asked) asked = requestAnimationFrame(frame); };

  function frame(now) {
    asked = 0;
    if (state.playing) {
      advance(now);
      if (state.playing) wish();
    }
    const started = performance.now();
    scene.draw(context, width, height, ratio, state.seconds, state.dragging);
    box.spent = performance.now() - started;            // what a frame costs: read by the benchmark
    tell();
  }

  // With reduced motion the clock jumps once a second in place of running.
  function advance(now) {
    const passed = Math.min(now - last, 1000) / 1000;
    if (calm.matches && passed < 1) return;
    last = now;
    state.seconds += passed * state.speed;
    if (state.seconds >= clock.seconds) { state.seconds = clock.seconds; pause(); }
    if (state.follow && scene.chosen?.kind === "mover") look(scene.chosen);
  }

  function look(thing) {
    scene.seconds = state.seconds;
    scene.turnTo(thing);
  }

  function tell() {
    scene.seconds = state.seconds;
    const words = scene.chosen ? scene.say(scene.chosen) : "Choose something in the list or on the globe: it is described here.";
    if (said.textContent !== words) said.textContent = words;
    if (!clock) return;
    if (document.activeElement !== slider || state.playing) slider.value = state.seconds;
    const text = clockText(clock.start, state.seconds);
    if (time.textContent !== text) { time.textContent = text; slider.setAttribute("aria-valuetext", text); }
  }

  // Said aloud when something ends, never while it moves.
  function announce() { live.textContent = [clock && clockText(clock.start, state.seconds), scene.chosen && scene.say(scene.chosen)].filter(Boolean).join(". "); }

  // The kernel is told what was chosen, and when; nobody waits for it, and it may be gone.
  function report() {
    if (!heard()) return;
    model.set("chosen", scene.chosen?.name ?? "");
    model.set("seconds", Math.round(state.seconds));
    model.save_changes();
  }

  function start() {
    if (state.seconds >= clock.seconds) state.seconds = 0;
    state.playing = true;
    last = performance.now();
    play.textContent = "❚❚ Pause";
    wish();
  }

  function pause() {
    state.playing = false;
    play.textContent = "▶ Play";
    wish();
    scene.seconds = state.seconds;
    announce();
    report();
  }

  function turn(east, north) {
    scene.camera.longitude = (scene.camera.longitude + east / Math.max(1, scene.camera.zoom) + 540) % 360 - 180;
    scene.camera.latitude = clamp(scene.camera.latitude + north / Math.max(1, scene.camera.zoom), -90, 90);
    wish();
  }

  function zoom(factor) { scene.camera.zoom = clamp(scene.camera.zoom * factor, 0.5, 40); wish(); }

  function home() { scene.camera = { ...spec.view, zoom: 1 }; wish(); }

  function choose(name, go) {
    scene.chosen = scene.things.find((thing) => thing.name === name) ?? null;
    list.value = scene.chosen?.name ?? "";
    scene.seconds = state.seconds;
    if (scene.chosen && go) look(scene.chosen);
    announce();
    report();
    wish();
  }

  list.addEventListener("change", () => choose(list.value, true));
  follow.addEventListener("change", () => { state.follow = follow.checked; if (state.follow && scene.chosen) look(scene.chosen); wish(); });
  // The view stays where it is; only what it is fixed to changes.
  stars.addEventListener("change", () => { const before = scene.turnOfBody(); scene.stars = stars.checked; scene.camera.longitude += scene.turnOfBody() - before; wish(); });
  if (clock) {
    slider.addEventListener("input", () => { state.seconds = Number(slider.value); if (state.follow && scene.chosen) look(scene.chosen); wish(); });
    slider.addEventListener("change", () => { scene.seconds = state.seconds; announce(); report(); });
    speed.value = String(state.speed);
    speed.addEventListener("change", () => { state.speed = Number(speed.value); });
  }

  canvas.addEventListener("keydown", (event) => {
    const acts = { ArrowLeft: () => turn(-TURN, 0), ArrowRight: () => turn(TURN, 0), ArrowUp: () => turn(0, TURN), ArrowDown: () => turn(0, -TURN), "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: home, Home: home };
    if (clock) acts[" "] = () => (state.playing ? pause() : start());
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  });

  // One finger or the mouse turns, two fingers zoom; a press that hardly moves chooses.
  const fingers = new Map();
  let moved = 0, apart = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    moved = 0;
    apart = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()], now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (apart) zoom(now / apart);
      apart = now;
      moved = 99;
      return;
    }
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    moved += Math.abs(dx) + Math.abs(dy);
    state.dragging = moved > 4;
    const perPixel = 1 / (RAD * scene.scale * (scene.body.plan ? scene.spec.extent : scene.body.radius)) * Math.max(1, scene.camera.zoom);
    turn(-dx * perPixel, dy * perPixel);
  });
  const lifted = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    const dragged = state.dragging;
    state.dragging = false;
    if (moved <= 4 && event.type === "pointerup") {
      const place = canvas.getBoundingClientRect(), found = scene.pick(event.clientX - place.left, event.clientY - place.top);
      if (found) choose(found.name, false);
    } else if (dragged) wish();
  };
  canvas.addEventListener("pointerup", lifted);
  canvas.addEventListener("pointercancel", lifted);
  // The wheel zooms a globe that has the focus; else the page scrolls, as its reader expects.
  canvas.addEventListener("wheel", (event) => {
    if (document.activeElement !== canvas) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  }, { passive: false });

  const fit = () => {
    const wide = canvas.clientWidth, high = canvas.clientHeight, dense = Math.min(2, devicePixelRatio || 1);
    if (!wide || (wide === width && high === height && dense === ratio)) return;
    [width, height, ratio] = [wide, high, dense];
    canvas.width = Math.round(wide * ratio);
    canvas.height = Math.round(high * ratio);
    scene.draw(context, width, height, ratio, state.seconds);
    tell();
  };
  const watch = new ResizeObserver(fit);
  watch.observe(canvas);
  fit();

  const fromKernel = () => { if ((scene.chosen?.name ?? "") !== model.get("chosen")) choose(model.get("chosen"), true); };
  const timeFromKernel = () => { if (clock && Math.round(state.seconds) !== model.get("seconds")) { state.seconds = model.get("seconds"); wish(); } };
  model.on("change:chosen", fromKernel);
  model.on("change:seconds", timeFromKernel);
  if (model.get("chosen")) { scene.chosen = scene.things.find((thing) => thing.name === model.get("chosen")) ?? null; list.value = scene.chosen?.name ?? ""; }
  box.globe = { scene, state };
  wish();
  return () => {
    cancelAnimationFrame(asked);
    state.playing = false;
    watch.disconnect();
    model.off("change:chosen", fromKernel);
    model.off("change:seconds", timeFromKernel);
  };
}

export default { render };
