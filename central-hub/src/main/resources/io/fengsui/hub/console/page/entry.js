'use strict';
// Sends the form and shows what is wrong with it in place; without script the form works by itself.

const wrong = document.getElementById('wrong');
const wrongPassword = [...wrong.childNodes];
const form = document.querySelector('form');

async function enter() {
  const answer = await fetch(form.action, { method: 'POST', redirect: 'manual', body: new URLSearchParams(new FormData(form)) });
  if (answer.type !== 'opaqueredirect') {
    const problem = await answer.json();
    return [problem.zh.detail, document.createElement('br'), problem.en.detail];
  }
  // Whether it was right is seen by who is signed in now: it may still be whoever was before.
  const me = await fetch('/api/v1/me', { headers: { Accept: 'application/json' } });
  return me.ok && (await me.json()).name === form.elements.user.value.trim() ? null : wrongPassword;
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  const told = await enter().catch(() => ['中心没有应答,请稍后重试。', document.createElement('br'), 'The hub does not answer; try again.']);
  button.disabled = false;
  if (told === null) {
    location.assign('/');
    return;
  }
  wrong.replaceChildren(...told);
  wrong.hidden = false;
});
wrong.hidden = location.search !== '?wrong';
