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
  const keyFrom = (text, number) => {
    const rank = ranks[text[0]];
    const marked = rank !== undefined && (text.length === 1 || text[0] !== "-");
    return { number, rank: marked ? rank : null, text };
  };
  const keyOf = cell => keyFrom(cell.textContent.trim(), "v" in cell.dataset ? +cell.dataset.v : null);
  const compare = (one, two, texts = numeric.compare) => {
    if (one.number !== null && two.number !== null) return one.number - two.number;
    if (one.rank !== null && two.rank !== null && one.rank !== two.rank) return one.rank - two.rank;
    return texts(one.text, two.text);
  };
  // Texts by their signs, digits by the number that they make: a collator takes a hundred times as long for Chinese.
  const isDigit = code => code >= 48 && code < 58;
  const numberAt = (text, at) => {
    let [number, code] = [NaN, text.charCodeAt(at)];
    for (; isDigit(code); code = text.charCodeAt(at)) {
      number = (number || 0) * 10 + code - 48;
      at += 1;
    }
    return number;
  };
  const bySigns = (one, two) => {
    if (one === two) return 0;
    let at = 0;
    while (at < one.length && one.charCodeAt(at) === two.charCodeAt(at)) at += 1;
    const [sign, other] = [one.charCodeAt(at) || 0, two.charCodeAt(at) || 0];
    if (!isDigit(sign) && !isDigit(other)) return sign - other;
    let start = at;
    while (start && isDigit(one.charCodeAt(start - 1))) start -= 1;
    return numberAt(one, start) - numberAt(two, start) || sign - other;
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

  // What is packed: the insides of parts, as HTML, and the findings in them, as cells.
  const packed = document.getElementById("packed");
  let store = null;
  const canUnpack = "DecompressionStream" in window;
  if (packed && canUnpack) document.getElementById("unpackable").remove();
  const unpack = async () => {
    if (!packed || !canUnpack || store) return store;
    const bytes = Uint8Array.from(atob(packed.textContent), sign => sign.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    store = JSON.parse(await new Response(plain).text());
    packed.textContent = "";
    return store;
  };
  const tdOf = (name, [text, number, link]) => {
    const cell = make("td");
    cell.className = name;
    if (typeof number === "number") cell.dataset.v = number;
    if (link) {
      cell.append(make("a", text));
      cell.firstChild.href = `#${link}`;
    } else {
      cell.textContent = text;
    }
    return cell;
  };
  const cellOf = packedCell => typeof packedCell === "string" ? [packedCell] : packedCell;
  // Makes what is in a part of it; returns whether there was anything to make.
  const fillPart = part => {
    if (!store || !("part" in part.dataset)) return false;
    part.insertAdjacentHTML("beforeend", store.parts[part.dataset.part]);
    delete part.dataset.part;
    for (const section of part.querySelectorAll("[data-group]")) {
      const { names, rows } = store.groups[section.dataset.group];
      const made = rows.map(cells => {
        const row = make("tr");
        row.append(...cells.map((cell, at) => tdOf(names[at], cellOf(cell))));
        return row;
      });
      section.querySelector("tbody").append(...made);
    }
    return true;
  };

  // All findings in one table, gathered from the managers' parts when they are first asked for.
  const finder = document.querySelector("details.finder");
  const form = finder?.querySelector("form");
  const columns = ["manager", "rule", "when", "said", "lines", "measured", "required", "customer", "severity"];
  const PAGE = 100;
  let findings = null;
  let shown = PAGE;
  let order = null;
  const keysBy = {};

  // Groups of findings as they stand in the page, or as they are packed.
  const groups = () => {
    if (store) {
      const parts = [...finder.parentElement.querySelectorAll(":scope > details.fold")];
      return store.groups.map(group => ({ ...group, part: parts[group.part] }));
    }
    return [...document.querySelectorAll("section.findings")].map(section => {
      const heads = [...section.querySelectorAll("th")];
      const row = cells => [...cells].map(cell => {
        const link = cell.querySelector("a")?.getAttribute("href").slice(1);
        return [cell.textContent.trim(), "v" in cell.dataset ? +cell.dataset.v : null, link];
      });
      return {
        ...section.dataset,
        part: section.closest("details.fold, section[id]"),
        names: heads.map(head => head.dataset.c),
        heads: heads.map(head => head.textContent),
        rows: [...section.querySelector("tbody").rows].map(({ cells }) => row(cells)),
      };
    });
  };
  const gather = () => {
    const heads = {};
    findings = [];
    for (const { part, rule, title, severity, required, names, heads: own, rows } of groups()) {
      names.forEach((name, at) => { heads[name] ??= own[at]; });
      const manager = part.querySelector("h3, h2").textContent;
      const same = { manager: [manager, null, part.id], rule: [title], severity: [severity], required: [required ?? ""], customer: [""] };
      for (const row of rows) {
        const cells = { ...same };
        row.forEach((cell, at) => { cells[names[at]] = cellOf(cell); });
        const text = [rule, ...columns.map(name => cells[name]?.[0] ?? "")].join("\n").toLowerCase();
        findings.push({ at: findings.length, anchor: part.id, manager, rule, title, severity, cells, text });
      }
    }
    return heads;
  };
  const fill = (select, values) => {
    select.append(new Option(texts.any, ""), ...[...values].map(([value, text]) => new Option(text, value)));
  };
  const begin = async () => {
    if (findings) return;
    await unpack();
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
  const wanted = () => {
    const { rule, severity, manager, q } = form.elements;
    const sought = q.value.trim().toLowerCase();
    const is = (choice, value) => !choice || choice === value;
    const [ofRule, ofSeverity, ofManager] = [rule.value, severity.value, manager.value];
    return finding => is(ofRule, finding.rule) && is(ofSeverity, finding.severity) && is(ofManager, finding.anchor)
      && (!sought || finding.text.includes(sought));
  };
  // The first so many in an order. Only those are sorted that come before the last of the first met so far; they are met in
  // strides, so that the opposite order takes no longer.
  const firstOf = (all, many, before) => {
    const strides = Math.ceil(all.length / (2 * many));
    let first = [];
    for (let start = 0; start < strides; start += 1) {
      const last = first[many - 1];
      const ahead = [];
      for (let at = start; at < all.length; at += strides) if (!last || before(all[at], last) < 0) ahead.push(all[at]);
      if (ahead.length) first = first.concat(ahead).sort(before).slice(0, many);
    }
    return first;
  };
  // What each finding is sorted by; where there are few different texts, their places in the reader's order.
  const FEW = 500;
  const keysOf = column => {
    const keys = findings.map(({ cells: { [column]: [text, number] = [""] } }) => keyFrom(text, number ?? null));
    const different = new Map(keys.map(key => [key.text, key]));
    if (different.size > FEW || keys.some(({ number }) => number !== null)) return keys;
    [...different.values()].sort((one, two) => compare(one, two)).forEach((key, place) => { key.number = place; });
    return keys.map(({ text }) => different.get(text));
  };
  // While nothing else is to be done, so that the first to sort by a column does not wait for it.
  const prepare = ([column, ...others]) => {
    if (!column) return;
    (window.requestIdleCallback ?? setTimeout)(() => {
      keysBy[column] ??= keysOf(column);
      prepare(others);
    });
  };
  const inOrder = some => {
    if (!order) return some.slice(0, shown);
    const { column, sign } = order;
    const keys = keysBy[column] ??= keysOf(column);
    const before = (one, two) => sign * compare(keys[one.at], keys[two.at], bySigns) || one.at - two.at;
    return firstOf(some, shown, before);
  };
  const draw = () => {
    const some = findings.filter(wanted());
    const rows = inOrder(some).map(({ cells }) => {
      const row = make("tr");
      row.append(...columns.map(name => tdOf(name, cells[name] ?? [""])));
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
  const follow = async () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (finder && (asked.has("sort") || names.some(name => asked.has(name)))) {
      await begin();
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
    const anchor = location.hash.slice(1);
    if (!anchor) return;
    if (packed && !document.getElementById(anchor)) {
      const holder = (await unpack())?.parts.findIndex(part => part.includes(` id="${anchor}"`));
      const part = document.querySelector(`[data-part="${holder}"]`);
      if (part) fillPart(part);
    }
    const target = document.getElementById(anchor);
    if (!target) return;
    for (let part = target; part; part = part.parentElement) if (part.localName === "details") part.open = true;
    if ("part" in target.dataset) {
      await unpack();
      fillPart(target);
    }
    target.scrollIntoView();
  };

  // The matrix can be confined to a branch; on a narrow page the gravest rules come first, each by the shares that fail.
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
      const heads = [...all[0].cells];
      const shares = heads.map((_, at) => rows.reduce((sum, row) => sum + (+row.cells[at].dataset.v || 0), 0));
      const weight = at => shares[at] * ("grave" in heads[at].dataset ? 1000 : 1);
      const order = heads.map((_, at) => at).slice(3).sort((one, two) => weight(two) - weight(one));
      for (const row of all) row.append(...order.map(at => row.cells[at]));
    }
  }
  if (finder) {
    finder.hidden = false;
    finder.addEventListener("toggle", async () => {
      if (finder.open && !findings) {
        await begin();
        draw();
        prepare(columns);
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
  // Tables that do not fit are moved with the keyboard too.
  const focusable = "a[href], button, [tabindex]";
  const reach = part => {
    for (const box of part.querySelectorAll(".scroll:not(.matrix)")) {
      if (box.scrollWidth <= box.clientWidth || box.querySelector(focusable)) continue;
      Object.assign(box, { tabIndex: 0, role: "group", ariaLabel: texts.scrolls });
    }
  };
  document.addEventListener("toggle", async ({ target }) => {
    if (!target.open) return;
    if ("part" in target.dataset) {
      await unpack();
      fillPart(target);
    }
    sortWithin(target);
    reach(target);
  }, true);
  addEventListener("resize", () => reach(document));
  addEventListener("hashchange", follow);
  // Of what is folded, paper shows what the report rests on; the managers' parts are printed as they stand.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main > details.fold:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of opened) part.open = false; });
  sortWithin(document);
  reach(document);
  follow();
})();
