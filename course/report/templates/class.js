const body = document.querySelector("#heat tbody");
document.querySelector("#filter").addEventListener("input", event => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of body.rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
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
