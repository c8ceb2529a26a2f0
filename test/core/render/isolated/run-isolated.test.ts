import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { residentBytes } from '../../../../lambda/core/render/isolated/memory-watch.ts';
import type { Job, RenderTask } from '../../../../lambda/core/render/isolated/messages.ts';
import { idleChild, runIsolated } from '../../../../lambda/core/render/isolated/run-isolated.ts';
import { render } from '../../../../lambda/core/render/render.ts';
import { pngChunk } from '../../../images/crafted.ts';
import { drawScene } from '../../../images/scene.ts';
import { onCanvas } from '../../../images/sources.ts';
import { timeAtLoad } from '../../../time-at-load.ts';
import { plan, px } from '../plans.ts';

const svg = (content: string, side = 800) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${content}</svg>`);

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const HARMLESS = svg('<rect width="9" height="9"/>', 9);

/** 631 bytes that take a minute (cases SVG-012 and SVG-007 are their cousins). */
const BUSY = svg(
  `<filter id="f">${'<feMorphology radius="50"/>'.repeat(10)}</filter><rect filter="url(#f)" width="1600" height="1600"/>`,
  1600,
);

/** Each level draws the one below ten times. */
const MULTIPLYING = svg(
  `<defs><g id="g0"><rect width="1" height="1"/></g>${Array.from(
    { length: 17 },
    (_, level) => `<g id="g${level + 1}">${`<use href="#g${level}"/>`.repeat(10)}</g>`,
  ).join('')}</defs><use href="#g17"/>`,
  99,
);

/** A path that crosses itself everywhere. */
const TANGLED = svg(
  `<path stroke="red" fill="none" d="M0 0${Array.from({ length: 60_000 }, (_, i) => `L${(i * 7919) % 800} ${(i * 104_729) % 800}`).join('')}"/>`,
);

/** Pictures of 144 megapixels each, in two hundred kilobytes. */
function swelling(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(12_000);
  header.writeUInt32BE(12_000, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const png = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1501 * 12_000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
  const image = `<image width="9" height="9" href="data:image/png;base64,${png.toString('base64')}"/>`;
  return svg(image.repeat(8), 9);
}

const draw = (source: Buffer) => render(source, plan([{ width: px(800), blur: 1 }], { format: 'png' }), 'plain');

/** Process ids of this process's children (proc(5), `stat`). */
function children(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === process.pid)
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

const job = (source: Uint8Array, asked: Partial<RenderTask> = {}): Job => ({
  task: { kind: 'render', plan: plan([], { format: 'png' }), accepts: 'plain', care: 'first', ...asked },
  source,
});

const nothing = () => Promise.reject(new Error('nothing to load'));

describe('a render in a child process', () => {
  it.each([
    ['a filter', () => BUSY],
    ['references that multiply', () => MULTIPLYING],
    ['a path of sixty thousand lines', () => TANGLED],
    ['pictures within it', swelling],
  ])('ends within five seconds and 700 MB, whatever keeps it busy: %s', async (_, make) => {
    const source = make();
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, ...children().map(residentBytes));
    }, 10);
    const started = performance.now();

    const outcome = await draw(source).catch((error: unknown) => error);

    clearInterval(watch);
    const { status = 200 } = outcome as { status?: number };
    expect([200, 400, 503, 504]).toContain(status);
    expect(performance.now() - started).toBeLessThan(timeAtLoad(5000));
    expect(peak).toBeGreaterThan(30e6);
    expect(peak).toBeLessThan(LIMITS.renderBytes + 20e6);
    await expect(draw(HARMLESS)).resolves.toMatchObject({ width: 800 });
  });

  it('is killed at its deadline, and says so', async () => {
    await expect(runIsolated(job(BUSY), nothing, 300)).rejects.toMatchObject({ code: 'render.timeout', status: 504 });
  });

  it('takes only itself along when its decoder dies', async () => {
    await draw(HARMLESS);
    const child = idleChild() ?? 0;
    const dying = runIsolated(job(BUSY), nothing, LIMITS.renderMilliseconds);
    const outcome = expect(dying).rejects.toMatchObject({ code: 'source.unreadable', status: 400 });
    await pause(50);
    process.kill(child, 'SIGSEGV');

    await outcome;

    await expect(draw(HARMLESS)).resolves.toMatchObject({ width: 800 });
    expect(idleChild()).not.toBe(child);
  });

  it('uses the same process again when all went well, also after a refusal', async () => {
    await draw(HARMLESS);
    const child = idleChild();

    await expect(draw(svg('<g>'))).rejects.toMatchObject({ code: 'source.unreadable' });
    await draw(HARMLESS);

    expect(child).toBeGreaterThan(0);
    expect(idleChild()).toBe(child);
  });

  it('replaces a process that died while it waited', async () => {
    await draw(HARMLESS);
    const child = idleChild() ?? 0;
    process.kill(child, 'SIGKILL');
    // Node has told of its end by the time at which nobody can signal it any more.
    await expect.poll(() => isThere(child)).toBe(false);

    await expect(draw(HARMLESS)).resolves.toMatchObject({ width: 800 });
  });

  it('does not wait for another', async () => {
    const ended: string[] = [];
    const busy = runIsolated(job(BUSY), nothing, 4500).catch((error: unknown) => error);

    await Promise.all([draw(HARMLESS).then(() => ended.push('harmless')), busy.then(() => ended.push('busy'))]);

    expect(ended).toEqual(['harmless', 'busy']);
    await expect(busy).resolves.toMatchObject({ code: 'render.timeout' });
  });

  it('gives the same bytes as one in the parent', async () => {
    const source = await onCanvas(drawScene(300, 200)).png().toBuffer();
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif'] as const) {
      const asked = plan([{ width: px(120), blur: 2 }], { format });
      const here = await render(source, asked, 'avif');
      const { bytes, picture } = await runIsolated(job(source, { plan: asked }), nothing, 4000);
      const better = await runIsolated(job(source, { plan: asked, care: 'normal' }), nothing, 8000);

      expect(Buffer.from(bytes).equals(Buffer.from(here.bytes)), format).toBe(true);
      const { bytes: _, ...told } = here;
      expect(picture).toEqual(told);
      const final = await render(source, asked, 'avif', undefined, undefined, 'normal');
      expect(Buffer.from(better.bytes).equals(Buffer.from(final.bytes)), format).toBe(true);
    }
  });

  it('encodes with more care what is drawn here', async () => {
    const asked = plan([{ width: px(300) }]);
    const first = await render(HARMLESS, asked, 'avif');
    const better = await render(HARMLESS, asked, 'avif', undefined, undefined, 'normal');

    expect((await sharp(better.bytes).metadata()).width).toBe(300);
    expect(Buffer.from(better.bytes).equals(Buffer.from(first.bytes))).toBe(false);
  });
});
