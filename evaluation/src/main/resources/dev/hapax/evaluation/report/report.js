// A click on a heading sorts by its column, the best first; a second one turns the order round. What was not measured
// stays last.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
    const numeric = heading.classList.contains("number");
    const first = heading.classList.contains("higher") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = heading.getAttribute("aria-sort") === first ? other : first;
    headings.forEach(each => each.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const number = row => row.cells[column].dataset.value;
    const compare = (a, b) => {
      if (!numeric) {
        return sign * a.cells[column].textContent.localeCompare(b.cells[column].textContent, "en", {numeric: true});
      }
      if (number(a) === undefined || number(b) === undefined) {
        return (number(a) === undefined) - (number(b) === undefined);
      }
      return sign * (number(a) - number(b));
    };
    body.append(...[...body.rows].sort(compare));
  }));
}
