const body = document.querySelector("#heat tbody");
const search = document.querySelector("#filter");
const picks = [...document.querySelectorAll(".pick")];
let picked = null;

function show() {
  const wanted = search.value.trim().toLowerCase();
  const cells = picked === null ? [] : [...body.querySelectorAll(`td[data-mistake="${picked}"]`)];
  const made = new Set(cells.map(cell => cell.parentNode));
  for (const cell of body.querySelectorAll(".hit")) cell.classList.remove("hit");
  for (const cell of cells) cell.classList.add("hit");
  for (const row of body.rows)
    row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted) || (picked !== null && !made.has(row));
}

function pick(mistake) {
  picked = mistake;
  for (const button of picks) button.setAttribute("aria-pressed", button.dataset.mistake === picked);
  const chosen = picks.find(button => button.dataset.mistake === picked);
  document.querySelector("#picked").hidden = picked === null;
  document.querySelector("#picked b").textContent = chosen ? chosen.closest("tr").cells[1].firstChild.textContent : "";
  show();
}

search.addEventListener("input", show);
for (const button of picks) {
  button.addEventListener("click", () => {
    pick(button.dataset.mistake === picked ? null : button.dataset.mistake);
    if (picked !== null) document.querySelector("#table").scrollIntoView();
  });
}
document.querySelector("#all").addEventListener("click", () => pick(null));
document.querySelector("#more")?.addEventListener("click", event => {
  for (const row of document.querySelectorAll("tr.more")) row.hidden = false;
  event.target.hidden = true;
});

const value = cell => cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b);
for (const head of document.querySelectorAll("th[data-sort]")) {
  head.querySelector("button").addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of document.querySelectorAll("th[data-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...body.rows].sort((a, b) => compare(value(a.cells[head.cellIndex]), value(b.cells[head.cellIndex])));
    body.append(...(down ? rows.reverse() : rows));
  });
}
