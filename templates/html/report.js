"use strict";
(() => {
  const texts = document.body.dataset;
  const numeric = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const ranks = { "✗": 4, "?": 3, "✓": 2, "~": 1, "-": 0 };
  const make = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // What a cell is sorted by: a number of its own, the rank of its mark, or its text.
  const keyOf = cell => {
    const text = cell.textContent.trim();
    const rank = ranks[text[0]];
    const marked = rank !== undefined && (text.length === 1 || text[0] !== "-");
    return { number: "v" in cell.dataset ? +cell.dataset.v : null, rank: marked ? rank : null, text };
  };
  const compare = (one, two) => {
    if (one.number !== null && two.number !== null) return one.number - two.number;
    if (one.rank !== null && two.rank !== null && one.rank !== two.rank) return one.rank - two.rank;
    return numeric.compare(one.text, two.text);
  };
  const turn = (head, heads) => {
    const ascending = head.ariaSort !== "ascending";
    for (const other of heads) other.ariaSort = "none";
    head.ariaSort = ascending ? "ascending" : "descending";
    return ascending ? 1 : -1;
  };
  const buttonIn = (head, press) => {
    const button = make("button");
    button.type = "button";
    button.title = texts.sort;
    button.append(...head.childNodes);
    button.addEventListener("click", press);
    head.append(button);
    head.ariaSort = "none";
  };

  const sortable = table => {
    if (table.dataset.ready || !table.tHead) return;
    table.dataset.ready = "yes";
    const heads = [...table.tHead.rows[0].cells];
    const sorting = heads.filter(head => "sort" in head.dataset);
    sorting.forEach(head => buttonIn(head, () => {
      const [sign, at] = [turn(head, sorting), heads.indexOf(head)];
      const rows = [...table.tBodies[0].rows].map(row => [keyOf(row.cells[at]), row]);
      rows.sort(([one], [two]) => sign * compare(one, two));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    }));
  };
  const isOpen = table => !table.closest("details:not([open])");
  const sortWithin = part => [...part.querySelectorAll("table.sorts")].filter(isOpen).forEach(sortable);

  // All findings in one table, gathered from the managers' parts when they are first asked for.
  const finder = document.getElementById("findings");
  const form = finder?.querySelector("form");
  const columns = ["manager", "rule", "severity", "when", "customer", "measured", "required", "lines", "said"];
  const PAGE = 300;
  let findings = null;
  let shown = PAGE;
  let order = null;

  const gather = () => {
    const heads = {};
    findings = [];
    for (const group of document.querySelectorAll("section.findings")) {
      const part = group.closest("details.fold, section[id]");
      const name = part.querySelector("h3, h2").textContent;
      const { rule, title, severity, required } = group.dataset;
      const names = [...group.querySelectorAll("th")].map(head => {
        heads[head.dataset.c] ??= head.textContent;
        return head.dataset.c;
      });
      for (const row of group.querySelector("tbody").rows) {
        const finding = { manager: name, anchor: part.id, rule, title, severity, required: required ?? "", customer: "", keys: {} };
        names.forEach((column, at) => {
          finding[column] = row.cells[at].textContent.trim();
          finding.keys[column] = keyOf(row.cells[at]);
        });
        findings.push(finding);
      }
    }
    return heads;
  };
  const fill = (select, values) => {
    select.append(new Option(texts.any, ""), ...[...values].map(([value, text]) => new Option(text, value)));
  };
  const textOf = (finding, column) => column === "rule" ? `${finding.rule} ${finding.title}` : finding[column];
  const begin = () => {
    if (findings) return;
    const heads = gather();
    const labels = {};
    for (const name of ["manager", "rule", "severity"]) labels[name] = form.elements[name].closest("label").firstChild.textContent.trim();
    // Columns that no part has, because it is the same of all everywhere, are told in the captions.
    labels.required = heads.required ?? texts.required;
    labels.customer = heads.customer ?? texts.customer;
    const row = finder.querySelector("thead tr");
    for (const column of columns) {
      const head = make("th", labels[column] ?? heads[column] ?? "");
      head.scope = "col";
      row.append(head);
      buttonIn(head, () => {
        order = { column, sign: turn(head, row.cells) };
        draw();
        remember();
      });
    }
    const collect = (value, text) => new Map(findings.map(finding => [value(finding), text(finding)]));
    fill(form.elements.rule, collect(f => f.rule, f => `${f.rule} ${f.title}`));
    fill(form.elements.severity, collect(f => f.severity, f => f.severity));
    fill(form.elements.manager, collect(f => f.anchor, f => f.manager));
  };
  const matches = finding => {
    const { rule, severity, manager, q } = form.elements;
    const has = (wanted, value) => !wanted.value || wanted.value === value;
    const sought = q.value.trim().toLowerCase();
    const found = () => columns.some(column => textOf(finding, column).toLowerCase().includes(sought));
    return has(rule, finding.rule) && has(severity, finding.severity) && has(manager, finding.anchor) && (!sought || found());
  };
  const draw = () => {
    let some = findings.filter(matches);
    if (order) {
      const key = finding => finding.keys[order.column] ?? { number: null, rank: null, text: textOf(finding, order.column) };
      some = some.map(finding => [key(finding), finding]).sort(([one], [two]) => order.sign * compare(one, two)).map(([, finding]) => finding);
    }
    const rows = some.slice(0, shown).map(finding => {
      const row = make("tr");
      for (const column of columns) {
        const cell = make("td");
        if (column === "manager") {
          const link = make("a", finding.manager);
          link.href = `#${finding.anchor}`;
          cell.append(link);
        } else {
          cell.textContent = textOf(finding, column);
        }
        row.append(cell);
      }
      return row;
    });
    finder.querySelector("tbody").replaceChildren(...rows);
    const told = texts.shown.replace("{n}", rows.length).replace("{all}", some.length);
    finder.querySelector("[role=status]").textContent = told;
    finder.querySelector("[data-do=more]").hidden = rows.length === some.length;
  };

  // What is asked for stands behind # in the address, so that it can be sent to others: #rule=call-proof&q=C0205, with
  // sort=when or sort=-when for the order.
  const names = ["rule", "severity", "manager", "q"];
  const remember = () => {
    const asked = new URLSearchParams();
    for (const name of names) if (form.elements[name].value) asked.set(name, form.elements[name].value);
    if (order) asked.set("sort", (order.sign < 0 ? "-" : "") + order.column);
    const hash = asked.toString();
    try { history.replaceState(null, "", hash ? `#${hash}` : "#findings"); } catch { /* a page without an address of its own */ }
  };
  const follow = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (finder && (asked.has("sort") || names.some(name => asked.has(name)))) {
      begin();
      for (const name of names) form.elements[name].value = asked.get(name) ?? "";
      const [, down, column] = /^(-?)(.*)$/.exec(asked.get("sort") ?? "");
      order = columns.includes(column) ? { column, sign: down ? -1 : 1 } : null;
      for (const head of finder.querySelectorAll("th")) head.ariaSort = "none";
      if (order) finder.querySelectorAll("th")[columns.indexOf(column)].ariaSort = down ? "descending" : "ascending";
      finder.open = true;
      shown = PAGE;
      draw();
      finder.scrollIntoView();
      return;
    }
    // Anchors are plain ASCII: nothing is to be decoded.
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let part = target; part; part = part.parentElement) if (part.localName === "details") part.open = true;
    target.scrollIntoView();
  };

  // The matrix can be confined to a branch; on a narrow page the rules that most fail come first.
  const matrix = document.querySelector(".matrix table");
  const choice = document.querySelector(".branches");
  if (matrix && choice) {
    const rows = [...matrix.tBodies[0].rows];
    const branchOf = row => row.cells[2].textContent.trim();
    const branches = [...new Set(rows.map(branchOf))].sort(numeric.compare);
    const select = choice.querySelector("select");
    choice.hidden = branches.length < 2;
    fill(select, branches.map(name => [name, name]));
    select.addEventListener("change", () => {
      for (const row of rows) row.hidden = select.value !== "" && branchOf(row) !== select.value;
    });
    if (matchMedia("(max-width: 40rem)").matches) {
      const all = [matrix.tHead.rows[0], ...rows];
      const failing = at => rows.filter(row => row.cells[at].classList.contains("b")).length;
      const order = [...all[0].cells].map((_, at) => at).slice(3).sort((one, two) => failing(two) - failing(one));
      for (const row of all) row.append(...order.map(at => row.cells[at]));
    }
  }
  if (finder) {
    finder.hidden = false;
    finder.addEventListener("toggle", () => {
      if (finder.open && !findings) {
        begin();
        draw();
      }
    });
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("input", () => { shown = PAGE; draw(); remember(); });
    form.addEventListener("reset", () => setTimeout(() => { shown = PAGE; draw(); remember(); }));
    finder.querySelector("[data-do=more]").addEventListener("click", () => { shown += PAGE; draw(); });
  }
  for (const tools of document.querySelectorAll(".tools")) {
    tools.hidden = !tools.parentElement.querySelector(":scope > details.fold");
    tools.addEventListener("click", event => {
      const wish = event.target.dataset.do;
      if (wish) for (const part of tools.parentElement.querySelectorAll(":scope > details.fold")) part.open = wish === "unfold";
    });
  }
  document.addEventListener("toggle", event => { if (event.target.open) sortWithin(event.target); }, true);
  addEventListener("hashchange", follow);
  // Of what is folded, paper shows what the report rests on; the managers' parts are printed as they stand.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main > details.fold:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of opened) part.open = false; });
  sortWithin(document);
  follow();
})();
