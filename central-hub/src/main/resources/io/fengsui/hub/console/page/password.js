'use strict';
// Another password of one's own. What was typed is told to nobody but the hub.

const wrong = document.getElementById('wrong');
const form = document.querySelector('form');

async function change() {
  const fields = form.elements;
  if (fields.password.value !== fields.again.value) {
    return ['两次输入的新密码不一致。', 'The new passwords differ.'];
  }
  const answer = await fetch('/api/v1/me/password', {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: JSON.stringify({ current: fields.current.value, password: fields.password.value })
  });
  if (answer.ok) {
    return null;
  }
  const problem = await answer.json();
  return [problem.zh.detail, problem.en.detail];
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  const told = await change().catch(() => ['中心没有应答,请稍后重试。', 'The hub does not answer; try again.']);
  button.disabled = false;
  if (told === null) {
    location.assign('/');
    return;
  }
  wrong.replaceChildren(told[0], document.createElement('br'), told[1]);
  wrong.hidden = false;
});
