// The mathematics and the drawing of a globe: no buttons, no kernel. Lengths in the scene's unit, angles in radians inside.
// Body-fixed axes: z through the north pole, x through longitude 0. Seconds count from the scene's start.

const RAD = Math.PI / 180;
const SKY = "#0b1020", INK = "#f4f6fb", LINE = "#8793ad";
// Okabe and Ito's colours, lightened where they would drown in a dark sky.
const COLOURS = { blue: "#5aa9ff", vermillion: "#ff8a4c", green: "#2fd6a3", purple: "#f0a3cf", orange: "#f5b335", sky: "#7cc8f2", yellow: "#f0e442", white: INK, grey: LINE };
const colour = (name) => COLOURS[name] ?? name ?? INK;
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const norm = (a) => Math.hypot(a[0], a[1], a[2]);
const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const clamp = (v, low, high) => Math.min(high, Math.max(low, v));

// Latitude, longitude (degrees) and height to a position; the body may be flattened (Hofmann-Wellenhof, GPS, section 10.2).
function onGround(body, latitude, longitude, height = 0) {
  const f = body.flattening ?? 0, e2 = f * (2 - f), sin = Math.sin(latitude * RAD), cos = Math.cos(latitude * RAD);
  const normal = body.radius / Math.sqrt(1 - e2 * sin * sin);
  return [(normal + height) * cos * Math.cos(longitude * RAD), (normal + height) * cos * Math.sin(longitude * RAD), (normal * (1 - e2) + height) * sin];
}

function overGround(body, p) {
  const f = body.flattening ?? 0, e2 = f * (2 - f), across = Math.hypot(p[0], p[1]);
  let latitude = Math.atan2(p[2], across);
  for (let i = 0; e2 && i < 5; i++) latitude = Math.atan2(p[2] + e2 * body.radius * Math.sin(latitude) / Math.sqrt(1 - e2 * Math.sin(latitude) ** 2), across);
  const height = across * Math.cos(latitude) + p[2] * Math.sin(latitude) - body.radius * Math.sqrt(1 - e2 * Math.sin(latitude) ** 2);
  return { latitude: latitude / RAD, longitude: Math.atan2(p[1], p[0]) / RAD, height };
}

const upward = (place) => [Math.cos(place.latitude * RAD) * Math.cos(place.longitude * RAD), Math.cos(place.latitude * RAD) * Math.sin(place.longitude * RAD), Math.sin(place.latitude * RAD)];

// Height of a position over the horizon of a place, degrees.
function elevation(body, place, p) {
  const away = minus(p, onGround(body, place.latitude, place.longitude));
  return Math.asin(dot(away, upward(place)) / norm(away)) / RAD;
}

// Sampled positions: the cubic through the four samples around a moment (Lagrange, even steps).
function sampled(path, seconds) {
  if (path.count === 1) return [path.at[0] * path.scale, path.at[1] * path.scale, path.at[2] * path.scale];
  const u = clamp((seconds - path.start) / path.step, 0, path.count - 1);
  const i = clamp(Math.floor(u) - 1, 0, Math.max(0, path.count - 4)), n = Math.min(4, path.count);
  const out = [0, 0, 0];
  for (let j = 0; j < n; j++) {
    let w = path.scale;
    for (let k = 0; k < n; k++) if (k !== j) w *= (u - i - k) / (j - k);
    for (let axis = 0; axis < 3; axis++) out[axis] += w * path.at[3 * (i + j) + axis];
  }
  return out;
}

// The points of a small circle on the ground, `angle` (radians) from a centre direction.
function circlePoints(centre, angle, count = 73) {
  const [x, y, z] = centre, flat = Math.hypot(x, y) || 1e-9;
  const a = [-y / flat, x / flat, 0], b = [-x * z / flat, -y * z / flat, flat], points = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    const t = 2 * Math.PI * i / (count - 1), c = Math.sin(angle) * Math.cos(t), s = Math.sin(angle) * Math.sin(t);
    for (let k = 0; k < 3; k++) points[3 * i + k] = Math.cos(angle) * centre[k] + c * a[k] + s * b[k];
  }
  return points;
}

