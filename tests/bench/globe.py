"""Measure the globe beside five libraries, in a real JupyterLab under software rendering;
prints, asserts nothing.

    python -m tests.bench.globe [ours k3d ...]

The scene: a ball and 200 satellites with the track of one turn. Frames a second: counted in the
page while the mouse turns the picture for four seconds; ours also while it plays (the others would
ask the kernel for each position). First picture: from the key that runs the cell to the first
stroke on a canvas. In the page: bytes that came over the network and the kernel's channel by then.
In the file: what the saved notebook holds of the output. Alone: bytes of a page that lives without
a kernel (widgets: their state; its loader of half a megabyte comes on top, not for ours). Aims: 60
frames a second, at least 30; 250 kB in the page, 120 kB in the file.
"""

import importlib.util
import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import conftest as browser

SCENE = """import numpy as np
from IPython.display import display
rng = np.random.default_rng(13)
N, R, STEPS = 200, 6378.137, 31
turn = np.linspace(0, 2 * np.pi, STEPS)
def orbit():
    '''A circle of some inclination, node and height, km: (3, STEPS).'''
    tilt, node = rng.uniform(0, np.pi / 2), rng.uniform(0, 2 * np.pi)
    size = R + rng.uniform(400, 3000)
    x, y = size * np.cos(turn), size * np.sin(turn) * np.cos(tilt)
    z = size * np.sin(turn) * np.sin(tilt)
    return np.array([x * np.cos(node) - y * np.sin(node), x * np.sin(node) + y * np.cos(node), z])
paths = [orbit() for _ in range(N)]
ends = np.array([path[:, 0] for path in paths])
def alone(widget):
    '''Bytes of the state of a widget and of all that hangs on it.'''
    import json
    from ipywidgets.embed import embed_data
    return len(json.dumps(embed_data(views=[widget], drop_defaults=False)["manager_state"]))
print("imports done")
"""

