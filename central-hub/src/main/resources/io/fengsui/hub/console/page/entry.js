'use strict';
// Sends the form and shows what is wrong with it in place; without script the form works by itself.

const wrong = document.getElementById('wrong');
const form = document.querySelector('form');

form.addEventListener('submit', async event => {
  event.preventDefault();
  const answer = await fetch(form.action, { method: 'POST', redirect: 'manual', body: new URLSearchParams(new FormData(form)) });
  if (answer.type === 'opaqueredirect') {
    // Whether it was right is seen by whether somebody is signed in now.
    const me = await fetch('/api/v1/me', { headers: { Accept: 'application/json' } });
    if (me.ok) {
      location.assign('/');
      return;
    }
  } else {
    const problem = await answer.json();
    wrong.textContent = problem.zh.detail + ' ' + problem.en.detail;
  }
  wrong.hidden = false;
});
wrong.hidden = location.search !== '?wrong';