// How far (radians at the centre) a thing at a distance sees: to where it stands `elevation` high, or along a look angle from straight down.
function reach(body, distance, limits) {
  const ratio = distance / body.radius;
  if (limits.look !== undefined) {
    const sin = ratio * Math.sin(limits.look * RAD);
    return sin >= 1 ? Math.acos(1 / ratio) : Math.asin(sin) - limits.look * RAD;
  }
  const e = (limits.elevation ?? 0) * RAD;
  return Math.acos(clamp(Math.cos(e) / ratio, -1, 1)) - e;
}

// The picture of the body, wrapped round the ball. What does not depend on the longitude of the view is kept between frames.
class Skin {
  constructor(source) {
    const canvas = document.createElement("canvas");
    canvas.width = 1024;
    canvas.height = 512;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(source, 0, 0, 1024, 512);
    this.texels = new Uint32Array(context.getImageData(0, 0, 1024, 512).data.buffer);
    this.canvas = document.createElement("canvas");
    this.key = "";
  }

  prepare(width, height, radius, latitude) {
    const key = `${width} ${height} ${radius.toFixed(2)} ${latitude.toFixed(3)}`;
    if (key === this.key) return;
    this.key = key;
    this.canvas.width = width;
    this.canvas.height = height;
    this.context = this.canvas.getContext("2d");
    this.image = this.context.createImageData(width, height);
    this.out = new Uint32Array(this.image.data.buffer);
    const most = width * height;
    this.pixel = new Int32Array(most);
    this.row = new Int32Array(most);
    this.column = new Int16Array(most);
    this.x = new Float32Array(most);
    this.y = new Float32Array(most);
    this.z = new Float32Array(most);
    const sin = Math.sin(latitude * RAD), cos = Math.cos(latitude * RAD), perTurn = 1024 / (2 * Math.PI);
    let n = 0;
    for (let j = 0; j < height; j++) {
      const y = (height / 2 - j - 0.5) / radius;
      for (let i = 0; i < width; i++) {
        const x = (i + 0.5 - width / 2) / radius, rest = 1 - x * x - y * y;
        if (rest <= 0) continue;
        const z = Math.sqrt(rest), north = clamp(y * cos + z * sin, -1, 1);
        this.pixel[n] = j * width + i;
        this.row[n] = Math.min(511, Math.floor((0.5 - Math.asin(north) / Math.PI) * 512)) * 1024;
        this.column[n] = Math.round((Math.atan2(x, z * cos - y * sin) + Math.PI) * perTurn);
        this.x[n] = x;
        this.y[n] = y;
        this.z[n] = z;
        n++;
      }
    }
    this.filled = n;
  }

  // sun: direction in the axes of the view, or null for an evenly lit body. The picture stays in this.canvas.
  paint(longitude, sun, dark) {
    const { pixel, row, column, texels, out, x, y, z } = this, shift = Math.round(longitude * 1024 / 360) + 4096;
    for (let n = 0; n < this.filled; n++) {
      const texel = texels[row[n] + ((column[n] + shift) & 1023)];
      // Full light down to 0 degrees of Sun, night from 12 degrees below the horizon; the rim is a little darker than the middle.
      let light = 166 + 90 * z[n];
      if (sun) light *= clamp(1 + (sun[0] * x[n] + sun[1] * y[n] + sun[2] * z[n]) * 4.8, dark, 1);
      const k = light | 0;
      out[pixel[n]] = 0xff000000 | ((((texel >> 16) & 255) * k >> 8) << 16) | ((((texel >> 8) & 255) * k >> 8) << 8) | ((texel & 255) * k >> 8);
    }
    this.context.putImageData(this.image, 0, 0);
  }
}

// A body without a picture: land (rings of longitude and latitude) on a plain ball, with lines every 30 degrees.
function plainSource(body, land) {
  const canvas = document.createElement("canvas");
  canvas.width = 1024;
  canvas.height = 512;
  const context = canvas.getContext("2d");
  context.fillStyle = body.fill ?? "#5b6b8c";
  context.fillRect(0, 0, 1024, 512);
  const at = (longitude, latitude) => [(longitude + 180) * 1024 / 360, (90 - latitude) * 512 / 180];
  context.fillStyle = "#8a8f7a";
  context.strokeStyle = "#d8d6c4";
  for (const ring of land ?? []) {
    context.beginPath();
    for (let i = 0; i < ring.length; i += 2) context.lineTo(...at(ring[i] / 10, ring[i + 1] / 10));
    context.fill("evenodd");
    context.stroke();
  }
  context.strokeStyle = "rgba(255,255,255,0.25)";
  for (let degrees = -180; degrees < 180; degrees += 30) {
    context.beginPath();
    context.moveTo(...at(degrees, 90));
    context.lineTo(...at(degrees, -90));
    if (Math.abs(degrees) < 90) { context.moveTo(...at(-180, degrees)); context.lineTo(...at(180, degrees)); }
    context.stroke();
  }
  return canvas;
}

