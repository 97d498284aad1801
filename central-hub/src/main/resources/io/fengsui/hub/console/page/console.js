'use strict';
// The live list. Order of things: the stream opens first and tells its position, then the lists are read, then every
// change is laid over them; so nothing falls between. After a cut the browser comes back with its last position.

const PAGE = 200;
const KEPT = 1000;
const UNROUTED = 'unrouted';

/** Milliseconds by which an edge's clock may be wrong before it is said; times of events are corrected all the same. */
const CLOCK_OFF = 5000;

const Board = {
  tickets: new Map(),
  rows: new Map(),
  edges: new Map(),
  /** Came by the stream since the last drawing. */
  fresh: new Set(),
  filter: { state: '', severity: '' },
  /** How many tickets nobody answers for; null where there are no units. */
  unrouted: null,
  states: [],
  selected: null,
  hasMore: false,
  generation: 0,
  skew: 0,
  /** What left the list while it is being read: a page that was read before has it still. */
  gone: null,
  /** Who is signed in, and what they may. */
  me: null,

  byId: id => document.getElementById(id),

  async get(path) {
    const answer = await fetch(path, { headers: { Accept: 'application/json' } });
    if (answer.status === 401) {
      location.assign('/login');
    }
    if (!answer.ok) {
      throw new Error(path + ': ' + answer.status);
    }
    return answer.json();
  },

  // ---- reading ----

  async load() {
    const generation = ++this.generation;
    this.gone = new Set();
    const query = new URLSearchParams({ limit: PAGE });
    if (this.filter.state === 'open') {
      query.set('state', this.states.filter(s => s.open).map(s => s.state).join(','));
    } else if (this.filter.state === UNROUTED) {
      query.set('routing', 'missing');
    } else if (this.filter.state) {
      query.set('state', this.filter.state);
    }
    if (this.filter.severity) {
      query.set('severity', this.filter.severity);
    }
    const found = new Map();
    let next = null;
    do {
      if (next) {
        query.set('cursor', next);
      }
      const page = await this.get('/api/v1/tickets?' + query);
      if (generation !== this.generation) {
        return;
      }
      page.items.forEach(ticket => found.set(ticket.id, ticket));
      next = page.next;
      if (found.size <= PAGE) {
        this.show(found, next !== null);
      }
    } while (next && found.size < KEPT);
    this.show(found, next !== null);
    this.gone = null;
  },

  /** Puts a freshly read list on the wall; newer versions that came by the stream meanwhile stay. */
  show(found, hasMore) {
    this.gone.forEach(id => found.delete(id));
    for (const [id, ticket] of found) {
      const had = this.tickets.get(id);
      if (had && had.version > ticket.version) {
        found.set(id, had);
      }
    }
    this.tickets = new Map(found);
    this.hasMore = hasMore;
    this.draw();
  },

  async loadMe() {
    this.me = await this.get('/api/v1/me');
    const { areas, unit, names } = this.me;
    const confined = (unit ? [named(unit, names.unit)] : []).concat(areas.map(code => named(code, names.areas[code])));
    const who = this.byId('who');
    who.replaceChildren(this.me.name + ' · ' + Speech.word('roles')[this.me.role], ...confined.flatMap(one => [' · ', one]));
    who.title = who.textContent;
    this.byId('admin').hidden = !this.may('admin');
    this.byId('deliveries').hidden = !this.may('dispatch');
    this.byId('replays').hidden = !this.may('supervise');
    this.byId('out').hidden = !this.me.account;
    this.byId('own-password').hidden = !this.me.account;
    Detail.draw();
  },

  /** What a role may not use is not shown; the hub refuses it all the same. */
  may(policy) {
    return this.me !== null && this.me.may.includes(policy);
  },

  async signOut() {
    await fetch('/logout', { method: 'POST', redirect: 'manual' });
    location.assign('/login');
  },

  async loadFleet() {
    const summary = await this.get('/api/v1/summary');
    Speech.zone = summary.zone;
    Speech.formats = {};
    this.states = summary.states;
    const units = await this.get('/api/v1/units');
    this.unrouted = units.items.length ? units.unrouted : null;
    this.drawTallies(summary);
    this.drawFilters();
    const counts = summary.fleet;
    this.byId('edges-up').textContent = counts.edgesConnected;
    this.byId('edges-all').textContent = counts.edges;
    const away = counts.camerasOffline + counts.camerasBlind;
    this.byId('cameras-up').textContent = counts.cameras - away;
    this.byId('cameras-all').textContent = counts.cameras;
    this.byId('cameras-up').className = away > 0 ? 'bad' : 'good';
    this.byId('cameras-blind').textContent = counts.camerasBlind > 0 ? Speech.word('camerasBlind')(counts.camerasBlind) : '';
    this.byId('edges-up').className = counts.edgesConnected < counts.edges ? 'bad' : 'good';
  },

  async loadEdges() {
    const page = await this.get('/api/v1/edges?limit=200');
    this.edges = new Map(page.items.map(edge => [edge.id, edge]));
    this.drawEdges();
  },

  // ---- the stream ----

  listen() {
    const stream = new EventSource('/api/v1/stream');
    const soon = debounce(() => this.loadFleet().catch(report), 700);
    const again = () => Promise.all([this.loadFleet(), this.loadEdges()]).then(() => this.load()).catch(report);
    this.link('connecting');
    stream.addEventListener('hello', event => {
      this.skew = Date.parse(JSON.parse(event.data).now) - Date.now();
      this.link('live');
      if (this.generation === 0) {
        again();
      }
    });
    stream.addEventListener('reset', event => {
      this.skew = Date.parse(JSON.parse(event.data).now) - Date.now();
      this.link('live');
      again();
      if (this.selected !== null) {
        Detail.load();
      }
    });
    stream.addEventListener('left', event => {
      this.lose(JSON.parse(event.data).id);
      soon();
    });
    const edgesSoon = debounce(() => this.loadEdges().catch(report), 700);
    stream.addEventListener('ticket', event => {
      const ticket = JSON.parse(event.data);
      this.upsert(ticket);
      soon();
      if (ticket.kind.startsWith('health.camera.')) {
        edgesSoon();
      }
    });
    stream.addEventListener('edge', event => {
      const edge = JSON.parse(event.data);
      this.edges.set(edge.id, edge);
      this.drawEdges();
      soon();
    });
    stream.onerror = () => {
      this.link('lost');
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(() => this.listenAgain(stream), 5000);
      }
    };
  },

  /** The hub said no (full, or logged out): a new stream, and everything anew. */
  listenAgain(stream) {
    stream.close();
    this.loadMe().catch(report);
    this.generation = 0;
    this.listen();
  },

  link(state) {
    this.linkState = state;
    this.byId('link').dataset.state = state;
    this.byId('link-text').textContent = Speech.word(state);
  },

  matches(ticket) {
    const state = this.filter.state;
    const isUnrouted = !ticket.unit && ['open', 'suspended'].includes(ticket.category);
    const isState = !state || (state === UNROUTED ? isUnrouted : state === 'open' ? ticket.category === 'open' : ticket.state === state);
    return isState && (!this.filter.severity || ticket.severity === this.filter.severity);
  },

  upsert(ticket) {
    const had = this.tickets.get(ticket.id);
    if (had && had.version > ticket.version) {
      return;
    }
    if (!this.matches(ticket)) {
      this.remove(ticket.id);
    } else {
      this.tickets.set(ticket.id, ticket);
      this.gone?.delete(ticket.id);
    }
    if (!had) {
      this.fresh.add(ticket.id);
    }
    this.draw();
    if (this.selected === ticket.id) {
      Detail.refresh(ticket);
    }
  },

  /** It is not theirs to see any more. */
  forget(id) {
    this.remove(id);
    if (this.selected === id) {
      this.leave();
    }
    this.draw();
  },

  remove(id) {
    this.tickets.delete(id);
    this.gone?.add(id);
  },

  /** Somebody else gave it away, or it was given to others while nobody told us. */
  lose(id) {
    const isOpen = this.selected === id;
    this.forget(id);
    if (isOpen) {
      tell(Speech.word('givenAway'));
    }
  },

  // ---- drawing ----

  sorted() {
    return [...this.tickets.values()].sort((a, b) =>
      a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : a.id < b.id ? 1 : -1);
  },

  draw: null,

  drawNow() {
    const list = this.byId('list');
    const tickets = this.sorted();
    tickets.slice(KEPT).forEach(ticket => this.tickets.delete(ticket.id));
    const shown = tickets.slice(0, KEPT);
    const wanted = new Set(shown.map(ticket => ticket.id));
    for (const [id, row] of this.rows) {
      if (!wanted.has(id)) {
        row.node.remove();
        this.rows.delete(id);
      }
    }
    let before = null;
    for (const ticket of shown) {
      let row = this.rows.get(ticket.id);
      if (!row) {
        row = makeRow(ticket.id);
        row.node.classList.toggle('fresh', this.fresh.has(ticket.id));
        this.rows.set(ticket.id, row);
      }
      fillRow(row, ticket);
      const place = before ? before.nextSibling : list.firstChild;
      if (row.node !== place) {
        list.insertBefore(row.node, place);
      }
      before = row.node;
    }
    this.fresh.clear();
    this.mark();
    this.tick();
    const empty = this.byId('empty');
    empty.hidden = shown.length > 0;
    empty.textContent = this.generation === 0 ? Speech.word('loading') : Speech.word('none');
    this.byId('shown').textContent = WORDS[Speech.language][this.hasMore || tickets.length > KEPT ? 'more' : 'shown'](shown.length);
  },

  mark() {
    for (const [id, row] of this.rows) {
      row.node.setAttribute('aria-selected', id === this.selected ? 'true' : 'false');
    }
  },

  select(id) {
    this.selected = id;
    this.mark();
    Detail.open(id);
  },

  /** The row that was open has the keyboard again. */
  leave() {
    const row = this.rows.get(this.selected);
    this.selected = null;
    this.mark();
    Detail.close();
    this.byId('list').focus({ preventScroll: true });
    if (row) {
      row.node.scrollIntoView({ block: 'nearest' });
    }
  },

  move(by) {
    const ids = this.sorted().map(ticket => ticket.id).filter(id => this.rows.has(id));
    const at = ids.indexOf(this.selected);
    const to = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
    if (to) {
      this.select(to);
      this.rows.get(to).node.scrollIntoView({ block: 'nearest' });
    }
  },

  /** The rows of the last drawing: what left the list since then stands on the wall until the next. */
  tick() {
    const now = Date.now() + this.skew;
    this.byId('clock').textContent = Speech.clock(new Date(now));
    for (const row of this.rows.values()) {
      const { closedAt, occurredAt } = row.ticket;
      const text = Speech.age((closedAt ? Date.parse(closedAt) : now) - Date.parse(occurredAt));
      if (row.age.textContent !== text) {
        row.age.textContent = text;
      }
    }
  },

  drawTallies(summary) {
    const tallies = this.byId('tallies');
    tallies.replaceChildren();
    for (const severity of SEVERITIES) {
      const count = summary.openBySeverity[severity] || 0;
      tallies.append(element('span', 'tally ' + severity + (count ? '' : ' zero'), null,
        element('b', '', count), element('span', '', Speech.word(severity))));
    }
  },

  drawEdges() {
    const box = this.byId('edges');
    const order = { forked: 0, silent: 1, offline: 2, online: 3 };
    const edges = [...this.edges.values()].sort((a, b) => order[a.state] - order[b.state] || (a.id < b.id ? -1 : 1));
    box.replaceChildren(...edges.map(edge => {
      const chip = element('span', 'edge ' + edge.state, null, element('i'),
        element('b', '', Speech.name(edge.siteName) || edge.site),
        element('span', 'edge-id', edge.id),
        element('span', '', edge.state === 'online'
          ? (edge.cameras - edge.camerasOffline - edge.camerasBlind) + '/' + edge.cameras + ' ' + Speech.word('camerasShort')
          : Speech.word(edge.state)));
      if (edge.state === 'online' && edge.camerasBlind > 0) {
        chip.append(element('span', 'blind', Speech.word('camerasBlind')(edge.camerasBlind)));
      }
      if (edge.state === 'online' && Math.abs(edge.clockOffsetMillis) >= CLOCK_OFF) {
        chip.append(element('span', 'blind', Speech.word('clockOff')(edge.clockOffsetMillis / 1000)));
      }
      chip.title = edge.id + ' · ' + edge.softwareVersion + ' · ' + Speech.time(edge.lastSeen);
      return chip;
    }));
  },

  drawFilters() {
    const states = [['', Speech.word('all')], ['open', Speech.word('open')]]
      .concat(this.unrouted === null ? [] : [[UNROUTED, Speech.word('unroutedQueue') + (this.unrouted ? ' ' + this.unrouted : '')]])
      .concat(this.states.map(s => [s.state, Speech.name(s.name) + (s.count ? ' ' + s.count : '')]));
    this.chips('states', 'state', states);
    this.chips('severities', 'severity', [['', Speech.word('all')]].concat(SEVERITIES.map(s => [s, Speech.word(s)])));
  },

  chips(id, key, choices) {
    this.byId(id).replaceChildren(...choices.map(([value, text]) => {
      const chip = element('button', 'chip ' + (key === 'severity' ? value : ''), text);
      chip.type = 'button';
      chip.setAttribute('aria-pressed', this.filter[key] === value ? 'true' : 'false');
      chip.addEventListener('click', () => {
        this.filter[key] = value;
        this.drawFilters();
        this.load().catch(report);
      });
      return chip;
    }));
  },

  speak() {
    Speech.speak();
    this.link(this.linkState || 'connecting');
  }
};

