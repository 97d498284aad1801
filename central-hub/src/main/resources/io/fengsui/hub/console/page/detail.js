'use strict';
// One ticket: its picture with what was detected, why it was raised, what was done, and what may be done next.

const MOST_COMING = 8;
const VERDICTS = ['true', 'false', 'duplicate', 'test'];

const Detail = {
  id: null,
  ticket: null,
  tag: null,
  note: '',
  extras: {},
  /** Chooses the unit that a step of this ticket hands it to; null where none is wished for. */
  unit: null,
  /** Where steps are chosen and their wishes typed, and what it was drawn of: news that changes nothing there leave it alone. */
  wishes: null,
  wishesOf: '',
  /** What will be told of the ticket if nobody does anything; null while it is not known, or not for this visitor. */
  preview: null,
  previewsAsked: 0,

  async open(id) {
    this.id = id;
    this.preview = null;
    this.forgetWishes();
    await this.load();
  },

  /** A step that is on its way keeps the wishes that it began with. */
  forgetWishes() {
    this.note = '';
    this.extras = {};
    this.unit = null;
    this.wishes = null;
  },

  /** Whether another ticket has been asked for than the one that is shown: nobody can say which of them is meant. */
  isElsewhere() {
    if (this.ticket.id !== this.id) {
      report(new Error(Speech.word('loading')));
      return true;
    }
    return false;
  },

  /** Back to the list, where there is no room for both. */
  close() {
    this.id = null;
    this.ticket = null;
    this.preview = null;
    clearTimeout(this.previewTimer);
    clearTimeout(this.shiftTimer);
    this.draw();
  },

  async load() {
    const id = this.id;
    try {
      const answer = await fetch('/api/v1/tickets/' + encodeURIComponent(id), { headers: { Accept: 'application/json' } });
      if (answer.status === 404 && this.ticket !== null && this.ticket.id === id) {
        Board.lose(id);
        return;
      }
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      const ticket = await answer.json();
      if (id === this.id) {
        this.ticket = ticket;
        this.tag = answer.headers.get('etag');
        this.draw();
        this.awaitShift();
        await this.loadPreview(id);
      }
    } catch (error) {
      report(error);
    }
  },

  /** Nothing changes about the ticket when others come on duty: they are asked for when they do. */
  awaitShift() {
    clearTimeout(this.shiftTimer);
    const { id } = this;
    const unit = this.ticket.responsible.unit;
    if (unit) {
      const wait = unit.dutyChangesAt ? Date.parse(unit.dutyChangesAt) - Date.now() - Board.skew : 12 * 3600000;
      this.shiftTimer = setTimeout(() => {
        if (id === this.id) {
          this.load();
        }
      }, Math.max(1000, wait + 1000));
    }
  },

  /** Also when what comes next has come. What is not known is not shown, and asked for again. */
  async loadPreview(id) {
    clearTimeout(this.previewTimer);
    const asked = ++this.previewsAsked;
    const isLast = () => id === this.id && asked === this.previewsAsked;
    if (!this.isToldOf()) {
      this.show(null);
      return;
    }
    let wait = 15000;
    try {
      const preview = await Board.get('/api/v1/tickets/' + encodeURIComponent(id) + '/preview');
      if (isLast()) {
        this.show(preview);
        const next = this.comingLines().find(line => line.dueAt);
        wait = next ? new Date(next.dueAt) - Date.now() - Board.skew + 2000 : 60000;
      }
    } catch (error) {
      if (isLast()) {
        this.show(null);
        throw error;
      }
    } finally {
      if (isLast()) {
        this.previewTimer = setTimeout(() => {
          if (isLast()) {
            this.loadPreview(id).catch(() => {});
          }
        }, Math.min(Math.max(wait, 5000), 60000));
      }
    }
  },

  /** Whether anybody is still told of the open ticket, and this visitor may know. */
  isToldOf() {
    return Board.may('dispatch') && ['open', 'suspended'].includes(this.ticket.category);
  },

  show(preview) {
    this.preview = preview;
    const box = document.getElementById('coming');
    if (box) {
      box.replaceWith(this.coming());
    }
  },

  /** The list saw another version of the open ticket. */
  refresh(ticket) {
    if (!this.ticket || ticket.version !== this.ticket.version || ticket.pictureState !== this.ticket.pictureState
      || ticket.updatedAt !== this.ticket.updatedAt) {
      this.load();
    }
  },

  async command(step) {
    if (this.isElsewhere()) {
      return;
    }
    // It is done to what was shown then, whatever is opened or comes in while it goes on.
    const { ticket, tag, unit, extras } = this;
    const wish = { command: step.command, note: this.note.trim() };
    if (step.needs.includes('note') && !wish.note) {
      report(new Error(Speech.word('noteNeeded')));
      return;
    }
    try {
      if (unit && step.takes.includes('unit')) {
        await unit.settle();
        wish.unit = unit.codes()[0];
      }
    } catch (error) {
      report(error);
      return;
    }
    if (step.needs.includes('unit') && !wish.unit && !ticket.unit) {
      report(new Error(Speech.word('unitNeeded')));
      return;
    }
    for (const need of ['extension', 'until'].filter(one => step.needs.includes(one))) {
      const value = (extras[need] || '').trim();
      if (!value) {
        report(new Error(Speech.word(need + 'Needed')));
        return;
      }
      wish[need] = need === 'until' ? Speech.moment(value).toISOString() : value;
    }
    try {
      const answer = await fetch('/api/v1/tickets/' + encodeURIComponent(ticket.id) + '/commands', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'If-Match': tag, 'Accept-Language': Speech.language },
        body: JSON.stringify(wish)
      });
      if (answer.status === 412) {
        report(new Error(Speech.word('conflict')));
        if (ticket.id === this.id) {
          await this.load();
        }
        return;
      }
      if (answer.status === 204) {
        Board.forget(ticket.id);
        tell(Speech.word('givenAway'));
        return;
      }
      const body = await answer.json();
      if (!answer.ok) {
        throw new Error(body[Speech.language] ? body[Speech.language].detail : body.detail);
      }
      if (body.facts.slice(-2).some(fact => fact.kind === 'found-still-there' && fact.version > ticket.version)) {
        report(new Error(Speech.word('wentBack')));
      }
      if (ticket.id !== this.id) {
        Board.upsert(body);
        return;
      }
      this.forgetWishes();
      this.ticket = body;
      this.tag = answer.headers.get('etag');
      this.draw();
      this.awaitShift();
      Board.upsert(body);
      await this.loadPreview(this.id);
    } catch (error) {
      report(error);
    }
  },

  draw() {
    const box = document.getElementById('detail');
    box.classList.toggle('open', this.ticket !== null);
    if (!this.ticket) {
      box.replaceChildren(element('p', 'empty', Speech.word('pickOne')));
      return;
    }
    const scroll = box.scrollTop;
    const ticket = this.ticket;
    const event = this.telling(ticket);
    place(box, [
      this.head(ticket),
      this.picture(ticket, event),
      this.whose(ticket, event),
      this.steps(ticket),
      this.verdicts(ticket),
      this.links(ticket),
      this.deadlines(ticket),
      this.coming(),
      this.why(event),
      this.facts(ticket, event),
      this.others(ticket, event),
      this.history(ticket)
    ]);
    box.scrollTop = scroll;
  },

  /** The event whose picture is shown, or the first one told. */
  telling(ticket) {
    const oldest = ticket.events.slice().reverse();
    return oldest.find(event => event.evidence.some(evidence => evidence.url === ticket.picture && ticket.picture)) || oldest[0] || null;
  },

  head(ticket) {
    const back = element('button', 'quiet back', '‹ ' + Speech.word('backToList'));
    back.type = 'button';
    back.addEventListener('click', () => Board.leave());
    const head = element('div', 'detail-head', null,
      element('span', 'severity', Speech.word(ticket.severity)),
      element('h2', '', Speech.name(ticket.title) || ticket.kind),
      element('span', 'pill', Speech.name(ticket.stateName)));
    head.dataset.severity = ticket.severity;
    head.querySelector('.pill').dataset.category = ticket.category;
    return element('div', '', null, back, head);
  },

  picture(ticket, event) {
    const frame = element('div', 'picture');
    if (!ticket.picture) {
      frame.append(element('span', 'picture-none', Speech.word(pictureWord(ticket.pictureState))));
      return frame;
    }
    const image = element('img');
    image.alt = Speech.name(ticket.title);
    const layer = element('div', 'boxes');
    image.addEventListener('load', () => fit(frame, image, layer));
    image.src = ticket.picture;
    for (const detection of event ? event.detections : []) {
      const box = element('span', 'box', null,
        element('span', '', detection.label + ' ' + Math.round(detection.confidence * 100) + '%'));
      box.style.left = detection.box.left * 100 + '%';
      box.style.top = detection.box.top * 100 + '%';
      box.style.width = (detection.box.right - detection.box.left) * 100 + '%';
      box.style.height = (detection.box.bottom - detection.box.top) * 100 + '%';
      box.dataset.above = detection.box.top > 0.08 ? 'yes' : 'no';
      layer.append(box);
    }
    frame.append(image, layer);
    return frame;
  },

  /** Whose picture, boxes and reasons these are, where they are not of the source that the ticket was opened for. */
  whose(ticket, event) {
    const isOwn = !event || (event.source.type === ticket.source.type && event.source.id === ticket.source.id);
    return isOwn ? element('span') : element('p', 'actor whose', Speech.told(event));
  },

  /** The same as before while what may be done is the same: the keyboard, a button half pressed and a word half typed stay. */
  steps(ticket) {
    const drawnOf = JSON.stringify([ticket.id, ticket.next, Speech.language, Board.may('dispatch')]);
    if (this.wishes === null || this.wishesOf !== drawnOf) {
      this.wishes = this.stepsAnew(ticket);
      this.wishesOf = drawnOf;
    }
    return this.wishes;
  },

  stepsAnew(ticket) {
    const note = element('input', 'note');
    note.placeholder = Speech.word('notePlaceholder');
    note.maxLength = 1000;
    note.value = this.note;
    note.addEventListener('input', () => { this.note = note.value; });
    const steps = element('div', 'steps');
    if (ticket.next.length) {
      steps.append(note);
    }
    const wanted = new Set(ticket.next.flatMap(step => step.needs));
    if (wanted.has('unit') || (Board.may('dispatch') && ticket.next.some(step => step.takes.includes('unit')))) {
      steps.append(this.unitField());
    }
    for (const need of ['extension', 'until'].filter(one => wanted.has(one))) {
      const input = element('input', 'note extra');
      input.type = need === 'until' ? 'datetime-local' : 'text';
      input.title = Speech.word(need + 'Needed');
      input.placeholder = Speech.word(need + 'Needed');
      input.maxLength = 64;
      input.value = this.extras[need] || '';
      input.addEventListener('input', () => { this.extras[need] = input.value; });
      steps.append(input);
    }
    for (const step of ticket.next) {
      const button = element('button', step.leadsTo === 'void' ? 'step danger' : 'step', Speech.name(step.name));
      button.type = 'button';
      button.addEventListener('click', () => this.command(step));
      steps.append(button);
    }
    return steps;
  },

  /** One for a ticket, so that what is typed outlives the drawing of news, and goes to no other. */
  unitField() {
    if (!this.unit) {
      const field = element('div', 'pick', null, element('input', 'note extra'));
      this.unit = new Picker(field, 'units', { id: 'ticket-unit', most: 1 });
      this.unit.input.maxLength = 64;
    }
    this.unit.input.title = Speech.word('pickUnit');
    this.unit.input.placeholder = Speech.word('pickUnit');
    this.unit.draw();
    return this.unit.field;
  },

  /** What it was, by a button or one key: 1 true, 2 false, 3 duplicate, 4 test. */
  verdicts(ticket) {
    if (!Board.may('dispatch')) {
      return element('span');
    }
    const row = element('div', 'steps verdicts', null, element('span', 'actor', Speech.word('verdict')));
    VERDICTS.forEach((verdict, index) => {
      const button = element('button', 'step', (index + 1) + ' ' + Speech.word('verdicts')[verdict]);
      button.type = 'button';
      button.setAttribute('aria-pressed', String(ticket.verdict === verdict));
      button.addEventListener('click', () => this.judge(verdict));
      row.append(button);
    });
    return row;
  },

  /** Where somebody of the command centre goes on from this ticket. */
  links(ticket) {
    const links = element('div', 'steps links');
    if (this.isToldOf()) {
      const link = element('a', 'quiet', Speech.word('silenceThis'));
      link.href = '/silences?ticket=' + encodeURIComponent(ticket.id);
      links.append(link);
    }
    if (Board.may('dispatch') && Board.me.areas.length === 0 && !Board.me.unit) {
      const link = element('a', 'quiet', Speech.word('deliveries'));
      link.href = '/deliveries?ticket=' + encodeURIComponent(ticket.id);
      links.append(link);
    }
    links.hidden = links.children.length === 0;
    return links;
  },

  async judge(verdict) {
    if (this.isElsewhere()) {
      return;
    }
    const { id } = this;
    try {
      const answer = await fetch('/api/v1/tickets/' + encodeURIComponent(id) + '/verdict', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': Speech.language },
        body: JSON.stringify({ verdict })
      });
      if (!answer.ok) {
        throw new Error((await answer.json()).detail);
      }
      if (id === this.id) {
        await this.load();
      }
    } catch (error) {
      report(error);
    }
  },

  facts(ticket, event) {
    const table = element('dl', 'facts');
    const add = (word, value) => {
      if (value) {
        table.append(element('dt', '', Speech.word(word)), element('dd', '', value));
      }
    };
    add('place', Speech.name(ticket.place.name) || ticket.site);
    add('source', [Speech.name(ticket.source.name), ticket.source.id].filter(Boolean).join(' · '));
    add('zone', Speech.name(ticket.source.zoneName) || ticket.source.zone);
    const areas = ticket.responsible.areas;
    add('grid', [areas.map(area => Speech.name(area.name)).join(' ‹ '), ticket.place.grid].filter(Boolean).join(' · '));
    add('leaders', areas.filter(area => area.leader).map(area => area.leader + ' (' + Speech.name(area.name) + ')').join(Speech.word('comma')));
    add('position', ticket.place.longitude === null ? '' : ticket.place.latitude.toFixed(5) + ', ' + ticket.place.longitude.toFixed(5));
    add('occurred', Speech.time(ticket.occurredAt));
    add('opened', Speech.time(ticket.openedAt) + '  ' + ticket.id);
    add('cleared', ticket.conditionClearedAt && Speech.time(ticket.conditionClearedAt));
    add('kind', ticket.kind);
    add('edge', ticket.edge + (ticket.unconfirmed ? ' · ' + Speech.word('unconfirmed') : ''));
    add('count', String(ticket.eventCount));
    const unit = ticket.responsible.unit;
    add('unit', unit ? [Speech.name(unit.name), unit.id, unit.phone].filter(Boolean).join(' · ') : ticket.unit);
    add('onDuty', unit && unit.onDuty.map(one => [one.person, one.phone].filter(Boolean).join(' ')).join(Speech.word('comma')));
    add('supervised', ticket.supervised ? Speech.word('yes') : '');
    add('extensionAsked', ticket.extensionAsked);
    add('suspendedUntil', ticket.suspendedUntil && Speech.time(ticket.suspendedUntil));
    add('reworks', ticket.reworks ? String(ticket.reworks) : '');
    add('sendBacks', ticket.sendBacks ? String(ticket.sendBacks) : '');
    if (event) {
      add('rule', [event.rule.id, event.rule.version].filter(Boolean).join(' '));
      add('model', [event.model.name, event.model.version].filter(Boolean).join(' '));
      add('attributes', Speech.attributes(event));
    }
    return table;
  },

  /** What else told of it: other cameras and sensors, and in the words of whoever called. */
  others(ticket, event) {
    const others = ticket.events.filter(one => one !== event);
    if (!others.length) {
      return element('span');
    }
    const list = element('ol', 'history others');
    for (const one of others) {
      const item = element('li', '', null,
        element('time', '', Speech.time(one.occurredAt)),
        element('b', '', Speech.source(one)),
        element('span', 'actor', one.kind),
        element('span', 'text', Speech.attributes(one)));
      for (const picture of one.evidence.filter(each => each.url && each.mediaType.startsWith('image/'))) {
        item.append(this.small(picture.url));
      }
      list.append(item);
    }
    return element('section', '', null, element('h3', '', Speech.word('otherEvents')), list);
  },

  /** A picture that is not the ticket's own. */
  small(url) {
    const picture = element('img', 'found');
    picture.alt = '';
    picture.loading = 'lazy';
    picture.src = url;
    picture.addEventListener('error', () => { picture.hidden = true; });
    return picture;
  },

  /** Which event joined: its source and kind; its id where the ticket tells of newer ones only. */
  joined(ticket, fact) {
    const event = ticket.events.find(one => one.id === fact.detail.event);
    return event ? Speech.told(event) : fact.detail.event;
  },

  /** What a fact says besides its name. */
  said(ticket, fact) {
    if (fact.note) {
      return fact.note;
    }
    if (fact.kind === 'incident-joined') {
      return this.joined(ticket, fact);
    }
    return fact.kind.startsWith('found-') ? Speech.reason(fact.detail.said) : '';
  },

  deadlines(ticket) {
    const list = element('ol', 'history deadlines');
    for (const one of ticket.deadlines) {
      const state = one.endedAt ? (one.onTime ? 'onTime' : 'tooLate') : one.dueAt === null ? 'standsStill' : one.told >= 100 ? 'overdue' : one.told > 0 ? 'nearDue' : 'running';
      const item = element('li', '', null,
        element('time', '', one.dueAt ? Speech.time(one.dueAt) : one.endedAt ? Speech.time(one.endedAt) : ''),
        element('b', '', Speech.name(one.stepName)),
        element('span', 'actor', one.limit),
        element('span', 'text', Speech.word(state)));
      item.dataset.deadline = state;
      list.append(item);
    }
    return ticket.deadlines.length ? element('section', '', null, element('h3', '', Speech.word('deadlines')), list) : element('span');
  },

  /** In the order in which they go; those that do not go stand where they would. */
  comingLines() {
    const lines = this.preview ? this.preview.waiting.concat(this.preview.coming) : [];
    const when = line => new Date(line.dueAt || line.at).getTime();
    return lines.sort((one, other) => when(one) - when(other));
  },

  coming() {
    const section = element('section', 'coming');
    section.id = 'coming';
    if (!this.preview || !this.isToldOf()) {
      section.hidden = true;
      return section;
    }
    section.append(element('h3', '', Speech.word('coming')));
    const lines = this.comingLines();
    const list = element('ol', 'history');
    for (const line of lines.slice(0, MOST_COMING)) {
      const reasons = [Speech.word('because')[line.notice], Speech.word('sendReasons')[line.reason]];
      const item = element('li', '', null,
        element('time', '', Speech.time(line.dueAt || line.at)),
        element('b', '', Speech.word('notices')[line.notice] || line.notice),
        element('span', 'actor', line.dueAt ? Speech.word('comingTo')(line.contact, line.channel) : line.contact + ' · ' + Speech.word('notSent')),
        element('span', 'text', reasons.filter(Boolean).join(' · ')));
      item.dataset.reason = line.reason;
      list.append(item);
    }
    section.append(list);
    const until = this.preview.suspendedUntil;
    if (until) {
      section.append(element('p', 'actor', Speech.word('comingSuspended')(Speech.time(until), this.preview.waiting.length > 0)));
    } else if (!lines.length) {
      section.append(element('p', 'actor', Speech.word('comingNone')));
    } else if (lines.length > MOST_COMING) {
      section.append(element('p', 'actor', Speech.word('comingMore')(lines.length - MOST_COMING)));
    }
    return section;
  },

  why(event) {
    const list = element('ol', 'why');
    for (const reason of event ? event.why : []) {
      list.append(element('li', '', null,
        element('span', 'stage', Speech.stage(reason.stage)),
        element('span', 'code', reason.code),
        element('span', 'text', reason.detail)));
    }
    return element('section', '', null, element('h3', '', Speech.word('why')), list);
  },

  history(ticket) {
    const list = element('ol', 'history');
    for (const fact of ticket.facts.slice().reverse()) {
      const item = element('li', '', null,
        element('time', '', Speech.time(fact.at)),
        element('b', '', fact.to && fact.to !== fact.from ? Speech.name(fact.toName) : Speech.fact(fact)),
        element('span', 'actor', fact.actor),
        element('span', 'text', this.said(ticket, fact)));
      if (fact.kind.startsWith('found-') && fact.detail.picture) {
        item.append(this.small('/api/v1/evidence/' + encodeURIComponent(fact.detail.picture)));
      }
      if (fact.kind === 'follows') {
        item.append(element('span', 'text', null, ticketLink(fact.detail.ticket)));
      }
      list.append(item);
    }
    return element('section', '', null, element('h3', '', Speech.word('history')), list);
  }
};

/** These and no others, in this order; what is there already is not taken out, which would take the keyboard from it. */
function place(box, parts) {
  for (const old of [...box.childNodes].filter(one => !parts.includes(one))) {
    old.remove();
  }
  let before = null;
  for (const part of parts) {
    if (part.parentNode !== box) {
      box.insertBefore(part, before ? before.nextSibling : box.firstChild);
    }
    before = part;
  }
}

/** Lays the boxes exactly over the picture, whatever its shape. */
function fit(frame, image, layer) {
  const scale = Math.min(frame.clientWidth / image.naturalWidth, frame.clientHeight / image.naturalHeight);
  layer.style.width = image.naturalWidth * scale + 'px';
  layer.style.height = image.naturalHeight * scale + 'px';
}

document.addEventListener('keydown', event => {
  const verdict = VERDICTS[Number(event.key) - 1];
  const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (verdict && Detail.ticket && Board.may('dispatch') && !isTyping && !event.ctrlKey && !event.altKey && !event.metaKey) {
    Detail.judge(verdict);
  }
});
