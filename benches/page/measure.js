// Uses the table of all findings as a reader would, and writes down how long each step keeps the page from answering: the
// handling of the event and the layout that follows it, in milliseconds.
(async () => {
  const measured = [];
  const finder = document.querySelector("details.finder");
  const form = finder.querySelector("form");
  const status = finder.querySelector("[role=status]");
  const time = (step, action) => {
    const from = performance.now();
    action();
    finder.offsetHeight;
    measured.push({ step, ms: performance.now() - from, told: status.textContent });
  };
  const until = async condition => {
    while (!condition()) await new Promise(wait => setTimeout(wait, 5));
  };
  const begun = performance.now();
  finder.open = true;
  await until(() => finder.querySelector("tbody tr"));
  measured.push({ step: "open", ms: performance.now() - begun, told: status.textContent });

  // Nobody sorts in the blink of an eye after the table has come.
  await new Promise(wait => setTimeout(wait, 1500));

  const ask = (name, value) => time(`${name} = ${value || "any"}`, () => {
    form.elements[name].value = value;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const sort = (round, head) => time(`${round} ${head.textContent}`, () => head.querySelector("button").click());
  const heads = [...finder.querySelectorAll("thead th")];
  for (const head of heads) sort("first sort by", head);
  for (const head of heads) sort("sorted the other way by", head);
  for (const name of ["rule", "severity", "manager"]) {
    const choices = [...form.elements[name].options].map(option => option.value).filter(value => value);
    for (const value of [choices[0], choices[choices.length >> 1], ""]) ask(name, value);
  }
  for (const word of ["C0205", "09-1", "zzz"]) {
    for (let length = 1; length <= word.length; length += 1) ask("q", word.slice(0, length));
    ask("q", "");
  }
  time("more", () => finder.querySelector("[data-do=more]").click());
  await fetch("/measured", { method: "POST", body: JSON.stringify(measured) });
})();
