'use strict';
// Choosing by name: somebody types a piece of a name or a code and takes what they mean from a list; several go side by side.

const PICK_SHOWN = 20;
/** As many as the hub says at once. */
const PICK_MOST = 200;
const PICK_MILLIS = 200;
const KIND_SHAPE = /^(\*|[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*(\.\*)?)$/;

class Picker {
  /**
   * In a field with an input; `of` is what is chosen: areas, kinds, sources or units; `id` tells it from others of the page.
   * Whatever is more than `most` takes the place of the first.
   */
  constructor(field, of, { id = of, most = Infinity } = {}) {
    this.of = of;
    this.most = most;
    this.field = field;
    this.input = field.querySelector('input');
    this.chosen = [];
    this.found = [];
    this.at = -1;
    this.asked = 0;
    this.chips = element('div', 'picked');
    this.list = element('ul', 'pick-list');
    this.list.id = 'pick-' + id;
    this.list.setAttribute('role', 'listbox');
    this.list.hidden = true;
    this.input.before(this.chips);
    this.input.after(this.list);
    this.input.setAttribute('role', 'combobox');
    this.input.setAttribute('aria-autocomplete', 'list');
    this.input.setAttribute('aria-controls', this.list.id);
    this.input.setAttribute('aria-expanded', 'false');
    this.input.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.open(), PICK_MILLIS);
    });
    this.input.addEventListener('click', () => this.open());
    this.input.addEventListener('blur', () => this.close());
    this.input.addEventListener('keydown', event => this.press(event));
    // What is pressed in the list leaves the keyboard where it is.
    this.list.addEventListener('mousedown', event => event.preventDefault());
  }

  codes() {
    return this.chosen.map(one => one.code);
  }

  clear() {
    this.set([]);
  }

  /** These and no others; their names come when the hub has said them, unless it did already. */
  set(codes, names) {
    this.input.value = '';
    this.close();
    this.chosen = codes.map(code => ({ code, name: names && names[code], isAsked: true }));
    this.draw();
    this.chosen.filter(() => !names).forEach(one => this.find(one.code, PICK_SHOWN)
      .then(found => Object.assign(one, found.items.find(item => item.code === one.code), { isAsked: false }))
      .then(() => this.draw())
      .catch(() => {}));
  }

  add(item) {
    if (!this.chosen.some(one => one.code === item.code)) {
      this.chosen.push(Object.assign({}, item));
    }
    if (this.chosen.length > this.most) {
      this.chosen.shift();
    }
    this.input.value = '';
    this.close();
    this.draw();
  }

  remove(code) {
    this.chosen = this.chosen.filter(one => one.code !== code);
    this.draw();
    this.input.focus();
  }

  find(text, limit) {
    return call('GET', '/api/v1/names?' + new URLSearchParams({ of: this.of, text, limit }));
  }

  /** Things may be named before anything is heard of them; whoever does should see it. */
  below(item) {
    return item.name ? Speech.name(item.within) : this.of === 'sources' && !item.isAsked ? Speech.word('pickUnheard') : '';
  }

  // ---- what is typed ----

  /** What was typed and not taken from the list: exactly a name or code, or several codes; throws when nobody can say which. */
  async settle() {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text === '') {
      return;
    }
    const whole = await this.exactly(text);
    const all = whole ? [whole] : [];
    for (const word of whole ? [] : words(text)) {
      all.push(await this.exactly(word) || await this.unheard(word));
    }
    if (all.length > this.most) {
      throw new Error(Speech.word('pickWhich')(text));
    }
    all.forEach(item => this.add(item));
  }

  async exactly(text) {
    const is = name => name && name.toLowerCase() === text.toLowerCase();
    const found = await this.find(text, PICK_MOST);
    const same = found.items.find(item => is(item.code));
    const alike = found.items.filter(item => is(item.name.zh) || is(item.name.en));
    if (!same && (alike.length > 1 || (alike.length > 0 && found.more))) {
      throw new Error(Speech.word('pickWhich')(text));
    }
    return same || alike[0] || null;
  }

  /** A code that has no name: kinds are what edges make of them. */
  async unheard(text) {
    if (this.of === 'kinds' ? !KIND_SHAPE.test(text) : (await this.find(text, 1)).items.length > 0) {
      throw new Error(Speech.word('pickWhich')(text));
    }
    return { code: text };
  }

  // ---- the list ----

  async open() {
    const text = this.input.value.trim();
    this.asked += 1;
    const number = this.asked;
    const { items } = await this.find(text, PICK_SHOWN).catch(() => ({ items: [] }));
    if (number !== this.asked || document.activeElement !== this.input) {
      return;
    }
    const taken = this.codes();
    this.found = items.filter(item => !taken.includes(item.code));
    const isSaid = items.some(item => item.code === text) || taken.includes(text);
    const mayBe = this.of === 'kinds' ? KIND_SHAPE.test(text) : this.of === 'sources' || items.length === 0;
    if (text && !/\s/.test(text) && !isSaid && mayBe) {
      this.found.push({ code: text });
    }
    this.at = -1;
    this.drawList();
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.found = [];
    this.at = -1;
    this.drawList();
  }

  press(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && this.found.length > 0) {
      event.preventDefault();
      this.at = (this.at + by + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.open();
    } else if (event.key === 'Enter' && (this.at >= 0 || this.input.value.trim() !== '')) {
      event.preventDefault();
      if (this.at >= 0) {
        this.add(this.found[this.at]);
      } else {
        this.settle().catch(report);
      }
    } else if (event.key === 'Escape') {
      this.close();
    } else if (event.key === 'Backspace' && this.input.value === '' && this.chosen.length > 0) {
      this.remove(this.chosen[this.chosen.length - 1].code);
    }
  }

  // ---- drawing ----

  draw() {
    this.chips.replaceChildren(...this.chosen.map(one => {
      const chip = element('span', 'picked-one', null, named(one.code, one.name));
      chip.title = this.below(one);
      if (!one.name && chip.title) {
        chip.append(element('span', 'hint', chip.title));
      }
      const off = element('button', '', '×');
      off.type = 'button';
      off.setAttribute('aria-label', Speech.word('pickRemove') + ' ' + (Speech.name(one.name) || one.code));
      off.addEventListener('click', () => this.remove(one.code));
      chip.append(off);
      chip.dataset.code = one.code;
      return chip;
    }));
  }

  drawList() {
    this.list.hidden = this.found.length === 0;
    this.input.setAttribute('aria-expanded', String(!this.list.hidden));
    this.list.replaceChildren(...this.found.map((item, index) => {
      const line = element('li', '', null, named(item.code, item.name));
      line.append(element('span', 'hint', this.below(item)));
      line.id = this.list.id + '-' + index;
      line.setAttribute('role', 'option');
      line.addEventListener('click', () => this.add(item));
      return line;
    }));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((line, index) => {
      line.setAttribute('aria-selected', String(index === this.at));
      if (index === this.at) {
        line.scrollIntoView({ block: 'nearest' });
      }
    });
    if (this.at < 0) {
      this.input.removeAttribute('aria-activedescendant');
    } else {
      this.input.setAttribute('aria-activedescendant', this.list.id + '-' + this.at);
    }
  }
}
