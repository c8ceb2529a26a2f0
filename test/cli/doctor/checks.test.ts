import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check, DoctorDeps } from '../../../cli/doctor/check.ts';
import { backup } from '../../../cli/doctor/checks/backup.ts';
import { uploadsOfAnySize } from '../../../cli/doctor/checks/uploads-of-any-size.ts';
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
    mayUpload: false,
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

describe('the backup', () => {
  const NOON = '2026-11-28T12:00:00Z';

  /** @param written in the bucket of the backup; undefined for nothing */
  function askedOf(written: object | undefined, backupBucket: string | undefined = 'acme-backup') {
    const send = async () => {
      if (!written) throw new Error('The specified key does not exist.');
      return { Body: { transformToString: async () => JSON.stringify(written) } };
    };
    const deps = answering({ status: 200, headers: new Headers(), body });
    const aws = { backupBucket, clients: { s3: { send } } } as unknown as DoctorDeps['deployment']['aws'];
    return backup.run({ ...deps, deployment: { ...deps.deployment, ...(aws && { aws }) } });
  }

  it('is well when the day’s run has reached it and repaired everything', async () => {
    expect(await askedOf({ at: NOON, compared: 7, failed: { count: 0 } })).toEqual({
      ...{ state: 'ok', measured: '7 objects compared 0 hours ago, 0 not repaired', sentence: expect.any(String) },
    });
  });

  it.each([
    ['a run of two days ago', { at: '2026-11-26T12:00:00Z', compared: 7, failed: { count: 0 } }],
    ['what could not be repaired', { at: NOON, compared: 7, failed: { count: 2 } }],
  ])('fails with %s', async (_, written) => {
    expect((await askedOf(written)).state).toBe('failed');
  });

  it('fails when nothing of a run has reached it, and is not asked where there is none', async () => {
    await expect(askedOf(undefined)).rejects.toThrow('does not exist');
    const none = answering({ status: 200, headers: new Headers(), body });
    expect((await backup.run(none)).state).toBe('not-asked');
  });
});

describe('uploads of any size', () => {
  const asked = (upload: DoctorDeps['library']['upload'], calls: string[] = []) => {
    const deps = answering({ status: 200, headers: new Headers(), body });
    const call = async <Answer>(method: string, path: string) => void calls.push(`${method} ${path}`) as Answer;
    return uploadsOfAnySize.run({ ...deps, library: { upload, call }, mayUpload: true });
  };

  it('are tried with 5, 50 and 300 MB, and each file is removed', async () => {
    const calls: string[] = [];
    const sizes: number[] = [];
    const verdict = await asked(async (_, bytes) => {
      sizes.push(bytes.byteLength);
      return { fileId: `f${sizes.length}`, filePath: '/' };
    }, calls);

    expect(verdict.state).toBe('ok');
    expect(sizes).toEqual([5_000_000, 50_000_000, 300_000_000]);
    expect(calls).toEqual([1, 2, 3].map((file) => `DELETE /v1/files/f${file}?purge=true`));
  });

  it('say which size was not taken, and what a deployment without them answers', async () => {
    const refusing = (at: number, status: number) =>
      asked(async (_, bytes) => {
        if (bytes.byteLength >= at) throw new Error(`POST was answered ${status}: no`);
        return { fileId: 'f', filePath: '/' };
      });

    expect(await refusing(50_000_000, 502)).toMatchObject({
      state: 'failed',
      measured: expect.stringContaining('50 MB'),
    });
    expect(await refusing(5_000_000, 413)).toMatchObject({
      sentence: expect.stringContaining('"largeUploads" is "off"'),
    });
  });

  it('are not tried unless that is allowed', async () => {
    const deps = answering({ status: 200, headers: new Headers(), body });

    expect(await uploadsOfAnySize.run(deps)).toMatchObject({ state: 'not-asked' });
  });
});