class Scene {
  constructor(spec, samples, source) {
    this.spec = spec;
    this.body = spec.body;
    this.skin = spec.body.plan ? null : new Skin(source ?? plainSource(spec.body, spec.land));
    const numbers = new Int16Array(samples.buffer.slice(samples.byteOffset, samples.byteOffset + samples.byteLength));
    const path = (p) => (p ? { ...p, at: numbers.subarray(p.from, p.from + 3 * p.count) } : null);
    this.movers = (spec.movers ?? []).map((m) => ({ ...m, path: path(m.path), kind: "mover" }));
    this.places = (spec.places ?? []).map((p) => ({ ...p, kind: "place", position: onGround(this.body, p.latitude, p.longitude) }));
    this.lines = (spec.lines ?? []).map((l) => ({ ...l, kind: "line", points: this.linePoints(l.points) }));
    this.circles = (spec.circles ?? []).map((c) => ({ ...c, kind: "circle", points: circlePoints(upward(c), c.angle * RAD).map((v) => v * this.body.radius) }));
    this.directions = (spec.directions ?? []).map((d) => ({ ...d, path: path(d.path), kind: "direction" }));
    this.sun = path(spec.sun);
    this.things = [...this.movers, ...this.places, ...this.lines, ...this.circles, ...this.directions];
    this.stations = this.places.filter((p) => p.sees !== undefined);
    for (const mover of this.movers) this.trace(mover);
    this.camera = { latitude: spec.view.latitude, longitude: spec.view.longitude, zoom: 1 };
    this.stars = false;
    this.chosen = null;
    this.widths = new Map();
    this.sides = new Map();
    this.seconds = 0;
    this.drawn = 0;
  }

  linePoints(flat) {
    const points = new Float32Array(flat.length);
    for (let i = 0; i < flat.length; i += 3) points.set(onGround(this.body, flat[i], flat[i + 1], flat[i + 2] + 0.001 * this.body.radius), i);
    return points;
  }

  // The line of a mover's samples, made fine enough to look round; `when` keeps the seconds of each point.
  trace(mover) {
    const { count, step, start } = mover.path;
    if (count < 2 || !mover.track) { mover.line = null; return; }
    const fine = count > 400 ? 1 : 3, n = (count - 1) * fine + 1;
    mover.line = new Float32Array(3 * n);
    mover.when = new Float32Array(n);
    for (let i = 0; i < n; i++) {
      mover.when[i] = start + step * i / fine;
      mover.line.set(sampled(mover.path, mover.when[i]), 3 * i);
    }
  }

  position(thing, seconds = this.seconds) {
    if (thing.kind === "place") return thing.position;
    if (thing.kind === "circle") return upward(thing).map((v) => v * this.body.radius);
    if (thing.kind === "line") return [...thing.points.subarray(0, 3)];
    return sampled(thing.path, seconds);
  }

  sunAt(seconds) {
    if (!this.sun) return null;
    const s = sampled(this.sun, seconds), n = norm(s);
    return s.map((v) => v / n);
  }

  // Is nothing of the body on the straight line between two positions?
  clear(a, b) {
    const along = minus(b, a), t = clamp(-dot(a, along) / dot(along, along), 0, 1);
    return norm([a[0] + t * along[0], a[1] + t * along[1], a[2] + t * along[2]]) >= this.body.radius * 0.9999;
  }

  // The stations that see a mover now.
  seenBy(mover) {
    const p = this.position(mover);
    return this.stations.filter((station) => elevation(this.body, station, p) >= station.sees);
  }

