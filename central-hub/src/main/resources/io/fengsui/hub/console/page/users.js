'use strict';
// Who may sign in, and the audit: for admins.

const ROLES = ['viewer', 'dispatcher', 'unit', 'supervisor', 'admin'];
const byId = id => document.getElementById(id);

const Admin = {
  next: null,
  /** What areas and unit of a new user are chosen by. */
  pick: { areas: new Picker(byId('new-user').areas.closest('.pick'), 'areas'),
    unit: new Picker(byId('new-user').unit.closest('.pick'), 'units', { most: 1 }) },

  async load() {
    Speech.zone = (await call('GET', '/api/v1/summary')).zone;
    Speech.formats = {};
    const page = await call('GET', '/api/v1/users');
    byId('users').replaceChildren(...page.items.map(user => this.row(user)));
    this.next = null;
    byId('audit').replaceChildren();
    await this.older();
  },

  row(user) {
    const role = this.roles(element('select'), user.role);
    const areas = this.picker('areas', user, Infinity);
    areas.set(user.areas, user.names.areas);
    const unit = this.picker('units', user, 1);
    unit.set(user.unit ? [user.unit] : [], { [user.unit]: user.names.unit });
    const buttons = element('div', 'buttons', null,
      this.button('save', async () => this.change(user, { role: role.value, ...await this.settled({ areas, unit }) })),
      this.button(user.disabled ? 'enable' : 'disable', () => this.change(user, { disabled: !user.disabled })),
      this.button('resetPassword', () => this.reset(user)));
    const row = element('tr', user.disabled ? 'off' : '', null, element('td', '', user.name), element('td', '', null, role),
      element('td', '', null, areas.field), element('td', '', null, unit.field),
      element('td', '', Speech.word(user.disabled ? 'disabled' : 'enabled')),
      element('td', '', Speech.time(user.changedAt) + ' ' + user.changedBy), element('td', '', null, buttons));
    row.dataset.name = user.name;
    return row;
  },

  picker(of, user, most) {
    const input = element('input');
    input.autocomplete = 'off';
    input.setAttribute('aria-label', Speech.word(of === 'areas' ? 'silenceAreas' : 'pickUnit') + ' ' + user.name);
    return new Picker(element('div', 'pick', null, input), of, { id: of + '-' + user.name, most });
  },

  /** What is chosen, and what was typed and not taken from the list. */
  async settled(pick) {
    await pick.areas.settle();
    await pick.unit.settle();
    return { areas: pick.areas.codes(), unit: pick.unit.codes()[0] || '' };
  },

  /** A form that is emptied goes back to the chosen one, too. */
  roles(select, chosen) {
    select.replaceChildren(...ROLES.map(role => {
      const option = element('option', '', Speech.word('roles')[role]);
      option.value = role;
      option.defaultSelected = role === chosen;
      return option;
    }));
    return select;
  },

  button(word, work) {
    const button = element('button', 'quiet', Speech.word(word));
    button.type = 'button';
    button.addEventListener('click', () => Promise.resolve(work()).catch(report));
    return button;
  },

  async change(user, change) {
    await call('PATCH', '/api/v1/users/' + encodeURIComponent(user.name), change);
    await this.load();
  },

  /** Asks in a field that does not show what is typed. */
  reset(user) {
    const dialog = byId('reset');
    const form = dialog.querySelector('form');
    form.reset();
    byId('reset-name').textContent = user.name;
    form.onsubmit = event => {
      event.preventDefault();
      this.change(user, { password: form.elements.password.value }).then(() => dialog.close(), error => {
        dialog.close();
        report(error);
      });
    };
    dialog.showModal();
  },

  async create(form) {
    const told = new FormData(form);
    await call('POST', '/api/v1/users', {
      name: told.get('name').trim(), role: told.get('role'), password: told.get('password'), ...await this.settled(this.pick)
    });
    form.reset();
    Object.values(this.pick).forEach(pick => pick.clear());
    await this.load();
  },

  async older() {
    const page = await call('GET', '/api/v1/audit?limit=50' + (this.next ? '&cursor=' + this.next : ''));
    page.items.forEach(one => byId('audit').append(element('tr', '', null, element('td', '', Speech.time(one.at)),
      element('td', '', one.actor), element('td', '', one.address), element('td', '', one.action), element('td', '', one.subject),
      element('td', '', one.outcome))));
    this.next = page.next;
    byId('older').hidden = page.next === null;
  },

  speak() {
    Speech.speak();
    const form = byId('new-user');
    this.roles(form.role, 'viewer');
    form.name.placeholder = Speech.word('userName');
    form.areas.placeholder = Speech.word('silenceAreas');
    form.unit.placeholder = Speech.word('pickUnit');
    Object.values(this.pick).forEach(pick => pick.draw());
    form.password.placeholder = Speech.word('newPassword');
  }
};

byId('language').addEventListener('click', () => {
  Speech.toggle();
  Admin.speak();
  Admin.load().catch(report);
});
byId('new-user').addEventListener('submit', event => {
  event.preventDefault();
  Admin.create(event.target).catch(report);
});
byId('reset-cancel').addEventListener('click', () => byId('reset').close());
byId('older').addEventListener('click', event => {
  event.target.disabled = true;
  Admin.older().catch(report).finally(() => { event.target.disabled = false; });
});
Admin.speak();
Admin.load().catch(report);
