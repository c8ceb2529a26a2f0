import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check, DoctorDeps } from '../../../cli/doctor/check.ts';
import { CHECKS } from '../../../cli/doctor/checks.ts';
import type { MediaAnswer } from '../../../cli/doctor/media.ts';
import { ROOT } from '../../architecture/sources.ts';

const numbered = CHECKS.flatMap(({ number, title }) => (number === undefined ? [] : [{ number, title }]));

describe('the checks', () => {
  it('are the assumptions of docs/local-cloud.md, by number and title', () => {
    const page = readFileSync(`${ROOT}docs/local-cloud.md`, 'utf8');
    const [, list = ''] = page.split('## Assumptions');
    const assumptions = [...list.matchAll(/^(\d+)\. \*\*(.+?)\.\*\*/gm)].map(([, number, title]) => ({
      number: Number(number),
      title,
    }));

    expect(assumptions.length).toBeGreaterThan(5);
    expect(numbered).toEqual(assumptions);
  });

  it('have a file each, which begins with the number', () => {
    const files = readdirSync(`${ROOT}cli/doctor/checks`).filter((file) => /^\d\d-/.test(file));

    expect(files.map((file) => Number(file.slice(0, 2)))).toEqual(numbered.map(({ number }) => number));
  });
});

/** A deployment on one machine whose CDN gives every request one answer. */
function answering(answer: MediaAnswer): DoctorDeps {
  let now = Date.parse('2026-11-28T12:00:00Z');
  return {
    deployment: { media: 'http://media.invalid', api: 'http://api.invalid', privateKey: 'private_test' },
    media: { get: async () => answer, sign: (path) => path },
    library: {
      call: async <Answer>() => [{ id: 'default', urlPrefix: '', origins: [], paused: false }] as Answer,
      upload: async () => ({ fileId: 'f', filePath: '/sample.png' }),
    },
    sample: { path: '/sample.png', replace: async () => undefined, remove: async () => undefined },
    clock: {
      now: () => now,
      wait: async (milliseconds) => {
        now += milliseconds;
      },
    },
    mayCost: false,
  };
}

const body = Buffer.from('the same');

describe('a check', () => {
  const askedHere = async (check: Check, answer: MediaAnswer) => (await check.run(answering(answer))).state;

  it.each(CHECKS.map((check) => [check.title, check] as const))('%s passes no CDN that is down', async (_, check) => {
    expect(await askedHere(check, { status: 503, headers: new Headers(), body })).not.toBe('ok');
  });

  it.each(CHECKS.map((check) => [check.title, check] as const))(
    '%s passes no CDN that says the same to everything',
    async (title, check) => {
      const isAboutDelivery = /^(A header of|400 falls|A picture)/.test(title);
      const headers = new Headers({ age: '9', 'content-type': 'image/png', 'cache-control': 'max-age=600' });

      if (!isAboutDelivery) expect(await askedHere(check, { status: 200, headers, body })).not.toBe('ok');
      else expect(await askedHere(check, { status: 200, headers, body })).toBe('ok');
    },
  );
});
