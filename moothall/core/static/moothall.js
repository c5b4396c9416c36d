// Small helps. Every page works without them.

// A form is sent once: the second click of a double click goes nowhere.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.ariaBusy === "true") event.preventDefault();
  else if (form.method === "post") form.ariaBusy = "true";
});

// Back from another page: forms can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.ariaBusy = null;
});

// A changed quantity is sent at once.
addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
});

// Escape closes what a summary opened.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.activeElement?.closest("details.more[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});

// Where the hall is served safely it can be installed, and says so itself when there is no connection.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js").catch(() => {});
