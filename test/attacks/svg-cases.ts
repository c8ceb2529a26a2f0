import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { expect } from 'vitest';
import { timeAtLoad } from '../time-at-load.ts';
import { attack } from './attack-case.ts';
import type { Target } from './target.ts';

const REFUSED = [400, 413, 415, 422];

const svg = (content: string, attributes = 'width="40" height="20"') =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${content}</svg>`,
  );

/** Delivers an SVG as one and holds it to what must be true of every SVG; gives its text. */
async function deliverSafely(target: Target, name: string, bytes: Uint8Array): Promise<string> {
  const { status, headers, body } = await target.deliver(name, bytes, '');
  expect(status, name).toBe(200);
  expect(headers.get('content-type'), name).toEqual(['image/svg+xml']);
  expect(headers.get('content-security-policy')?.[0], name).toMatch(/^default-src 'none'; .*; sandbox$/);
  return body.toString();
}

/** Markup and markup that only looks different to a careless reader. */
async function expectGone(target: Target, name: string, content: string, forbidden: RegExp): Promise<void> {
  const text = await deliverSafely(target, name, svg(`${content}<rect width="9" height="9"/>`));
  expect(text, content).not.toMatch(forbidden);
  expect(text).toContain('<rect');
}

const EVENTS = ['onload', 'onbegin', 'onend', 'onfocusin', 'onclick', 'onmouseover', 'onerror', 'onactivate', 'onzoom'];

/** SVG and other markup. */
export const SVG_CASES = [
  attack('SVG-001', 'scripts', async (target) => {
    const scripts = '<script>alert(1)</script><script xlink:href="http://e.example/x.js"/><a href="javascript:1"/>';
    await expectGone(target, 'script.svg', scripts, /script|alert/);
  }),
  attack('SVG-002', 'event attributes', async (target) => {
    const attributes = EVENTS.map((name) => `${name}="alert(1)"`).join(' ');
    await expectGone(
      target,
      'events.svg',
      `<g ${attributes}><set attributeName="onclick" to="alert(1)"/></g>`,
      /alert/,
    );
  }),
  attack('SVG-004', 'foreign content', async (target) => {
    const elements = ['foreignObject', 'iframe', 'embed', 'object', 'form', 'handler', 'base', 'link', 'meta'];
    const content = elements.map((name) => `<${name} href="http://e.example/">x</${name}>`).join('');
    const foreign = content + elements.map((name) => `<${name} xmlns="http://www.w3.org/1999/xhtml"/>`).join('');
    await expectGone(target, 'foreign.svg', foreign, new RegExp(elements.join('|'), 'i'));
  }),
  attack('SVG-006', 'external and parameter entities', async (target) => {
    for (const declared of ['<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % a SYSTEM "http://127.0.0.1/">%a;']) {
      const file = Buffer.concat([Buffer.from(`<!DOCTYPE svg [${declared}]>`), svg('<text>&a;</text>')]);
      for (const query of ['', 'tr=f-png']) {
        expect(REFUSED).toContain((await target.deliver('entities.svg', file, query)).status);
      }
    }
  }),
  attack('SVG-007', 'entities that multiply', async (target) => {
    const levels = Array.from({ length: 12 }, (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`);
    const head = `<!DOCTYPE svg [<!ENTITY a0 "ha">${levels.join('')}]>`;
    const started = performance.now();
    const { status } = await target.deliver('laughs.svg', Buffer.concat([Buffer.from(head), svg('&a12;')]), 'tr=w-100');

    expect(REFUSED).toContain(status);
    expect(performance.now() - started).toBeLessThan(timeAtLoad(2000));
    await target.isAlive();
  }),
  attack('SVG-009', 'references to files and to the network', async (target) => {
    const asked: string[] = [];
    const listener = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((ready) => listener.once('listening', ready));
    const web = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    try {
      const targets = [`${web}/a.png`, 'file:///etc/passwd', 'http://169.254.169.254/', '/etc/passwd'];
      const content = targets.map(
        (one) =>
          `<image href="${one}" width="9" height="9"/><image xlink:href="${one}"/><use href="${one}#a"/>` +
          `<rect fill="url(${one}#a)" style="filter:url('${one}#b')"/><feImage href="${one}"/>` +
          `<style>@import "${one}"; @font-face{font-family:a;src:url(${one})} text{font-family:a;background:image-set("${one}" 1x)}</style>` +
          `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${one}" parse="text"/>`,
      );
      const file = svg(`${content.join('')}<text y="9">a</text>`);
      const png = await target.deliver('references.svg', file, 'tr=f-png');
      expect(png.status).toBe(200);
      expect((await sharp(png.body).metadata()).width).toBe(40);
      expect(await deliverSafely(target, 'references.svg', file)).not.toMatch(/127\.0\.0\.1|passwd|169\.254|import/);
    } finally {
      listener.close();
    }
    expect(asked).toEqual([]);
  }),
  attack('SVG-011', 'SVG in disguise', async (target) => {
    const evil = svg('<script>alert(1)</script>');
    const text = evil.toString();
    const disguises: [string, Uint8Array][] = [
      ['comment.svg', Buffer.from(`<!-- ${'x'.repeat(3000)} -->${text}`)],
      ['bom.svg', Buffer.from(`\uFEFF${text}`)],
      ['utf16.svg', Buffer.from(`\uFEFF${text}`, 'utf16le')],
      ['packed.svg', gzipSync(evil)],
      ['packed.svgz', gzipSync(evil)],
      ['picture.png', evil],
      ['text.txt', evil],
      ['utf16.txt', Buffer.from(`\uFEFF${text}`, 'utf16le')],
      ['prefix.svg', Buffer.from('<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>alert(1)</s:script></s:svg>')],
    ];
    for (const [name, bytes] of disguises) {
      const { status, headers, body } = await target.deliver(name, bytes, '');
      expect([200, ...REFUSED], name).toContain(status);
      if (status !== 200) continue;
      expect(headers.get('content-security-policy')?.[0], name).toMatch(/sandbox/);
      if (headers.get('content-type')?.[0] === 'image/svg+xml') expect(body.toString(), name).not.toMatch(/alert/);
    }
  }),
  attack('SVG-012', 'SVG of any size', async (target) => {
    for (const size of ['width="1000000000" height="1000000000"', 'viewBox="0 0 1000000000 1000000000"']) {
      const { status } = await target.deliver('huge.svg', svg('<rect width="9" height="9"/>', size), 'tr=f-png');
      expect(REFUSED, size).toContain(status);
    }
    for (const box of ['NaN NaN NaN NaN', '0 0 0 0', '-1 -1 -1 -1', '1e400 0 1e400 1']) {
      const file = svg('<rect width="9" height="9"/>', `viewBox="${box}"`);
      expect([200, ...REFUSED], box).toContain((await target.deliver('nan.svg', file, 'tr=f-png')).status);
    }
    await target.isAlive();
  }),
  attack('SVG-014', 'markup as another file', async (target) => {
    const markup: [string, string][] = [
      ['page.html', '<!doctype html><script>alert(1)</script>'],
      ['page.xml', '<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></x>'],
      ['code.js', 'alert(1)'],
      ['paper.pdf', '%PDF-1.4 /JS (app.alert(1))'],
    ];
    for (const [name, text] of markup) {
      const { status, headers } = await target.deliver(name, Buffer.from(text), '');
      expect([200, 415], name).toContain(status);
      expect(headers.get('content-security-policy')?.[0], name).toMatch(/sandbox/);
      expect(headers.get('x-content-type-options'), name).toEqual(['nosniff']);
    }
  }),
  attack('SVG-015b', 'a drawing that keeps its renderer busy', async (target) => {
    const morphology = `<filter id="f">${'<feMorphology radius="50"/>'.repeat(10)}</filter>`;
    const file = svg(`${morphology}<rect filter="url(#f)" width="1600" height="1600"/>`, 'width="1600" height="1600"');
    const started = performance.now();
    const { status, headers } = await target.deliver('busy.svg', file, 'tr=f-png');

    expect([status, headers.get('ik-error')?.[0]]).toEqual([504, expect.stringContaining('4.5 seconds')]);
    expect(performance.now() - started).toBeLessThan(timeAtLoad(6000));
    await target.isAlive();
    expect((await target.deliver('fine.svg', svg('<rect width="9" height="9"/>'), 'tr=f-png')).status).toBe(200);
  }),
];
