// Opens the console in Chromium and waits until its list shows what it must.
// usage: node console.mjs URL SCREENSHOT WORD... (the current folder holds node_modules/playwright-core)
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.cwd(), 'interop.cjs'));
const { chromium } = require('playwright-core');
const [url, screenshot, ...words] = process.argv.slice(2);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`error in the page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => troubles.push(`request failed: ${request.url()}`));
  await page.goto(url, { waitUntil: 'load' });
  for (const word of words) {
    await page.getByText(word).first().waitFor({ timeout: 20_000 });
  }
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: screenshot });
  if (troubles.length > 0) {
    console.error(troubles.join('\n'));
    process.exitCode = 1;
  }
} finally {
  await browser.close();
}
