'use strict';
// Silences and announced work: of what nobody is told for now, or what gets no ticket, who said so and why; making one and
// ending it, for those who may.

const HOURS = { '1h': 1, '4h': 4, '12h': 12, '1d': 24, '3d': 72, '7d': 168 };
/** As long as a silence may last, until its ticket is done, and until a time of one's own. */
const LONGEST = '30d';
const DONE = 'done';
const AT = 'at';
const LONGEST_MILLIS = 30 * 86400000;
/** Where each lies: its address, and the places of those that are not over and of those that are. */
const PURPOSES = {
  silences: { path: '/api/v1/silences', current: 'current', over: 'over', older: 'older' },
  maintenance: { path: '/api/v1/maintenance', current: 'works', over: 'works-over', older: 'works-older' }
};
const LISTS = ['kinds', 'areas', 'sources'];
const SCOPES = ['ticket', 'source', 'place'];
const REFRESH_MILLIS = 30000;
const byId = id => document.getElementById(id);

const Silences = {
  me: null,
  /** Of each purpose those that are not over, those that are, and where the list of these goes on; null at its end. */
  lots: Object.fromEntries(Object.keys(PURPOSES).map(purpose => [purpose, { current: [], over: [], next: null }])),
  /** What has no ticket yet: work was announced there, or its cause may still be told. */
  held: [],
  hasOlder: false,
  /** How far the hub's clock is ahead of this one. */
  skew: 0,
  /** The ticket that somebody came from, and how much is silenced with it. */
  about: null,
  scope: 'ticket',
  /** What kinds, areas and sources are chosen by. */
  pick: Object.fromEntries(LISTS.map(key => [key, new Picker(byId('new-silence')[key].closest('.pick'), key)])),

  async load() {
    this.me = await call('GET', '/api/v1/me');
    Speech.zone = (await call('GET', '/api/v1/summary')).zone;
    Speech.formats = {};
    const hub = Date.parse((await fetch('/icon.svg', { cache: 'no-store' })).headers.get('date'));
    this.skew = Number.isNaN(hub) ? 0 : hub - Date.now();
    const form = byId('new-silence');
    form.hidden = !this.me.may.includes('dispatch');
    byId('confined').hidden = !this.isConfined();
    this.pick.areas.set(this.me.areas);
    this.purpose();
    await this.lists();
    const ticket = new URLSearchParams(location.search).get('ticket');
    if (ticket && !form.hidden) {
      this.about = await call('GET', '/api/v1/tickets/' + encodeURIComponent(ticket));
      this.choose('ticket');
      form.comment.focus();
    }
  },

  isConfined() {
    return this.me.areas.length > 0 || this.me.unit !== '';
  },

  now() {
    return Date.now() + this.skew;
  },

  async lists() {
    const lots = {};
    for (const purpose of Object.keys(PURPOSES)) {
      lots[purpose] = await this.lot(PURPOSES[purpose].path);
    }
    this.held = (await call('GET', '/api/v1/held?limit=200')).items;
    this.lots = lots;
    this.hasOlder = false;
    this.show();
  },

  async lot(path) {
    const current = [];
    for (let next = ''; next !== null;) {
      const page = await call('GET', path + '?state=running,coming&limit=200' + (next ? '&cursor=' + next : ''));
      current.push(...page.items);
      next = page.next;
    }
    const over = await call('GET', path + '?state=over&limit=20');
    // Those that run first, and of them those that end first.
    const order = one => (one.state === 'running' ? '0' + one.until : '1' + one.from);
    return { current: current.sort((one, other) => (order(one) < order(other) ? -1 : 1)), over: over.items, next: over.next };
  },

  async older(purpose) {
    const lot = this.lots[purpose];
    const page = await call('GET', PURPOSES[purpose].path + '?state=over&limit=50&cursor=' + lot.next);
    lot.over = lot.over.concat(page.items);
    lot.next = page.next;
    this.hasOlder = true;
    this.show();
  },

  show() {
    redraw(byId('held'), this.held.map(one => this.heldRow(one)));
    byId('held-part').hidden = this.held.length === 0;
    for (const [purpose, places] of Object.entries(PURPOSES)) {
      const lot = this.lots[purpose];
      redraw(byId(places.current), lot.current.map(one => this.row(one, purpose)));
      redraw(byId(places.over), lot.over.map(one => this.row(one, purpose)));
      byId(places.older).hidden = lot.next === null;
    }
    byId('none').hidden = this.lots.silences.current.length > 0;
    byId('none-over').hidden = this.lots.silences.over.length > 0;
    byId('none-works').hidden = this.lots.maintenance.current.length > 0;
    byId('works-over-part').hidden = this.lots.maintenance.over.length === 0;
  },

  row(one, purpose) {
    const pill = element('span', 'pill', Speech.word('silenceStates')[one.state]);
    pill.dataset.category = { running: 'open', coming: 'suspended', over: 'void' }[one.state];
    const buttons = element('div', 'buttons');
    if (one.mayEnd) {
      const end = element('button', 'quiet', Speech.word(purpose === 'silences' ? 'endSilence' : 'endWork'));
      end.type = 'button';
      end.addEventListener('click', () => {
        end.disabled = true;
        this.end(one, purpose).catch(report).finally(() => { end.disabled = false; });
      });
      buttons.append(end);
    }
    const row = element('tr', '', null, element('td', '', null, pill), cell('silenceMatches', this.matches(one)),
      cell('silenceWhy', one.comment), cell('who', one.author), cell('silenceTime', this.time(one)), element('td', '', null, buttons));
    row.dataset.id = one.id;
    row.dataset.state = one.state;
    return row;
  },

  heldRow(one) {
    const severity = element('span', 'severity', Speech.word(one.severity));
    const row = element('tr', '', null, element('td', '', null, severity), cell('kind', one.kind),
      cell('source', named(one.source, one.sourceName)),
      cell('occurred', lines(Speech.time(one.since), one.open ? '' : Speech.word('heldOver'))),
      cell('heldWhy', Speech.word('heldReasons')[one.reason]),
      cell('heldUntil', lines(Speech.time(one.until), one.opensTicket
        ? Speech.word('silenceLeft')(Speech.age(Math.max(0, Date.parse(one.until) - this.now()))) : Speech.word('heldNoTicket'))));
    row.dataset.id = one.incident;
    row.dataset.severity = one.severity;
    return row;
  },

  /** All of it together; of each list one is enough. */
  matches(one) {
    const all = element('span', 'matches');
    const add = (word, ...what) => all.append(element('span', 'match', null, element('span', 'hint', Speech.word(word)), ' ', ...what));
    if (one.ticket) {
      add('ticket', Speech.name(one.names.ticket), ' ', ticketLink(one.ticket));
    }
    [['kind', 'kinds'], ['area', 'areas'], ['source', 'sources']].filter(([, key]) => one[key].length > 0)
      .forEach(([word, key]) => add(word, ...one[key].flatMap((code, at) =>
        (at > 0 ? [Speech.word('or')] : []).concat(named(code, one.names[key][code])))));
    if (one.notHeld && one.notHeld.length > 0) {
      add('workNotHeld', ...one.notHeld.flatMap((code, at) => (at > 0 ? [Speech.word('comma')] : []).concat(named(code, one.names.kinds[code]))));
    }
    return all;
  },

  time(one) {
    const between = (from, to) => Speech.time(from) + ' – ' + Speech.time(to);
    if (one.state === 'over') {
      const how = one.endedAt === null ? '' : one.endedBy === 'hub' ? Speech.word('endedWithTicket') : Speech.word('endedBy')(one.endedBy);
      return lines(between(one.from, one.endedAt === null ? one.until : one.endedAt), how);
    }
    const left = one.state === 'running' ? Speech.word('silenceLeft')(Speech.age(Date.parse(one.until) - this.now()))
      : Speech.word('silenceComes')(Speech.age(Date.parse(one.from) - this.now()));
    return lines(between(one.from, one.until), left + (one.ticket ? Speech.word('orWhenDone') : ''));
  },

  async end(one, purpose) {
    await call('DELETE', PURPOSES[purpose].path + '/' + encodeURIComponent(one.id));
    await this.lists();
    byId('said').textContent = Speech.word(purpose === 'silences' ? 'silenceEnded' : 'workEnded');
  },

  // ---- making one ----

  /** How much is silenced with a ticket: only what somebody who is confined may. */
  scopes() {
    const place = this.about.place.grid;
    const isFree = !this.isConfined() || (this.me.areas.length > 0 && place !== '');
    return SCOPES.filter(scope => scope === 'ticket' || (isFree && (scope === 'source' || place !== '')));
  },

  choose(scope) {
    this.scope = scope;
    const ticket = this.about;
    const form = byId('new-silence');
    form.purpose.value = 'silences';
    this.purpose();
    form.ticket.value = scope === 'ticket' ? ticket.id : '';
    this.pick.kinds.set(scope === 'ticket' ? [] : [ticket.kind]);
    this.pick.sources.set(scope === 'source' ? [ticket.source.id] : []);
    this.pick.areas.set(scope === 'place' || (scope === 'source' && this.isConfined()) ? [ticket.place.grid] : []);
    form.end.value = scope === 'ticket' ? DONE : '4h';
    this.ends();
    this.showAbout();
  },

  showAbout() {
    byId('about').hidden = this.about === null || this.isWork();
    if (byId('about').hidden) {
      return;
    }
    const ticket = this.about;
    const link = byId('about-ticket');
    link.textContent = [ticket.id, Speech.name(ticket.title) || ticket.kind, Speech.name(ticket.place.name) || ticket.site,
      Speech.name(ticket.source.name) || ticket.source.id].join(' · ');
    link.href = '/?ticket=' + encodeURIComponent(ticket.id);
    byId('scopes').replaceChildren(...this.scopes().map(scope => {
      const chip = element('button', 'chip', Speech.word('scopes')[scope]);
      chip.type = 'button';
      chip.setAttribute('aria-pressed', scope === this.scope);
      chip.addEventListener('click', () => {
        this.choose(scope);
        byId('scopes').querySelector('[aria-pressed=true]').focus();
      });
      return chip;
    }));
  },

  isWork() {
    return byId('new-silence').purpose.value === 'maintenance';
  },

  /** What is asked for a silence, or for work: work is of no ticket. */
  purpose() {
    const form = byId('new-silence');
    fill(form.purpose, Object.keys(PURPOSES).map(purpose => [purpose, Speech.word('silencePurposes')[purpose]]), 'silences');
    const isWork = this.isWork();
    byId('of-ticket').hidden = isWork;
    if (isWork) {
      form.ticket.value = '';
    }
    for (const [id, word] of [['hint', isWork ? 'workHint' : 'silenceHint'], ['confined', isWork ? 'workConfined' : 'silenceConfined'],
      ['create', isWork ? 'announceIt' : 'silenceIt']]) {
      byId(id).dataset.word = word;
      byId(id).textContent = Speech.word(word);
    }
    this.ends();
    this.showAbout();
  },

  /** When it may end: with its ticket only if there is one. */
  ends() {
    const form = byId('new-silence');
    fill(form.end, [...Object.keys(HOURS), LONGEST, DONE, AT].map(end => [end, Speech.word('silenceEnds')[end]]), '4h');
    const done = form.end.querySelector('[value=' + DONE + ']');
    done.disabled = form.ticket.value.trim() === '';
    if (done.disabled && form.end.value === DONE) {
      form.end.value = '4h';
    }
    byId('until').hidden = form.end.value !== AT;
  },

  async create(form) {
    const wish = { comment: form.comment.value.trim() };
    for (const key of LISTS) {
      await this.pick[key].settle();
      if (this.pick[key].codes().length > 0) {
        wish[key] = this.pick[key].codes();
      }
    }
    const ticket = form.ticket.value.trim();
    const isWork = this.isWork();
    if (isWork && !wish.kinds && !wish.sources) {
      throw new Error(Speech.word('workNeedsMatch'));
    }
    if (!ticket && !LISTS.some(key => wish[key])) {
      throw new Error(Speech.word('silenceNeedsMatch'));
    }
    if (!wish.comment) {
      throw new Error(Speech.word('silenceNeedsComment'));
    }
    this.times(form, wish);
    if (ticket) {
      await this.check(ticket);
      wish.ticket = ticket;
    }
    const purpose = form.purpose.value;
    const made = await call('POST', PURPOSES[purpose].path, wish);
    form.reset();
    form.purpose.value = purpose;
    form.end.value = '4h';
    LISTS.forEach(key => this.pick[key].set(key === 'areas' ? this.me.areas : []));
    this.about = null;
    history.replaceState(null, '', '/silences');
    this.purpose();
    await this.lists();
    byId('said').textContent = Speech.word(isWork ? 'workMade' : 'silenceMade')(Speech.time(made.until));
  },

  /** What is left out is the hub's: from now on, and 30 days. */
  times(form, wish) {
    const from = form.from.value ? Speech.moment(form.from.value).getTime() : this.now();
    if (form.from.value) {
      wish.from = new Date(from).toISOString();
    }
    const end = form.end.value;
    const until = end === AT ? Speech.moment(form.until.value).getTime() : end in HOURS ? from + HOURS[end] * 3600000 : from + LONGEST_MILLIS;
    if (!(until > Math.max(from, this.now()) && until <= from + LONGEST_MILLIS)) {
      throw new Error(Speech.word('silenceLimits'));
    }
    if (end === AT || end in HOURS) {
      wish.until = new Date(until).toISOString();
    }
  },

  /** A ticket that is not there, or done, ends no silence. */
  async check(ticket) {
    const found = await call('GET', '/api/v1/tickets/' + encodeURIComponent(ticket));
    if (!['open', 'suspended'].includes(found.category)) {
      throw new Error(Speech.word('silenceOfDone'));
    }
  },

  speak() {
    Speech.speak();
    this.purpose();
    LISTS.forEach(key => this.pick[key].draw());
    if (this.me) {
      this.show();
    }
  }
};

byId('language').addEventListener('click', () => {
  Speech.toggle();
  byId('said').textContent = '';
  Silences.speak();
});
byId('new-silence').addEventListener('input', () => Silences.purpose());
byId('new-silence').addEventListener('submit', event => {
  event.preventDefault();
  byId('create').disabled = true;
  byId('said').textContent = '';
  Silences.create(event.target).catch(report).finally(() => { byId('create').disabled = false; });
});
for (const [purpose, places] of Object.entries(PURPOSES)) {
  byId(places.older).addEventListener('click', event => {
    event.target.disabled = true;
    Silences.older(purpose).catch(report).finally(() => { event.target.disabled = false; });
  });
}
// Not while somebody reads what is older.
setInterval(() => {
  if (Silences.me && !document.hidden && !Silences.hasOlder) {
    Silences.lists().catch(() => {});
  }
}, REFRESH_MILLIS);
Silences.speak();
Silences.load().catch(report);