# name -> (module that must be there, imports, what makes and shows the figure, expression of its
# bytes alone)
PEERS = {
    "ours": (
        "helpers",
        "import pandas as pd\nfrom helpers.figures import globe",
        """view = globe.globe("Bench", "200 satellites.",
    [globe.mover(f"s{k}", p, track="all") for k, p in enumerate(paths)],
    start=pd.Timestamp("2026-01-01", tz="UTC"), hours=1.5)
display(view)""",
        "len(globe.as_page(view))",
    ),
    "pyglobegl": (
        "pyglobegl",
        "import pyglobegl as g",
        """def ground(p):
    far = np.linalg.norm(p, axis=0)
    latitude, longitude = np.degrees(np.arcsin(p[2] / far)), np.degrees(np.arctan2(p[1], p[0]))
    return list(zip(latitude.tolist(), longitude.tolist(), (far / R - 1).tolist()))
view = g.GlobeWidget(config=g.GlobeConfig(
    init=g.GlobeInitConfig(animate_in=False), layout=g.GlobeLayoutConfig(width=544, height=544),
    points=g.PointsLayerConfig(points_data=[
        g.PointDatum(lat=a, lng=b, altitude=c) for a, b, c in (ground(e[:, None])[0] for e in ends)
    ]),
    paths=g.PathsLayerConfig(paths_data=[g.PathDatum(path=ground(p)) for p in paths])))
display(view)""",
        "alone(view)",
    ),
    "anythreejs": (
        "anythreejs",
        "import anythreejs as three",
        """ball = three.Mesh(
    three.SphereGeometry(1, 64, 32), three.MeshBasicMaterial(color="#24466f"))
scene = three.Scene(background="#0b1020", children=[ball])
attribute = lambda a: three.BufferAttribute((a / R).astype("float32"))
for p in paths:
    scene.add(three.Line(three.BufferGeometry(attributes={"position": attribute(p.T)}),
      three.LineBasicMaterial(color="#7cc8f2")))
scene.add(three.Points(three.BufferGeometry(attributes={"position": attribute(ends)}),
  three.PointsMaterial(color="#ffffff", size=0.03)))
camera = three.PerspectiveCamera(position=[0, 0, 3.5])
view = three.Renderer(camera=camera, scene=scene,
  controls=[three.OrbitControls(controlling=camera)], width=544, height=544)
display(view)""",
        "alone(view)",
    ),
    "cesiumjs-anywidget": (
        "cesiumjs_anywidget",
        "from cesiumjs_anywidget import CesiumWidget",
        "view = CesiumWidget()\ndisplay(view)",
        "alone(view)",
    ),
    "k3d": (
        "k3d",
        "import k3d",
        """view = k3d.plot(height=544, grid_visible=False)
view += k3d.points(np.zeros((1, 3), "float32"), point_size=2.0, color=0x24466F, shader="3dSpecular")
for p in paths:
    view += k3d.line((p.T / R).astype("float32"), shader="simple", color=0x7CC8F2)
view += k3d.points((ends / R).astype("float32"), point_size=0.03, color=0xFFFFFF)
display(view)""",
        "alone(view)",
    ),
    "plotly": (
        "plotly",
        "import plotly.graph_objects as go",
        """u, v = np.mgrid[0:2 * np.pi:64j, 0:np.pi:32j]
gaps = np.concatenate([np.c_[p, [np.nan] * 3] for p in paths], axis=1) / R
view = go.Figure([go.Surface(x=np.cos(u) * np.sin(v), y=np.sin(u) * np.sin(v), z=np.cos(v),
  showscale=False),
    go.Scatter3d(x=gaps[0], y=gaps[1], z=gaps[2], mode="lines"),
    go.Scatter3d(x=ends[:, 0] / R, y=ends[:, 1] / R, z=ends[:, 2] / R, mode="markers",
      marker_size=3)],
    {"width": 544, "height": 544})
view.show(renderer="notebook")""",
        "len(view.to_html(include_plotlyjs=True))",
    ),
}
# The first stroke on a canvas of some size that is in the page, after `armed`.
WATCH = """(() => {
  const note = (canvas) => { if (window.armed && !window.first && canvas?.isConnected
    && canvas.clientWidth > 200
    && canvas.closest('.jp-OutputArea')) window.first = performance.now(); };
  for (const [type, names] of [[WebGLRenderingContext, ['drawElements', 'drawArrays']],
    [WebGL2RenderingContext, ['drawElements', 'drawArrays']],
    [CanvasRenderingContext2D, ['stroke', 'drawImage']]])
    for (const name of names) { const old = type.prototype[name];
      type.prototype[name] = function (...a) { note(this.canvas); return old.apply(this, a); }; }
})();"""
# A later count ends the one before it: two that run would count each frame twice.
COUNT = """() => { const own = window.counting = performance.now(); window.frames_seen = 0;
  const tick = () => { if (window.counting !== own) return;
    window.frames_seen++; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""
RATE = "() => 1000 * window.frames_seen / (performance.now() - window.counting)"
BIGGEST = """() => { const all = [...document.querySelectorAll('.jp-OutputArea canvas')]
    .sort((a, b) => b.clientWidth - a.clientWidth);
  all[0].scrollIntoView({ block: 'center' }); const b = all[0].getBoundingClientRect();
    return [b.x + b.width / 2, b.y + b.height / 2]; }"""


class Bytes:
    """All that reaches a page: over the network and the kernel's channel."""

    def __init__(self, page):
        self.count = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda e: self.add(e["encodedDataLength"]))
        session.on("Network.webSocketFrameReceived", lambda e: self.frame(e["response"]))

    def add(self, some):
        self.count += some

    def frame(self, response):
        size = len(response["payloadData"])
        self.add(size if response["opcode"] == 1 else 3 * size // 4)


def measured(lab, page, name, folder):
    """Run one library's notebook in a Lab and return its figures as a dict;
    without "first" nothing was drawn.
    """
    _, imports, code, alone = PEERS[name]
    file = browser.written(
        lab.folder, f"bench-{name}.ipynb", f"{imports}\n{SCENE}", code, f"print('alone', {alone})"
    )
    page.add_init_script(WATCH)
    page.route(
        lambda url: not url.startswith((lab.url, "blob:", "data:")), lambda route: route.abort()
    )
    browser.open_notebook(lab, page, file.name)
    cells = page.locator(".jp-CodeCell .cm-content")
    cells.nth(0).click()
    page.keyboard.press("Control+Enter")
    # Imports take long on a busy machine, and are no part of the figure.
    done = page.locator(".jp-OutputArea-output", has_text="imports done")
    done.wait_for(timeout=180_000)
    browser.wait_idle(page)
    page.wait_for_timeout(2000)
    cells.nth(1).click()
    came = Bytes(page)
    page.evaluate("() => { window.armed = performance.now(); }")
    page.keyboard.press("Control+Enter")
    found = {}
    try:
        page.wait_for_function("() => window.first", timeout=60000)
    except Exception:
        page.screenshot(path=Path(folder) / f"{name}-none.png")
        return found
    found["first"] = page.evaluate("() => window.first - window.armed")
    browser.wait_idle(page)
    page.wait_for_timeout(3000)
    found["page"] = came.count
    found["turning"] = turned(page)
    if name == "ours":
        page.get_by_label("Speed").select_option("60")
        page.get_by_role("button", name="Play").click()
        page.evaluate(COUNT)
        page.wait_for_timeout(4000)
        found["playing"] = page.evaluate(RATE)
        found["frame"] = page.evaluate("() => document.querySelector('.so-globe').spent")
        page.get_by_role("button", name="Pause").click()
    page.screenshot(path=Path(folder) / f"{name}.png")
    cells.nth(2).click()
    page.keyboard.press("Control+Enter")
    browser.wait_idle(page)
    words = page.locator(".jp-OutputArea-output", has_text="alone").last.inner_text()
    found["alone"] = int(words.split()[1])
    page.keyboard.press("Control+s")
    page.wait_for_timeout(6000)  # a busy machine writes late
    outputs = json.loads(file.read_text())["cells"][1]["outputs"]
    found["file"] = len(json.dumps(outputs))
    return found


def turned(page):
    """Drag the biggest canvas to and fro for four seconds and return the frames a second."""
    x, y = page.evaluate(BIGGEST)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y)
    page.evaluate(COUNT)
    begun = page.evaluate("() => performance.now()")
    step = 0
    while page.evaluate("() => performance.now()") - begun < 4000:
        step += 1
        page.mouse.move(x + 100 * ((step / 25) % 2 - 1), y + 10 * (step % 5))
    rate = page.evaluate(RATE)
    page.mouse.up()
    return rate