  linked(link) {
    const [a, b] = [link.from, link.to].map((name) => this.things.find((thing) => thing.name === name));
    if (!a || !b) return null;
    const [p, q] = [a, b].map((thing) => (thing.kind === "direction" ? sampled(thing.path, this.seconds).map((v) => v * 1e3 * this.body.radius) : this.position(thing)));
    for (const [ground, other] of [[a, q], [b, p]])
      if (ground.kind === "place" && elevation(this.body, ground, other) < (link.elevation ?? ground.sees ?? 0)) return { a, b, p, q, open: false };
    return { a, b, p, q, open: a.kind === "place" || b.kind === "place" || this.clear(p, q) };
  }

  // --- the camera

  turnOfBody() { return this.stars ? this.spec.turn * this.seconds / RAD : 0; }

  matrix() {
    const longitude = (this.camera.longitude - this.turnOfBody()) * RAD, latitude = this.camera.latitude * RAD;
    const [sl, cl, sp, cp] = [Math.sin(longitude), Math.cos(longitude), Math.sin(latitude), Math.cos(latitude)];
    return [-sl, cl, 0, -sp * cl, -sp * sl, cp, cp * cl, cp * sl, sp];
  }

  see(p, m = this.m) {
    return [m[0] * p[0] + m[1] * p[1] + m[2] * p[2], m[3] * p[0] + m[4] * p[1] + m[5] * p[2], m[6] * p[0] + m[7] * p[1] + m[8] * p[2]];
  }

  hidden(v) { return !this.body.plan && v[2] < 0 && v[0] * v[0] + v[1] * v[1] < this.body.radius ** 2; }

  screen(v) { return [this.width / 2 + v[0] * this.scale, this.height / 2 - v[1] * this.scale]; }

  turnTo(thing) {
    if (this.body.plan || thing.kind === "direction") return;
    const { latitude, longitude } = overGround({ radius: this.body.radius }, this.position(thing));
    this.camera.latitude = clamp(latitude, -80, 80);
    this.camera.longitude = longitude + this.turnOfBody();
  }

  // --- the drawing

  // Draw everything at a moment; `quick` paints the ball and many tracks coarsely, for while it is dragged.
  draw(context, width, height, ratio, seconds, quick = false) {
    Object.assign(this, { width, height, seconds, m: this.matrix() });
    this.scale = this.camera.zoom * 0.5 * Math.min(width, height) / this.spec.extent;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = SKY;
    context.fillRect(0, 0, width, height);
    this.context = context;
    if (!this.body.plan) this.ball(quick, ratio);
    else this.star();
    for (const circle of this.circles) this.shape(circle.points, colour(circle.colour), circle === this.chosen);
    for (const line of this.lines) this.polyline(line.points, null, colour(line.colour), line === this.chosen ? 3.5 : 2.2, 1, false);
    this.tracks(quick);
    this.footprints();
    this.beams();
    this.arrows();
    this.marks();
    this.drawn++;
  }

  ball(quick, ratio) {
    // At most 420 (coarse: 260) pixels of the ball are computed across and scaled up: a frame costs some milliseconds at any size.
    const across = Math.min(Math.max(this.width, this.height), 2 * this.body.radius * this.scale) * ratio;
    const fine = ratio * Math.min(1, (quick ? 260 : 460) / across);
    const half = Math.min(Math.max(this.width, this.height) / 2, this.body.radius * this.scale + 1);
    const [w, h] = [Math.ceil(2 * Math.min(half, this.width / 2) * fine), Math.ceil(2 * Math.min(half, this.height / 2) * fine)];
    this.skin.prepare(w, h, this.body.radius * this.scale * fine, this.camera.latitude);
    const sun = this.sunAt(this.seconds);
    this.skin.paint(this.camera.longitude - this.turnOfBody(), sun && this.see(sun), this.spec.dark ?? 0.4);
    const context = this.context;
    context.save();
    context.beginPath();
    context.arc(this.width / 2, this.height / 2, this.body.radius * this.scale, 0, 2 * Math.PI);
    context.clip();
    context.drawImage(this.skin.canvas, this.width / 2 - w / fine / 2, this.height / 2 - h / fine / 2, w / fine, h / fine);
    context.restore();
    context.strokeStyle = "rgba(140, 180, 255, 0.6)";
    context.lineWidth = 1.2;
    context.stroke();
  }

