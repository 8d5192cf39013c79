// Whether a kernel would hear the page. One that was shut down leaves its connection behind, and what a widget sends on it ends
// as an error in the console. (This file stands before each widget's own in the module that the page gets.)
function ears({ widget_manager: manager }) {
  // As the widget begins: its channel belongs to this one.
  const kernel = manager?.kernel;
  return () => !kernel || !(kernel.isDisposed || kernel.status === "dead");
}