def main(names=()):
    folder = tempfile.mkdtemp(prefix="globe-")
    with sync_playwright() as playwright:
        program = browser.shutil.which("chromium") or browser.shutil.which("google-chrome")
        chrome = playwright.chromium.launch(
            executable_path=program, args=[*browser.CHROMIUM, "--enable-unsafe-swiftshader"]
        )
        lab = browser.Lab(Path(folder) / "lab")
        first = chrome.new_page()
        lab.wait(first)
        first.close()
        try:
            rows = {
                name: _row(chrome, lab, name, folder)
                for name in names or PEERS
                if importlib.util.find_spec(PEERS[name][0])
            }
        finally:
            lab.stop()
            chrome.close()
    missing = sorted(set(names or PEERS) - set(rows))
    print(f"not installed: {', '.join(missing) or 'none'}; pictures in {folder}")
    told(rows)


def _row(chrome, lab, name, folder):
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    try:
        return measured(lab, page, name, folder)
    finally:
        page.close()
        lab.shut_kernels()


def told(rows):
    """Print the figures, and those of the others as multiples of ours."""
    heads = {"first": "first, ms", "turning": "turning, fps", "playing": "playing, fps"}
    heads |= {"page": "page, kB", "file": "file, kB", "alone": "alone, kB"}
    print(f"{'':20}" + "".join(f"{head:>22}" for head in heads.values()))
    for name, row in rows.items():
        if not row:
            print(f"{name:20}  no picture without the network")
            continue
        cells = []
        for key in heads:
            if key not in row:
                cells.append("-")
                continue
            unit = 1000 if key in ("page", "file", "alone") else 1
            ours = rows.get("ours", row)
            times = f" (x {row[key] / ours[key]:.2f})" if name != "ours" else ""
            cells.append(f"{row[key] / unit:.1f}{times}")
        print(f"{name:20}" + "".join(f"{cell:>22}" for cell in cells))
    if frame := rows.get("ours", {}).get("frame"):
        print(f"ours: a frame costs {frame:.1f} ms of script")


if __name__ == "__main__":
    main(sys.argv[1:])
