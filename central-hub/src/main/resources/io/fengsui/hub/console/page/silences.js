'use strict';
// Silences: of what nobody is told for now, who said so and why; making one and ending it, for those who may.

const HOURS = { '1h': 1, '4h': 4, '12h': 12, '1d': 24, '3d': 72, '7d': 168 };
/** As long as a silence may last, until its ticket is done, and until a time of one's own. */
const LONGEST = '30d';
const DONE = 'done';
const AT = 'at';
const LONGEST_MILLIS = 30 * 86400000;
const LISTS = ['kinds', 'areas', 'sources'];
const SCOPES = ['ticket', 'source', 'place'];
const REFRESH_MILLIS = 30000;
const byId = id => document.getElementById(id);

const Silences = {
  me: null,
  current: [],
  over: [],
  /** What has no ticket yet: work was announced there, or its cause may still be told. */
  held: [],
  /** Where the list of those that are over goes on; null at its end. */
  next: null,
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
    this.ends();
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
    const current = [];
    for (let next = ''; next !== null;) {
      const page = await call('GET', '/api/v1/silences?state=running,coming&limit=200' + (next ? '&cursor=' + next : ''));
      current.push(...page.items);
      next = page.next;
    }
    const over = await call('GET', '/api/v1/silences?state=over&limit=20');
    this.held = (await call('GET', '/api/v1/held?limit=200')).items;
    // Those that run first, and of them those that end first.
    const order = one => (one.state === 'running' ? '0' + one.until : '1' + one.from);
    this.current = current.sort((one, other) => (order(one) < order(other) ? -1 : 1));
    this.over = over.items;
    this.next = over.next;
    this.hasOlder = false;
    this.show();
  },

  async older() {
    const page = await call('GET', '/api/v1/silences?state=over&limit=50&cursor=' + this.next);
    this.over = this.over.concat(page.items);
    this.next = page.next;
    this.hasOlder = true;
    this.show();
  },

  show() {
    redraw(byId('held'), this.held.map(one => this.heldRow(one)));
    byId('held-part').hidden = this.held.length === 0;
    redraw(byId('current'), this.current.map(one => this.row(one)));
    redraw(byId('over'), this.over.map(one => this.row(one)));
    byId('none').hidden = this.current.length > 0;
    byId('none-over').hidden = this.over.length > 0;
    byId('older').hidden = this.next === null;
  },

  row(one) {
    const pill = element('span', 'pill', Speech.word('silenceStates')[one.state]);
    pill.dataset.category = { running: 'open', coming: 'suspended', over: 'void' }[one.state];
    const buttons = element('div', 'buttons');
    if (one.mayEnd) {
      const end = element('button', 'quiet', Speech.word('endSilence'));
      end.type = 'button';
      end.addEventListener('click', () => {
        end.disabled = true;
        this.end(one).catch(report).finally(() => { end.disabled = false; });
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
      cell('heldUntil', lines(Speech.time(one.until), Speech.word('silenceLeft')(Speech.age(Math.max(0, Date.parse(one.until) - this.now()))))));
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

  async end(one) {
    await call('DELETE', '/api/v1/silences/' + encodeURIComponent(one.id));
    await this.lists();
    byId('said').textContent = Speech.word('silenceEnded');
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
    form.ticket.value = scope === 'ticket' ? ticket.id : '';
    this.pick.kinds.set(scope === 'ticket' ? [] : [ticket.kind]);
    this.pick.sources.set(scope === 'source' ? [ticket.source.id] : []);
    this.pick.areas.set(scope === 'place' || (scope === 'source' && this.isConfined()) ? [ticket.place.grid] : []);
    form.end.value = scope === 'ticket' ? DONE : '4h';
    this.ends();
    this.showAbout();
  },

  showAbout() {
    byId('about').hidden = this.about === null;
    if (this.about === null) {
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
    const made = await call('POST', '/api/v1/silences', wish);
    form.reset();
    form.end.value = '4h';
    LISTS.forEach(key => this.pick[key].set(key === 'areas' ? this.me.areas : []));
    this.about = null;
    history.replaceState(null, '', '/silences');
    this.ends();
    this.showAbout();
    await this.lists();
    byId('said').textContent = Speech.word('silenceMade')(Speech.time(made.until));
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
    this.ends();
    LISTS.forEach(key => this.pick[key].draw());
    if (this.me) {
      this.showAbout();
      this.show();
    }
  }
};

byId('language').addEventListener('click', () => {
  Speech.toggle();
  byId('said').textContent = '';
  Silences.speak();
});
byId('new-silence').addEventListener('input', () => Silences.ends());
byId('new-silence').addEventListener('submit', event => {
  event.preventDefault();
  byId('create').disabled = true;
  byId('said').textContent = '';
  Silences.create(event.target).catch(report).finally(() => { byId('create').disabled = false; });
});
byId('older').addEventListener('click', event => {
  event.target.disabled = true;
  Silences.older().catch(report).finally(() => { event.target.disabled = false; });
});
// Not while somebody reads what is older.
setInterval(() => {
  if (Silences.me && !document.hidden && !Silences.hasOlder) {
    Silences.lists().catch(() => {});
  }
}, REFRESH_MILLIS);
Silences.speak();
Silences.load().catch(report);