  star() {
    const context = this.context;
    context.fillStyle = "#ffd75e";
    context.beginPath();
    context.arc(this.width / 2, this.height / 2, 9, 0, 2 * Math.PI);
    context.fill();
  }

  // A line in space: drawn where the body does not hide it. `when` (seconds of each point) turns it with the stars; from..to is the part drawn, of each `step` points one and the last.
  polyline(points, when, stroke, width, alpha, closed, from = 0, to = points.length / 3, step = 1) {
    const context = this.context, m = this.m, { scale } = this, cx = this.width / 2, cy = this.height / 2, r2 = this.body.plan ? 0 : this.body.radius ** 2;
    const turning = this.stars && when;
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.globalAlpha = alpha;
    context.beginPath();
    let down = false;
    for (let i = from; i < to; i = i + step < to || i === to - 1 ? i + step : to - 1) {
      let px = points[3 * i], py = points[3 * i + 1];
      const pz = points[3 * i + 2];
      if (turning) {
        const angle = this.spec.turn * (when[i] - this.seconds), c = Math.cos(angle), s = Math.sin(angle);
        [px, py] = [c * px - s * py, s * px + c * py];
      }
      const x = m[0] * px + m[1] * py + m[2] * pz, y = m[3] * px + m[4] * py + m[5] * pz, z = m[6] * px + m[7] * py + m[8] * pz;
      if (z < 0 && x * x + y * y < r2) down = false;
      else if (down) context.lineTo(cx + x * scale, cy - y * scale);
      else { context.moveTo(cx + x * scale, cy - y * scale); down = true; }
    }
    if (closed) context.closePath();
    context.stroke();
    context.globalAlpha = 1;
  }

  // A closed shape on the ground: filled lightly; points on the far side are moved to the rim.
  shape(points, stroke, strong) {
    const context = this.context, R = this.body.radius;
    const seen = [];
    let front = false;
    for (let i = 0; i < points.length; i += 3) {
      const v = this.see([points[i], points[i + 1], points[i + 2]]);
      front ||= v[2] > 0;
      const k = v[2] < 0 ? R / Math.max(Math.hypot(v[0], v[1]), 1e-9) : 1;
      seen.push([this.width / 2 + v[0] * k * this.scale, this.height / 2 - v[1] * k * this.scale]);
    }
    if (!front) return;
    context.beginPath();
    for (const [x, y] of seen) context.lineTo(x, y);
    context.closePath();
    context.fillStyle = stroke;
    context.globalAlpha = strong ? 0.3 : 0.16;
    context.fill();
    context.globalAlpha = 1;
    this.polyline(points, null, stroke, strong ? 3 : 1.8, 1, false);
  }

  tracks(quick) {
    const many = this.movers.length > 12;
    for (const mover of this.movers) {
      if (!mover.line) continue;
      const chosen = mover === this.chosen, last = mover.when.length;
      let [from, to] = [0, last];
      if (mover.track !== "all") {
        const gap = mover.when[1] - mover.when[0], span = mover.track * 60;
        from = clamp(Math.floor((this.seconds - span - mover.when[0]) / gap), 0, last);
        to = clamp(Math.ceil((this.seconds - mover.when[0]) / gap) + 1, 0, last);
      }
      // Thin lines of whole pixels are by far the cheapest to draw: 200 of them must fit in a frame.
      this.polyline(mover.line, mover.when, colour(mover.colour), chosen ? 3 : many ? 1 : 1.8, chosen || !many ? 1 : 0.55, false, from, to, quick && many ? 2 : 1);
    }
  }

  footprints() {
    for (const mover of this.movers) {
      if (!mover.footprint) continue;
      if (mover.footprint.always === false && mover !== this.chosen) continue;
      const p = this.position(mover), distance = norm(p);
      const points = circlePoints(p.map((v) => v / distance), reach(this.body, distance, mover.footprint)).map((v) => v * this.body.radius);
      this.shape(points, colour(mover.colour), mover === this.chosen);
      if (mover.footprint.look !== undefined && mover === this.chosen)
        for (let i = 0; i < 72; i += 12) this.segment(p, [...points.subarray(3 * i, 3 * i + 3)], colour(mover.colour), 1, []);
    }
  }

