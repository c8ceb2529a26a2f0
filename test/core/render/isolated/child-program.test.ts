import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { childProgram } from '../../../../lambda/core/render/isolated/child-program.ts';
import { sanitiseInChild } from '../../../../lambda/core/render/isolated/sanitise-svg.ts';
import { render } from '../../../../lambda/core/render/render.ts';
import { plan } from '../plans.ts';

/** Runs something else under the child's own restrictions. */
async function probe(code: string): Promise<unknown> {
  const { command, arguments: words, environment } = childProgram();
  const child = spawn(command, [...words.slice(0, -1), '-e', code], { env: environment, cwd: '/' });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  await new Promise((ended) => child.once('close', ended));
  return JSON.parse(Buffer.concat(chunks).toString());
}

const attempt = (expression: string) =>
  `(() => { try { ${expression}; return 'done'; } catch (error) { return error.code; } })()`;

test('the child has no secret in its environment', async () => {
  process.env.AWS_SECRET_ACCESS_KEY = 'canary';
  process.env.AWS_SESSION_TOKEN = 'canary';

  const environment = (await probe('console.log(JSON.stringify(process.env))')) as Record<string, string>;

  const fonts = ['FONTCONFIG_FILE', 'FONTCONFIG_PATH', 'RENDER_FONTS_FOLDER'];
  const harmless = ['NODE_PATH', 'MALLOC_ARENA_MAX', 'LD_LIBRARY_PATH', 'PWD', ...fonts];
  expect(
    Object.keys(environment).filter((name) => !harmless.includes(name) && !/^(_|SHLVL|OLDPWD)$/.test(name)),
  ).toEqual([]);
  expect(JSON.stringify(environment)).not.toContain('canary');
});

test('the child reads no files, writes none and starts nothing', async () => {
  const attempts = [
    "require('fs').readFileSync('/etc/passwd')",
    "require('fs').readFileSync('/proc/self/environ')",
    "require('fs').readdirSync('/')",
    "require('fs').writeFileSync('/tmp/written', 'x')",
    "require('fs').writeFileSync(process.env.RENDER_FONTS_FOLDER.slice(0, -1) + '/../x', 'x')",
    "require('fs').readdirSync(process.env.RENDER_FONTS_FOLDER)",
    "require('child_process').execSync('id')",
    "new (require('worker_threads').Worker)('1', { eval: true })",
  ];

  const outcomes = await probe(`console.log(JSON.stringify([${attempts.map(attempt).join(',')}]))`);

  expect(outcomes).toEqual(attempts.map(() => 'ERR_ACCESS_DENIED'));
});

test('the child ends with its parent', async () => {
  const { command, arguments: words, environment } = childProgram();
  const child = spawn(command, words, { env: environment, stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise((done) => child.once('exit', (_code, signal) => done(signal)));
  child.stdin?.destroy();

  expect(await ended).toBe('SIGKILL');
});

test('SVG-009: no reference out of an SVG is followed', async () => {
  const asked: string[] = [];
  const listener = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => listener.once('listening', ready));
  const web = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const canary = join(tmpdir(), `canary-${randomBytes(4).toString('hex')}.png`);
  const lime = { create: { width: 20, height: 20, channels: 3, background: '#00ff00' } } as const;
  writeFileSync(canary, await sharp(lime).png().toBuffer());
  try {
    const targets = [`${web}/a.png`, canary, `file://${canary}`, `data:text/html,<a>`, '../../etc/passwd'];
    const content = targets.map(
      (target) =>
        `<image href="${target.replace('<', '&lt;')}" width="20" height="20"/><image xlink:href="${target.replace('<', '&lt;')}" width="20" height="20"/>` +
        `<style>@import url("${web}/css"); rect { fill: url(${web}/fill#a) }</style>` +
        `<filter id="f"><feImage href="${web}/filter"/></filter><g filter="url(#f)"/>`,
    );
    const source = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20">${content.join('')}</svg>`,
    );

    const { bytes } = await render(source, plan([], { format: 'png' }), 'plain');
    const safe = Buffer.from(await sanitiseInChild(source)).toString();

    const pixels = await sharp(bytes).raw().toBuffer();
    expect(pixels.every((value) => value === 0)).toBe(true);
    expect(safe).not.toMatch(/127\.0\.0\.1|canary|passwd|text\/html/);
  } finally {
    listener.close();
    rmSync(canary);
  }
  expect(asked).toEqual([]);
});
