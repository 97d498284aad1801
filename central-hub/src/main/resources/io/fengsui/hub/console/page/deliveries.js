'use strict';
// Messages to contacts: what became of each, why it waits, what the receiver said; sending it again, for those who may.

const STATES = ['', 'waiting', 'delivered', 'dead'];
const MOST_SHOWN = 3;
const REFRESH_MILLIS = 15000;
const byId = id => document.getElementById(id);

const Deliveries = {
  me: null,
  filter: { state: '', ticket: '', channel: '' },
  items: [],
  next: null,
  hasOlder: false,
  /** Which question is the newest: an answer that comes late shows nothing. */
  asked: 0,
  /** Logs of tries that are open, by the message's id. */
  logs: new Map(),

  async load() {
    this.me = await call('GET', '/api/v1/me');
    Speech.zone = (await call('GET', '/api/v1/summary')).zone;
    Speech.formats = {};
    const told = new URLSearchParams(location.search);
    Object.keys(this.filter).forEach(key => { this.filter[key] = told.get(key) || ''; });
    if (!STATES.includes(this.filter.state)) {
      this.filter.state = '';
    }
    this.fields();
    await this.ask();
  },

  fields() {
    byId('filter').ticket.value = this.filter.ticket;
    byId('filter').channel.value = this.filter.channel;
  },

  query() {
    return new URLSearchParams(Object.entries(this.filter).filter(([, value]) => value !== ''));
  },

  /** From the newest on; the page's address says which are shown. */
  async ask() {
    this.choices();
    const query = this.query();
    history.replaceState(null, '', '/deliveries' + (query.size ? '?' + query : ''));
    await this.read('');
  },

  async read(cursor) {
    this.asked += 1;
    const number = this.asked;
    const query = this.query();
    query.set('limit', 50);
    if (cursor) {
      query.set('cursor', cursor);
    }
    const page = await call('GET', '/api/v1/deliveries?' + query);
    if (number !== this.asked) {
      return;
    }
    this.items = cursor ? this.items.concat(page.items) : page.items;
    this.hasOlder = Boolean(cursor);
    this.next = page.next;
    this.show();
  },

  choices() {
    byId('states').replaceChildren(...STATES.map(state => {
      const chip = element('button', 'chip', Speech.word('deliveryFilters')[state]);
      chip.type = 'button';
      chip.dataset.state = state;
      chip.setAttribute('aria-pressed', state === this.filter.state);
      chip.addEventListener('click', () => {
        this.filter.state = state;
        this.ask().catch(report);
        byId('states').querySelector('[aria-pressed=true]').focus();
      });
      return chip;
    }));
  },

  show() {
    redraw(byId('list'), this.items.map(one => this.row(one)));
    byId('none').hidden = this.items.length > 0;
    const isConfined = this.me.areas.length > 0 || this.me.unit !== '';
    byId('none').textContent = Speech.word(isConfined ? 'deliveriesConfined' : this.query().size ? 'noDeliveriesMatch' : 'noDeliveries');
    byId('older').hidden = this.next === null;
  },

  row(one) {
    const row = element('tr', '', null, element('td', '', null, this.state(one)),
      cell('recipient', lines(one.contact, one.channel)), cell('told', this.notices(one)), cell('madeAt', Speech.time(one.madeAt)),
      cell('tries', this.tries(one)), element('td', '', null, this.buttons(one)));
    row.dataset.id = one.id;
    return row;
  },

  /** What waits says when it goes, and why not before. */
  state(one) {
    const isRetry = one.state === 'waiting' && one.tries > 0;
    const pill = element('span', 'pill', Speech.word('deliveryStates')[isRetry ? 'retrying' : one.state]);
    pill.dataset.category = { waiting: 'open', delivered: 'closed', dead: 'open' }[one.state];
    pill.dataset.deadline = one.state === 'dead' ? 'passed' : isRetry ? 'near' : '';
    const all = element('span', 'lines', null, element('span', '', null, pill));
    if (one.nextAt !== null) {
      const why = isRetry ? '' : Speech.word('sendReasons')[one.reason] || '';
      all.append(element('span', 'hint', Speech.word(isRetry ? 'nextTry' : 'goesAt')(Speech.time(one.nextAt))), element('span', 'hint', why));
    }
    return all;
  },

  notices(one) {
    const all = element('span', 'lines');
    // Those of the ticket that somebody asked for first.
    const isAsked = notice => notice.ticket === this.filter.ticket;
    one.notices.filter(isAsked).concat(one.notices.filter(notice => !isAsked(notice))).slice(0, MOST_SHOWN)
      .forEach(notice => all.append(said(notice)));
    const more = one.notices.length - MOST_SHOWN;
    if (more > 0 || one.omitted > 0) {
      all.append(element('span', 'hint', Speech.word('moreNotices')(Math.max(more, 0) + one.omitted)));
    }
    return all;
  },

  /** How many there were and how the last one ended; opened, all of them. */
  tries(one) {
    if (one.tries === 0) {
      return element('span', 'hint', Speech.word('notTried'));
    }
    const last = one.lastTry;
    const log = element('details', 'tries', null, element('summary', '', Speech.word('triesOf')(one.tries) + (last ? ' · ' + this.outcome(last) : '')));
    const list = element('ol');
    log.append(list);
    log.open = this.logs.has(one.id);
    const fill = lines => list.replaceChildren(...lines.map(tried => element('li', 'hint', null,
      Speech.time(tried.at) + ' · ' + tried.millis + ' ms · ' + this.outcome(tried))));
    fill(this.logs.get(one.id) || []);
    log.addEventListener('toggle', () => {
      if (!log.open) {
        this.logs.delete(one.id);
      } else if (!this.logs.has(one.id)) {
        this.logs.set(one.id, []);
        this.readLog(one.id).then(() => fill(this.logs.get(one.id) || [])).catch(report);
      }
    });
    return log;
  },

  async readLog(id) {
    const whole = await call('GET', '/api/v1/deliveries/' + encodeURIComponent(id));
    if (this.logs.has(id)) {
      this.logs.set(id, whole.log);
    }
  },

  outcome(tried) {
    return [Speech.word('outcomes')[tried.outcome], tried.detail].filter(Boolean).join(' · ');
  },

  buttons(one) {
    const buttons = element('div', 'buttons');
    if (one.state !== 'waiting' && this.me.may.includes('supervise')) {
      const again = element('button', 'quiet', Speech.word('resend'));
      again.type = 'button';
      again.addEventListener('click', () => {
        again.disabled = true;
        this.resend(one).catch(report).finally(() => { again.disabled = false; });
      });
      buttons.append(again);
    }
    return buttons;
  },

  async resend(one) {
    byId('said').textContent = '';
    await call('POST', '/api/v1/deliveries/' + encodeURIComponent(one.id) + '/resend');
    byId('said').textContent = Speech.word('resent');
    await this.again();
  },

  /** What is shown, as it is now; older ones that were fetched go, as the list begins anew. */
  async again() {
    await Promise.all([...this.logs.keys()].map(id => this.readLog(id)));
    await this.read('');
  },

  speak() {
    Speech.speak();
    this.choices();
    if (this.me) {
      this.show();
    }
  }
};

