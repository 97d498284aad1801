'use strict';
// Rounds of patrols: their contact sheets, gone through picture by picture with the mouse or four keys.

const MARKS = ['fine', 'wrong', 'unclear'];
const byId = id => document.getElementById(id);

const Patrols = {
  rounds: [],
  next: null,
  /** The round that is shown, and the place of the picture that is chosen. */
  round: null,
  chosen: 0,
  may: false,

  async load() {
    this.may = (await call('GET', '/api/v1/me')).may.includes('handle');
    Speech.zone = (await call('GET', '/api/v1/summary')).zone;
    Speech.formats = {};
    await this.more();
    if (this.rounds.length > 0) {
      this.show(this.rounds[0]);
    }
    await this.figures();
  },

  async more() {
    const page = await call('GET', '/api/v1/patrols?limit=30' + (this.next ? '&cursor=' + this.next : ''));
    this.rounds.push(...page.items);
    this.next = page.next;
    byId('older').hidden = page.next === null;
    this.list();
  },

  list() {
    byId('rounds').replaceChildren(...this.rounds.map(round => {
      const marked = round.cameras.filter(one => one.mark !== null).length;
      const wrong = round.cameras.filter(one => one.mark === 'wrong').length;
      const item = element('li', 'round', null,
        element('b', '', Speech.name(round.name) || round.patrol),
        element('span', 'actor', Speech.time(round.at) + ' ' + round.edge),
        element('span', wrong ? 'count wrong' : 'count', marked + ' / ' + round.cameras.length));
      item.setAttribute('aria-selected', this.round !== null && round.id === this.round.id);
      item.addEventListener('click', () => this.show(round));
      return item;
    }));
    if (this.rounds.length === 0) {
      byId('rounds').append(element('li', 'actor', Speech.word('noRounds')));
    }
  },

  show(round) {
    this.round = round;
    const open = round.cameras.findIndex(one => one.mark === null);
    this.chosen = open < 0 ? 0 : open;
    const sheet = byId('sheet');
    sheet.replaceChildren();
    if (round.sheet.url) {
      const image = element('img');
      image.alt = '';
      image.src = round.sheet.url;
      sheet.append(image);
    } else {
      sheet.append(element('p', 'actor', Speech.word(round.sheet.state === 'pending' ? 'sheetPending' : 'sheetNone')));
    }
    const grid = element('div', 'tiles');
    grid.style.gridTemplateColumns = 'repeat(' + round.sheet.columns + ', 1fr)';
    grid.style.gridTemplateRows = 'repeat(' + Math.ceil(round.cameras.length / round.sheet.columns) + ', 1fr)';
    round.cameras.forEach((one, at) => {
      const tile = element('button', 'tile', round.sheet.url ? '' : one.camera, element('span', 'tile-mark'));
      tile.type = 'button';
      tile.title = one.camera;
      tile.addEventListener('click', () => this.choose(at));
      grid.append(tile);
    });
    sheet.append(grid);
    this.list();
    this.choose(this.chosen);
  },

  choose(at) {
    this.chosen = Math.max(0, Math.min(at, this.round.cameras.length - 1));
    this.paint();
    byId('note').value = this.round.cameras[this.chosen].note;
  },

  /** Shows how the pictures are marked and which one is chosen; a note that is being typed stays. */
  paint() {
    document.querySelectorAll('.tile').forEach((tile, place) => {
      const one = this.round.cameras[place];
      tile.setAttribute('aria-pressed', place === this.chosen);
      tile.dataset.mark = one.mark || '';
      tile.querySelector('.tile-mark').textContent = one.mark ? Speech.word('marks')[one.mark] : '';
    });
    const one = this.round.cameras[this.chosen];
    byId('marking').hidden = false;
    byId('camera').textContent = one.camera;
    byId('note').hidden = !this.may;
    byId('marks').hidden = !this.may;
    byId('said').textContent = (one.missed ? Speech.word('missedPicture') + ' ' : one.found ? Speech.word('foundThere') + ' ' : '') +
      (one.mark ? Speech.word('marks')[one.mark] + ' · ' + one.markedBy + ' · ' + Speech.time(one.markedAt) : '');
  },

  /**
   * Marks the picture that is chosen, and goes on to the next that nobody has marked without waiting for the hub: whoever
   * is faster than the line marks one picture after the other, and none twice.
   */
  async mark(mark) {
    const round = this.round;
    const at = this.chosen;
    const said = { camera: round.cameras[at].camera, mark, note: byId('note').value };
    const next = round.cameras.findIndex((other, place) => place > at && other.mark === null);
    if (next >= 0) {
      this.choose(next);
    }
    const fresh = await call('POST', '/api/v1/patrols/' + encodeURIComponent(round.id) + '/marks', said);
    // Only this one: answers may come in another order than the marks were made.
    round.cameras[at] = fresh.cameras[at];
    this.list();
    if (this.round === round) {
      this.paint();
    }
    await this.figures();
  },

  async figures() {
    const found = await call('GET', '/api/v1/patrol-figures');
    byId('people').replaceChildren(...found.people.map(one => element('tr', '', null, element('td', '', one.name),
      element('td', '', one.rounds + ' ' + Speech.word('roundsWord')), element('td', '', one.pictures + ' ' + Speech.word('picturesWord')),
      element('td', '', Speech.word('marks').wrong + ' ' + one.wrong))));
    byId('figures').replaceChildren(...found.patrols.map(one => element('tr', '', null, element('td', '', one.patrol + ' · ' + one.edge),
      element('td', '', Speech.word('answeredWord') + ' ' + one.answered + ' / ' + one.rounds),
      element('td', '', one.answered ? Speech.age(one.halfSeconds * 1000) : ''))));
  },

  speak() {
    Speech.speak();
    byId('note').placeholder = Speech.word('note');
    byId('marks').replaceChildren(...MARKS.map((mark, at) => {
      const button = element('button', 'step', (at + 1) + ' ' + Speech.word('marks')[mark]);
      button.type = 'button';
      button.addEventListener('click', () => this.mark(mark).catch(report));
      return button;
    }));
  }
};

byId('language').addEventListener('click', () => {
  Speech.toggle();
  Patrols.speak();
  Patrols.list();
  if (Patrols.round) {
    Patrols.show(Patrols.round);
  }
  Patrols.figures().catch(report);
});
byId('older').addEventListener('click', event => {
  event.target.disabled = true;
  Patrols.more().catch(report).finally(() => { event.target.disabled = false; });
});
document.addEventListener('keydown', event => {
  if (!Patrols.round || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const mark = MARKS[Number(event.key) - 1];
  const columns = Patrols.round.sheet.columns;
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  if (mark && Patrols.may) {
    Patrols.mark(mark).catch(report);
  } else if (by) {
    event.preventDefault();
    Patrols.choose(Patrols.chosen + by);
  }
});
Patrols.speak();
Patrols.load().catch(report);