function makeRow(id) {
  const row = {
    picture: element('img', 'thumb'), noPicture: element('span', 'thumb-none'), severity: element('span', 'severity'),
    title: element('b', 'title'), id: element('span', 'id', id), kind: element('span', 'kind'), marks: element('span', 'marks'),
    place: element('b', 'where'), source: element('span', 'source'), state: element('span', 'pill'), age: element('time', 'age')
  };
  row.picture.width = 96;
  row.picture.height = 54;
  row.picture.loading = 'lazy';
  row.picture.alt = '';
  row.node = element('div', 'row', null,
    element('span', 'frame', null, row.picture, row.noPicture),
    row.severity,
    element('span', 'what', null, row.title, element('span', 'sub', null, row.id, row.kind, row.marks)),
    element('span', 'at', null, row.place, row.source),
    row.state, row.age);
  row.node.setAttribute('role', 'option');
  row.node.dataset.id = id;
  row.node.addEventListener('click', () => Board.select(id));
  return row;
}

function fillRow(row, ticket) {
  row.ticket = ticket;
  const key = Speech.language + ticket.version + ticket.pictureState + ticket.unconfirmed + ticket.eventCount + ticket.updatedAt;
  if (row.key === key) {
    return;
  }
  row.key = key;
  row.node.dataset.severity = ticket.severity;
  row.node.dataset.category = ticket.category;
  row.picture.hidden = !ticket.picture;
  if (ticket.picture && row.picture.getAttribute('src') !== ticket.picture) {
    row.picture.src = ticket.picture;
  }
  row.noPicture.hidden = Boolean(ticket.picture);
  const glyph = ticket.pictureState === 'none' ? Speech.glyph(ticket.kind) : '';
  row.noPicture.textContent = glyph || Speech.word(pictureWord(ticket.pictureState));
  row.noPicture.classList.toggle('glyph', glyph !== '');
  row.severity.textContent = Speech.word(ticket.severity);
  row.title.textContent = Speech.name(ticket.title) || ticket.kind;
  row.kind.textContent = ticket.kind;
  row.marks.textContent = [ticket.eventCount > 1 ? '×' + ticket.eventCount : '', ticket.conditionClearedAt ? Speech.word('cleared') : '',
    ticket.unconfirmed ? Speech.word('unconfirmed') : ''].filter(Boolean).join(' · ');
  row.place.textContent = Speech.name(ticket.place.name) || ticket.site;
  row.source.textContent = [Speech.name(ticket.source.name) || ticket.source.id, Speech.name(ticket.source.zoneName) || ticket.source.zone].filter(Boolean).join(' · ');
  row.state.textContent = Speech.name(ticket.stateName);
  row.state.dataset.category = ticket.category;
  row.state.dataset.deadline = ticket.deadline;
  row.state.title = ticket.dueAt ? Speech.word('dueAt') + ' ' + Speech.time(ticket.dueAt) : '';
}

function pictureWord(state) {
  return state === 'pending' ? 'picturePending' : state === 'lost' ? 'pictureLost' : 'pictureNone';
}

function debounce(work, millis) {
  let timer = null;
  return () => {
    if (timer === null) {
      timer = setTimeout(() => {
        timer = null;
        work();
      }, millis);
    }
  };
}

Board.draw = debounce(() => Board.drawNow(), 30);

Board.byId('language').addEventListener('click', () => {
  Speech.toggle();
  Board.speak();
  Board.drawNow();
  Board.drawEdges();
  Board.loadFleet().catch(report);
  Board.loadMe().catch(report);
  Detail.draw();
});
Board.byId('out').addEventListener('click', () => Board.signOut().catch(report));
Board.byId('list').addEventListener('keydown', event => {
  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (by) {
    event.preventDefault();
    Board.move(by);
  }
});
setInterval(() => Board.tick(), 1000);
Board.speak();
Detail.draw();
Board.drawNow();
// A link to one ticket opens it as a click on it does.
const linked = new URLSearchParams(location.search).get('ticket');
Board.loadMe().then(() => linked && Board.select(linked)).catch(report);
Board.listen();