  segment(p, q, stroke, width, dash) {
    const context = this.context, points = new Float32Array(3 * 17);
    for (let i = 0; i <= 16; i++) for (let k = 0; k < 3; k++) points[3 * i + k] = p[k] + (q[k] - p[k]) * i / 16;
    context.setLineDash(dash);
    this.polyline(points, null, stroke, width, 1, false);
    context.setLineDash([]);
  }

  // Who sees whom: lines from movers to the stations that see them (of the chosen one where there are many), and the links asked for.
  beams() {
    const few = this.movers.length <= 8;
    for (const mover of this.movers)
      if (few || mover === this.chosen || this.chosen?.sees !== undefined)
        for (const station of this.seenBy(mover))
          if (few || mover === this.chosen || station === this.chosen) this.segment(station.position, this.position(mover), COLOURS.yellow, 1.6, []);
    for (const link of this.spec.links ?? []) {
      const found = this.linked(link);
      if (!found) continue;
      const shown = (thing, p) => (thing.kind === "direction" ? p.map((v) => v / norm(p) * this.spec.extent * 1.5) : p);
      this.segment(shown(found.a, found.p), shown(found.b, found.q), found.open ? COLOURS.green : COLOURS.vermillion, found.open ? 2.4 : 1.4, found.open ? [] : [3, 6]);
    }
  }

