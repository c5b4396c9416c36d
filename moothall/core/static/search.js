// A search box tells what may be meant as one types: a combobox with a list. Without this file the box is a plain form.
const PAUSE = 130; // ms between two questions: fewer than eight in a second

for (const [n, form] of document.querySelectorAll("form[data-complete]").entries()) complete(form, `options-${n}`);

function complete(form, id) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  let timer, asked, chosen = -1;
  Object.assign(list, { id, role: "listbox", hidden: true, className: "options", ariaLabel: input.ariaLabel });
  form.append(list);
  input.autocomplete = "off";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", id]]) input.setAttribute(name, value);
  show([]);

  function show(options) {
    list.replaceChildren(...options.map((one, n) => {
      const row = document.createElement("li");
      Object.assign(row, { id: `${id}-${n}`, role: "option", ariaSelected: "false", textContent: one.text });
      const note = Object.assign(document.createElement("small"), { textContent: one.note });
      if (one.note) row.append(" ", note);
      row.dataset.address = one.address;
      return row;
    }));
    list.hidden = !options.length;
    input.ariaExpanded = String(!list.hidden);
    choose(-1);
  }

  function choose(n) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = n;
    const row = list.children[n];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const words = input.value.trim();
    if (!words) return show([]);
    try {
      const answer = await fetch(`${form.dataset.complete}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).options);
    } catch { /* typed on, or no answer: the form still works */ }
  }

  const close = () => { clearTimeout(timer); asked?.abort(); show([]); };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const rows = list.children.length;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(list.children[chosen].dataset.address); }
    else if (event.key === "ArrowDown" && !rows) ask();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      // One place more than rows: beyond both ends stands the box itself.
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((chosen + 1 + step + rows + 1) % (rows + 1) - 1);
    }
  });
  // A press must not take the focus from the box, or the list closes before the press ends.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-address]");
    if (row) location.assign(row.dataset.address);
  });
}
