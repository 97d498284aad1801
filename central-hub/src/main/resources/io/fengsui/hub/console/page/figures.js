'use strict';
// What the command centre is judged by: on time, done again, how long each step took, false alarms, where and when.

const DAYS = [7, 30, 90, 365];
const BY = ['unit', 'kind', 'severity', 'grid', 'day', 'week', 'month'];
const VERDICTS = ['true', 'false', 'duplicate', 'test'];
const MOST_GRIDS = 60;
const byId = id => document.getElementById(id);

const Figures = {
  days: 30,
  by: 'unit',
  found: null,
  units: {},
  states: {},
  /** Which question is the newest: an answer that comes late shows nothing. */
  asked: 0,

  async load() {
    const summary = await call('GET', '/api/v1/summary');
    Speech.zone = summary.zone;
    summary.states.forEach(one => { this.states[one.state] = one.name; });
    (await call('GET', '/api/v1/units')).items.forEach(one => { this.units[one.id] = one.name; });
    await this.ask();
  },

  async ask() {
    this.choices();
    this.asked += 1;
    const number = this.asked;
    const from = new Date(Date.now() - this.days * 86400000).toISOString();
    const found = await call('GET', '/api/v1/figures?by=' + this.by + '&from=' + encodeURIComponent(from));
    if (number === this.asked) {
      this.found = found;
      this.show();
    }
  },

  choices() {
    byId('days').replaceChildren(...DAYS.map(days => this.chip(Speech.word('lastDays')(days), days === this.days, () => { this.days = days; })));
    byId('by').replaceChildren(...BY.map(by => this.chip(Speech.word('by')[by], by === this.by, () => { this.by = by; })));
  },

  chip(text, isChosen, choose) {
    const button = element('button', 'chip', text);
    button.type = 'button';
    button.setAttribute('aria-pressed', isChosen);
    button.addEventListener('click', () => {
      choose();
      this.ask().catch(report);
    });
    return button;
  },

  show() {
    const found = this.found;
    byId('grouped').textContent = Speech.word('by')[found.by];
    const most = Math.max(1, ...found.groups.map(one => one.tickets));
    byId('groups').replaceChildren(...found.groups.map(one => row(this.key(found.by, one.key), bar(one.tickets, most), one.closed, percent(one.closedOnTimeRate), one.toClose,
      percent(one.onTimeRate), one.deadlines, percent(one.reworkRate), one.reworks, one.sendBacks, percent(one.extensionRate), one.extensions)));
    byId('stays').replaceChildren(...found.stays.map(one => row(Speech.name(this.states[one.state]) || one.state, one.times,
      Speech.age(one.p50Seconds * 1000), Speech.age(one.p90Seconds * 1000))));
    byId('verdicts').replaceChildren(...found.verdicts.map(one => row(one.source, one.rule, percent(one.falseRate), ...VERDICTS.map(name => one[name]))));
    this.heat(found.heat);
    // What is taken home is what is shown.
    document.querySelectorAll('[data-export]').forEach(link => {
      link.search = new URLSearchParams({ from: found.from, to: found.to });
    });
    document.querySelectorAll('tbody').forEach(body => {
      if (body.rows.length === 0) {
        body.append(row(Speech.word('noFigures')));
      }
    });
  },

  key(by, key) {
    if (by === 'severity') {
      return Speech.word(key);
    }
    return by === 'unit' ? Speech.name(this.units[key]) || key || Speech.word('unroutedQueue') : key || '–';
  },

  /** The grids with most tickets, hour by hour of local time. */
  heat(cells) {
    const grids = new Map();
    cells.forEach(one => {
      const hours = grids.get(one.grid) || new Array(24).fill(0);
      hours[one.hour] = one.tickets;
      grids.set(one.grid, hours);
    });
    const sum = hours => hours.reduce((all, one) => all + one, 0);
    const shown = [...grids].sort((one, other) => sum(other[1]) - sum(one[1])).slice(0, MOST_GRIDS);
    const most = Math.max(1, ...shown.flatMap(one => one[1]));
    byId('hours').replaceChildren(element('th', '', Speech.word('grid')), ...Array.from({ length: 24 }, (_, hour) => element('th', '', hour)));
    byId('heat').replaceChildren(...shown.map(([grid, hours]) => {
      const line = row(grid || '–');
      hours.forEach((tickets, hour) => {
        const cell = element('td', 'hour', tickets || '');
        cell.title = (grid || '–') + ' ' + hour + ':00 · ' + tickets;
        cell.style.setProperty('--share', tickets / most);
        line.append(cell);
      });
      return line;
    }));
  },

  speak() {
    Speech.speak();
    VERDICTS.forEach(name => { byId('v-' + name).textContent = Speech.word('verdicts')[name]; });
    this.choices();
    if (this.found) {
      this.show();
    }
  }
};

function row(...cells) {
  return element('tr', '', null, ...cells.map(cell => cell instanceof Node ? cell : element('td', '', cell)));
}

/** A count with its share of the largest behind it. */
function bar(count, most) {
  const cell = element('td', 'bar', count);
  cell.style.setProperty('--share', count / most);
  return cell;
}

function percent(share) {
  return share === null ? '–' : Math.round(share * 1000) / 10 + ' %';
}

byId('language').addEventListener('click', () => {
  Speech.toggle();
  Figures.speak();
});
Figures.speak();
Figures.load().catch(report);
