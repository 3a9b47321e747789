"use strict";
// What the index of an archive does besides showing its rows: search, filters, order, pages. All that comes from
// content enters the page through textContent and attributes, never as markup. Nothing is fetched or kept.
(() => {
  const told = JSON.parse(document.getElementById("data").textContent);
  const all = told.entries.map((entry) => Object.fromEntries(entry.map((value, index) => [told.fields[index], value])));
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  const collator = new Intl.Collator(language, { numeric: true });
  const byId = (id) => document.getElementById(id);
  const filters = byId("filters");
  const body = byId("rows");
  const names = ["q", "year", "severity", "status", "service"];
  const MOST_PRINTED = 5000;

  // Letters without their accents and vowel signs, so that "resume" finds "Résumé".
  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f]/g, "").toLowerCase();
  for (const each of all) {
    const words = [each.id, each.title, each.severity, each.status_label, ...each.marks, ...each.services, ...each.tags, ...each.owners];
    each.searched = folded(words.join("\n"));
  }

  // Orders of all rows, each made when it is first asked for. Rows that are alike keep the order they came in.
  const rank = (list) => new Map(list.map((name, index) => [name, index]));
  const severities = rank(told.severities);
  const statuses = rank(told.statuses);
  const place = (ranks, name) => ranks.get(name) ?? ranks.size;
  const orders = {
    date: (a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0),
    id: (a, b) => collator.compare(a.id, b.id),
    title: (a, b) => collator.compare(a.title, b.title),
    severity: (a, b) => place(severities, a.severity) - place(severities, b.severity),
    status: (a, b) => place(statuses, a.status) - place(statuses, b.status),
    time: (a, b) => a.minutes - b.minutes,
    actions: (a, b) => a.overdue - b.overdue || a.open - b.open,
  };
  const sorted = new Map();
  const inOrder = (sort) => {
    if (!sorted.has(sort)) {
      const compare = orders[sort.replace("-", "")];
      const sign = sort.startsWith("-") ? -1 : 1;
      // What is not known comes last, whatever the direction.
      const unknown = sort.endsWith("time") ? (each) => each.minutes === null : () => false;
      sorted.set(sort, all.slice().sort((a, b) => unknown(a) - unknown(b) || sign * compare(a, b)));
    }
    return sorted.get(sort);
  };
  const START = { q: "", year: "", severity: "", status: "", service: "", sort: "-date", page: 1, rows: told.rows };

  const state = { ...START };
  let matches = [];

  const find = () => {
    const words = folded(state.q).split(/\s+/).filter(Boolean);
    const severity = state.severity === told.none ? "" : state.severity;
    matches = inOrder(state.sort).filter(
      (each) =>
        (!state.year || each.date.startsWith(state.year)) &&
        (!state.severity || each.severity === severity) &&
        (!state.status || each.status === state.status) &&
        (!state.service || each.services.includes(state.service)) &&
        words.every((word) => each.searched.includes(word)),
    );
  };

  const element = (name, properties = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) if (value) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const cell = (name, ...children) => element("td", { class: name, "data-head": told.heads[name] }, ...children);
  const titleOf = (each) => {
    const [first] = each.files;
    const title = first
      ? element("a", { href: first[1], dir: "auto", lang: each.language }, each.title)
      : element("span", { dir: "auto", lang: each.language }, each.title);
    const marks = each.marks.map((mark) => element("span", { class: "mark" }, mark));
    const services = each.services.length ? [element("span", { class: "services" }, element("bdi", {}, each.services.join(told.comma)))] : [];
    return element("th", { scope: "row", class: "title" }, title, ...marks, ...services);
  };
  const actionsOf = (each) => {
    const overdue = each.overdue_label ? [element("span", { class: "overdue" }, each.overdue_label)] : [];
    return each.open ? [number.format(each.open), ...overdue] : [];
  };
  const fileOf = (each) => ([label, address]) =>
    element("a", { href: address, "aria-label": label + told.comma + each.id }, label);
  const rowOf = (each) =>
    element(
      "tr",
      {},
      cell("date", element("time", {}, each.date)),
      cell("id", element("bdi", {}, each.id)),
      titleOf(each),
      cell("severity", each.severity),
      cell("status", each.status_label),
      cell("time", each.duration),
      cell("actions", ...actionsOf(each)),
      cell("files", ...each.files.map(fileOf(each))),
    );

  const pages = () => Math.max(1, Math.ceil(matches.length / state.rows));
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => number.format(values[name]));
  const found = () => (matches.length ? put(told.shown, { shown: matches.length }) : told.nothing);
  const show = () => {
    state.page = Math.min(Math.max(1, state.page), pages());
    const start = (state.page - 1) * state.rows;
    body.replaceChildren(...matches.slice(start, start + state.rows).map(rowOf));
    const page = put(told.page, { page: state.page, pages: pages() });
    byId("count").textContent = pages() > 1 ? `${found()} · ${page}` : found();
    byId("page").textContent = page;
    byId("list").hidden = !matches.length;
    byId("pager").hidden = all.length <= START.rows;
    for (const button of byId("pager").querySelectorAll("button")) {
      const isEnd = ["first", "previous"].includes(button.dataset.go) ? state.page === 1 : state.page === pages();
      button.setAttribute("aria-disabled", String(isEnd));
    }
    for (const head of document.querySelectorAll("th[data-sort]")) {
      const direction = { [head.dataset.sort]: "ascending", [`-${head.dataset.sort}`]: "descending" }[state.sort];
      if (direction) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    }
  };

  // The state of the page stands in its address, so that a view can be kept and sent.
  const address = () => {
    const said = new URLSearchParams();
    for (const [name, value] of Object.entries(state)) if (value !== START[name]) said.set(name, value);
    return `#${said}`;
  };
  const keep = () => {
    if (location.hash !== address() && (location.hash || address() !== "#")) history.replaceState(null, "", address());
  };
  const fill = () => {
    for (const name of names) {
      const field = byId(name);
      field.value = state[name];
      if (field.value !== state[name]) field.value = state[name] = ""; // an option that is not there
    }
    byId("size").value = state.rows;
    if (!byId("size").value) byId("size").value = state.rows = START.rows;
  };
  const read = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    Object.assign(state, START);
    for (const name of names) state[name] = said.get(name) ?? "";
    if (said.get("sort")?.replace("-", "") in orders) state.sort = said.get("sort");
    for (const name of ["page", "rows"]) state[name] = Number.parseInt(said.get(name), 10) || START[name];
    fill();
  };
  const update = (changes) => {
    Object.assign(state, { page: 1 }, changes);
    find();
    show();
    keep();
  };
  const follow = () => {
    if (location.hash && !location.hash.includes("=")) return; // a place in the page
    read();
    find();
    show();
  };

  filters.addEventListener("input", () => update(Object.fromEntries(names.map((name) => [name, byId(name).value]))));
  byId("clear").addEventListener("click", () => {
    update({ ...START, sort: state.sort, rows: state.rows });
    fill();
    byId("q").focus();
  });
  for (const head of document.querySelectorAll("th[data-sort]")) {
    const name = head.dataset.sort;
    const button = element("button", { type: "button" }, head.textContent);
    // Dates, times and actions are asked for from the latest, longest and most.
    const first = ["date", "time", "actions"].includes(name) ? `-${name}` : name;
    const other = first === name ? `-${name}` : name;
    button.addEventListener("click", () => update({ sort: state.sort === first ? other : first }));
    head.replaceChildren(button);
  }
  byId("pager").addEventListener("click", ({ target }) => {
    const go = target.closest("button")?.dataset.go;
    if (!go || target.closest("button").getAttribute("aria-disabled") === "true") return;
    const page = { first: 1, previous: state.page - 1, next: state.page + 1, last: pages() }[go];
    update({ page });
    byId("incidents").scrollIntoView();
    byId("list").focus({ preventScroll: true });
  });
  byId("size").addEventListener("change", () => update({ rows: Number(byId("size").value) }));
  addEventListener("hashchange", () => {
    if (!location.hash.includes("=")) return;
    follow();
    byId("incidents").scrollIntoView();
  });
  // On paper stand all rows that match, not only those of a page.
  addEventListener("beforeprint", () => {
    body.replaceChildren(...matches.slice(0, MOST_PRINTED).map(rowOf));
    byId("count").textContent = found();
  });
  addEventListener("afterprint", show);

  filters.hidden = false;
  read();
  find();
  show();
  if (location.hash.includes("=")) byId("incidents").scrollIntoView();
})();
