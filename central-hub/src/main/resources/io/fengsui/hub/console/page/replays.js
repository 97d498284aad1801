'use strict';
// What changed rules would have made of what an edge recorded, before they are put on it: for supervisors.

const SINCE = ['1h', '12h', '1d', '7d', '31d'];
const POLL_MILLIS = 1000;
const byId = id => document.getElementById(id);

const Replays = {
  edges: [],
  /** The newest one that was asked for; answers to older ones are no longer of interest. */
  id: null,
  replay: null,

  async load() {
    Speech.zone = (await call('GET', '/api/v1/summary')).zone;
    Speech.formats = {};
    this.edges = [];
    for (let next = ''; next !== null;) {
      const page = await call('GET', '/api/v1/edges?limit=200' + (next ? '&cursor=' + next : ''));
      this.edges.push(...page.items);
      next = page.next;
    }
    this.choices();
  },

  /** Who is away cannot answer, and is shown all the same. */
  choices() {
    const form = byId('ask');
    fill(form.edge, this.edges.map(edge => [edge.id,
      edge.id + ' · ' + Speech.name(edge.siteName) + (edge.state === 'online' ? '' : ' · ' + Speech.word(edge.state))]));
    fill(form.since, SINCE.map(since => [since, Speech.word('replaySince')[since]]), '7d');
  },

  async start(form) {
    const asked = await call('POST', '/api/v1/edges/' + encodeURIComponent(form.edge.value) + '/replays',
      { rules: form.rules.value, since: form.since.value });
    this.id = asked.id;
    this.show(asked);
    while (this.id === asked.id && this.replay.state === 'running') {
      await new Promise(done => { setTimeout(done, POLL_MILLIS); });
      const answer = await call('GET', '/api/v1/replays/' + asked.id);
      if (this.id === asked.id) {
        this.show(answer);
      }
    }
  },

  show(replay) {
    this.replay = replay;
    const isRunning = replay.state === 'running';
    byId('share').hidden = !isRunning;
    byId('share').value = replay.share;
    byId('state').textContent = isRunning ? Math.round(replay.share * 100) + ' %'
      : replay.state === 'failed' ? Speech.word('failed') + Speech.reason(replay.reason) : '';
    byId('result').hidden = replay.state !== 'done';
    if (replay.state === 'done') {
      this.result(replay);
    }
  },

  result(replay) {
    byId('total').textContent = Speech.word('replayTotal')(replay.would, replay.was);
    byId('material').textContent = Speech.time(replay.from) + ' – ' + Speech.time(replay.to) + ' · '
      + Speech.word('replayMaterial')(replay.pictures, replay.readings)
      + (replay.damagedSegments ? ' · ' + Speech.word('replayDamaged')(replay.damagedSegments) : '');
    byId('rules').replaceChildren(...replay.rules.map(one => element('tr', '', null, element('td', '', one.rule),
      element('td', '', one.would), element('td', '', one.was), element('td', '', signed(one.would - one.was)))));
    byId('differences').replaceChildren(...replay.differences.map(one => {
      const row = element('tr', one.change === '+' ? 'added' : 'gone', null, element('td', '', one.change),
        element('td', '', Speech.time(one.at)), element('td', '', one.rule), element('td', '', one.subject),
        element('td', '', null, element('span', 'severity', Speech.word(one.severity))));
      row.dataset.severity = one.severity;
      return row;
    }));
    byId('more').textContent = replay.moreDifferences ? Speech.word('replayMore')(replay.moreDifferences)
      : replay.differences.length === 0 ? Speech.word('replaySame') : '';
  },

  speak() {
    Speech.speak();
    byId('ask').rules.placeholder = Speech.word('replayRules');
    this.choices();
    if (this.replay) {
      this.show(this.replay);
    }
  }
};

function signed(number) {
  return (number > 0 ? '+' : '') + number;
}

byId('language').addEventListener('click', () => {
  Speech.toggle();
  Replays.speak();
});
byId('ask').addEventListener('submit', event => {
  event.preventDefault();
  const start = byId('start');
  start.disabled = true;
  Replays.start(event.target).catch(report).finally(() => { start.disabled = false; });
});
Replays.speak();
Replays.load().catch(report);