  arrows() {
    const context = this.context;
    for (const direction of this.directions) {
      const v = this.see(sampled(direction.path, this.seconds)), flat = Math.hypot(v[0], v[1]);
      const size = norm(v), length = 0.5 * Math.min(this.width, this.height), tip = 0.9 * length * flat / size, [ux, uy] = flat ? [v[0] / flat, -v[1] / flat] : [0, -1];
      const [x, y] = [this.width / 2 + ux * tip, this.height / 2 + uy * tip];
      if (this.hidden(v.map((k) => k * this.body.radius / size)) && tip < this.body.radius * this.scale) { direction.at = null; continue; }
      context.strokeStyle = context.fillStyle = colour(direction.colour);
      context.lineWidth = direction === this.chosen ? 4 : 2.4;
      context.beginPath();
      context.moveTo(x - ux * 26, y - uy * 26);
      context.lineTo(x - ux * 6, y - uy * 6);
      context.stroke();
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x - ux * 11 - uy * 6, y - uy * 11 + ux * 6);
      context.lineTo(x - ux * 11 + uy * 6, y - uy * 11 - ux * 6);
      context.fill();
      direction.at = [x, y];
    }
  }

  marks() {
    const context = this.context, labelled = [];
    const many = this.movers.length > 40;
    for (const thing of [...this.places, ...this.movers]) {
      const v = this.see(this.position(thing));
      const far = thing.kind === "place" ? v[2] < 0 : this.hidden(v);
      thing.at = far ? null : this.screen(v);
      if (far) continue;
      const chosen = thing === this.chosen, [x, y] = thing.at, size = (thing.size ?? (thing.kind === "place" ? 4.5 : many ? 3 : 5.5)) + (chosen ? 2 : 0);
      context.fillStyle = colour(thing.colour);
      context.strokeStyle = chosen ? "#ffffff" : SKY;
      context.lineWidth = chosen ? 2.5 : 1.2;
      context.beginPath();
      if (thing.kind === "place") context.rect(x - size, y - size, 2 * size, 2 * size);
      else context.arc(x, y, size, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
      if (chosen || thing.label !== false && !(many && thing.kind === "mover")) labelled.push(thing);
    }
    for (const line of [...this.lines, ...this.circles]) {
      if (line.label === false && line !== this.chosen) continue;
      const middle = 3 * Math.floor(line.points.length / 6), v = this.see([line.points[middle], line.points[middle + 1], line.points[middle + 2]]);
      line.at = this.hidden(v) ? null : this.screen(v);
      if (line.at) labelled.push(line);
    }
    labelled.push(...this.directions.filter((d) => d.at));
    this.names(labelled);
  }

  // Write names where there is room: the chosen one first, each on the side it had before if that is free, else not at all.
  names(things) {
    const context = this.context, taken = [];
    context.font = "600 14px system-ui, sans-serif";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const sides = [[12, 0, 0], [-12, 0, 1], [0, -17, 0.5], [0, 17, 0.5]];
    things.sort((a, b) => (b === this.chosen) - (a === this.chosen));
    const marks = things.map(({ at: [x, y] }) => [x - 5, y - 5, x + 5, y + 5]);
    for (const thing of things) {
      if (!this.widths.has(thing.name)) this.widths.set(thing.name, context.measureText(thing.name).width);
      const wide = this.widths.get(thing.name), [x, y] = thing.at;
      const old = this.sides.get(thing.name) ?? 0;
      const order = [old, ...[0, 1, 2, 3].filter((s) => s !== old)];
      // Beside all marks, else at least beside all names.
      for (const [side, avoid] of [...order.map((s) => [s, [taken, marks]]), ...order.map((s) => [s, [taken]])]) {
        // Above and below, a name at the edge moves inwards.
        const beside = x + sides[side][0] - wide * sides[side][2], top = y + sides[side][1] - 9;
        const left = side < 2 ? beside : clamp(beside, 2, this.width - 2 - wide);
        const free = left >= 2 && left + wide <= this.width - 2 && top >= 2 && top + 18 <= this.height - 2
          && avoid.every((boxes) => boxes.every((t) => left > t[2] + 4 || left + wide < t[0] - 4 || top > t[3] || top + 18 < t[1]));
        if (!free) continue;
        taken.push([left, top, left + wide, top + 18]);
        this.sides.set(thing.name, side);
        context.strokeStyle = "rgba(11, 16, 32, 0.85)";
        context.lineWidth = 3.5;
        context.strokeText(thing.name, left, top + 9);
        context.fillStyle = thing === this.chosen ? "#ffffff" : INK;
        context.fillText(thing.name, left, top + 9);
        break;
      }
    }
    this.named = taken;
  }

  // The thing nearest to a point of the canvas, within a finger's reach.
  pick(x, y) {
    let best = null, least = 20;
    for (const thing of this.things) {
      const far = thing.at ? Math.hypot(thing.at[0] - x, thing.at[1] - y) : Infinity;
      if (far < least) [best, least] = [thing, far];
    }
    return best;
  }

  // --- in words

  say(thing) {
    if (!thing) return "";
    const note = thing.note ? ` ${thing.note}` : "";
    if (thing.kind === "line" || thing.kind === "circle") return `${thing.name}.${note}`;
    if (thing.kind === "direction") return `${thing.name}: a direction, too far away to be drawn here.${note}`;
    if (this.body.plan) return this.sayPlan(thing) + note;
    if (thing.kind === "place") {
      const said = `${thing.name}: ${this.whereabouts(thing)}.`;
      if (thing.sees === undefined) return said + note;
      const seen = this.movers.filter((mover) => elevation(this.body, thing, this.position(mover)) >= thing.sees).map((mover) => mover.name);
      return `${said} It sees ${listed(seen) || "none of them"} now.${note}`;
    }
    const p = this.position(thing), under = overGround(this.body, p);
    const parts = [`${thing.name}: ${whole(under.height)} km high, over ${this.whereabouts(under)}`];
    if (this.stations.length) parts.push(`seen by ${listed(this.seenBy(thing).map((s) => s.name)) || "no station"}`);
    for (const link of this.spec.links ?? []) {
      if (link.from !== thing.name && link.to !== thing.name) continue;
      const found = this.linked(link);
      if (found) parts.push(`${found.open ? "in sight of" : "no sight of"} ${link.from === thing.name ? link.to : link.from}`);
    }
    return `${parts.join("; ")}.${note}`;
  }

  sayPlan(thing) {
    const p = this.position(thing), others = this.movers.filter((other) => other !== thing).slice(0, 3);
    const parts = [`${thing.name}: ${whole(norm(p))} million km from the Sun`];
    for (const other of others) {
      const far = norm(minus(p, this.position(other)));
      parts.push(`${whole(far)} million km from ${other.name}, light takes ${(far / 17.98754748).toFixed(1)} minutes`);
    }
    return `${parts.join("; ")}.`;
  }

  whereabouts({ latitude, longitude }) {
    const [lat, lon] = [latitude, longitude].map((v) => Math.abs(v).toFixed(1));
    return `${lat} degrees ${latitude < 0 ? "south" : "north"}, ${lon} degrees ${longitude < 0 ? "west" : "east"}`;
  }
}

const whole = (number) => Math.round(number).toLocaleString("en-US");
const listed = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join(""));