/** What was told, as it was sent; the ticket in it is a link. */
function said(notice) {
  const text = Speech.name(notice.text);
  const at = text.indexOf(notice.ticket);
  const link = ticketLink(notice.ticket);
  return lines(at < 0 ? element('span', '', null, link, ' ' + text)
    : element('span', '', text.slice(0, at), link, text.slice(at + notice.ticket.length)), Speech.name(notice.place));
}

function search(form) {
  Deliveries.filter.ticket = form.ticket.value.trim();
  Deliveries.filter.channel = form.channel.value.trim();
  Deliveries.ask().catch(report);
}

byId('language').addEventListener('click', () => {
  Speech.toggle();
  byId('said').textContent = '';
  Deliveries.speak();
});
byId('filter').addEventListener('submit', event => {
  event.preventDefault();
  search(event.target);
});
byId('clear').addEventListener('click', () => {
  byId('filter').reset();
  search(byId('filter'));
});
byId('older').addEventListener('click', event => {
  event.target.disabled = true;
  Deliveries.read(Deliveries.next).catch(report).finally(() => { event.target.disabled = false; });
});
// Not while somebody reads what is older.
setInterval(() => {
  if (Deliveries.me && !document.hidden && !Deliveries.hasOlder) {
    Deliveries.again().catch(() => {});
  }
}, REFRESH_MILLIS);
Deliveries.speak();
Deliveries.load().catch(report);
