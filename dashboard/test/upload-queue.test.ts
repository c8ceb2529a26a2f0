import { describe, expect, it } from 'vitest';
import type { SendOrder } from '../src/upload/send-order.ts';
import type { Twins, UploadDetails } from '../src/upload/upload.ts';
import { UploadQueue } from '../src/upload/upload-queue.ts';

const files = (...names: string[]) => names.map((name) => ({ source: new File(['abc'], name), folder: '/' }));

const settle = () => new Promise((done) => setTimeout(done));

/** A queue whose files are sent when the test says so. @param twins what the library has already, by name */
async function queueUnderTest(names: readonly string[], twins: Readonly<Record<string, Twins>> = {}) {
  const sending = new Map<string, { readonly order: SendOrder; readonly end: (reason?: unknown) => void }>();
  const abandoned: string[] = [];
  const described: [fileId: string, details: UploadDetails][] = [];
  let arrived = 0;
  const queue = new UploadQueue({
    findTwins: async ({ name }) => twins[name],
    send: (order) =>
      new Promise((resolve, reject) => {
        order.signal.addEventListener('abort', () => reject(order.signal.reason));
        const { name } = order.upload;
        sending.set(name, { order, end: (reason) => (reason ? reject(reason) : resolve(`id of ${name}`)) });
      }),
    abandon: (uploadId) => abandoned.push(uploadId),
    describe: async (...call) => void described.push(call),
    arrived: () => arrived++,
  });
  queue.add(files(...names));
  await settle();
  const idOf = (name: string) => queue.list().find((upload) => upload.name === name)?.id ?? '';
  const states = () => queue.list().map(({ state }) => state);
  const end = (name: string, reason?: unknown) => {
    sending.get(name)?.end(reason);
    return settle();
  };
  return { queue, sending, states, end, idOf, abandoned, described, arrived: () => arrived };
}

describe('the queue of uploads', () => {
  it('sends three at once, and the next when one is done', async () => {
    const { states, end, arrived } = await queueUnderTest(['a', 'b', 'c', 'd']);

    expect(states()).toEqual(['sending', 'sending', 'sending', 'waiting']);
    await end('b');
    expect(states()).toEqual(['sending', 'done', 'sending', 'sending']);
    expect(arrived()).toBe(1);
  });

  it('tells how far each is', async () => {
    const { queue, sending } = await queueUnderTest(['a']);
    sending.get('a')?.order.progress(2);

    expect(queue.list()[0]?.sent).toBe(2);
  });

  it('keeps what failed with its reason, and goes on with what the storage has of it', async () => {
    const { queue, sending, states, end, idOf } = await queueUnderTest(['a']);
    sending.get('a')?.order.begun('upload');
    await end('a', new Error('broken'));

    expect(queue.list()[0]).toMatchObject({ state: 'failed', reason: new Error('broken') });
    queue.goOn(idOf('a'));
    await settle();
    expect(sending.get('a')?.order.upload.uploadId).toBe('upload');
    await end('a');
    expect(states()).toEqual(['done']);
  });

  it('stops what is cancelled, which is no failure, and leaves nothing in the storage', async () => {
    const { queue, sending, states, idOf, abandoned } = await queueUnderTest(['a', 'b', 'c', 'd']);
    sending.get('a')?.order.begun('upload');
    queue.cancel(idOf('a'));
    await settle();

    expect(sending.get('a')?.order.signal.aborted).toBe(true);
    expect(states()).toEqual(['cancelled', 'sending', 'sending', 'sending']);
    expect(abandoned).toEqual(['upload']);
  });

  it('pauses all without beginning another, and keeps what the storage has', async () => {
    const { queue, states, abandoned, sending } = await queueUnderTest(['a', 'b', 'c', 'd']);
    sending.get('a')?.order.begun('upload');
    queue.pause(...queue.list().map(({ id }) => id));
    await settle();

    expect(states()).toEqual(['paused', 'paused', 'paused', 'paused']);
    expect(sending.has('d')).toBe(false);
    expect(abandoned).toEqual([]);
  });

  it('asks before a file is sent that the library has, and lets others go on meanwhile', async () => {
    const twins = { isNameTaken: true, sameBytes: [] };
    const { queue, sending, states, idOf } = await queueUnderTest(['a', 'b', 'c', 'd'], { a: twins });

    expect(states()).toEqual(['asking', 'sending', 'sending', 'sending']);
    expect(sending.has('a')).toBe(false);
    queue.skip(idOf('a'));
    expect(states()[0]).toBe('skipped');
  });

  it('gives a version its details when it is there, and another file with its bytes', async () => {
    const twins = { isNameTaken: true, sameBytes: [] };
    const { queue, sending, end, idOf, described } = await queueUnderTest(['a', 'b'], { a: twins, b: twins });
    const details = { tags: ['spring'], fields: {} };
    await queue.describeAll(details);
    queue.decide(idOf('a'), 'version');
    queue.decide(idOf('b'), 'both');
    await settle();
    await end('a');
    await end('b');

    expect(described).toEqual([['id of a', details]]);
    expect(sending.get('b')?.order.upload.details).toBe(details);
  });

  it('gives details also to what is on its way and to what has arrived', async () => {
    const { queue, end, described } = await queueUnderTest(['a', 'b']);
    await end('a');
    const details = { tags: ['spring'], fields: {} };
    await queue.describeAll(details);
    await end('b');

    expect(described).toEqual([
      ['id of a', details],
      ['id of b', details],
    ]);
  });

  it('gives a lost file its bytes when the same one is chosen again', async () => {
    const { queue, states, end } = await queueUnderTest([]);
    const [one] = files('a');
    if (!one) throw new Error('There is one.');
    const { name, size, lastModified } = one.source;
    const lost = { id: '1', name, size, modifiedAt: lastModified, folder: '/there', sent: 0 } as const;
    const details = { tags: [], fields: {} };
    queue.restore([{ ...lost, source: undefined, state: 'lost', uploadId: 'upload', details }]);
    expect(states()).toEqual(['lost']);
    queue.add([one]);
    await settle();

    expect(queue.list()).toMatchObject([{ id: '1', folder: '/there', state: 'sending', uploadId: 'upload' }]);
    await end('a');
    expect(states()).toEqual(['done']);
  });

  it('clears what is over and keeps what is not', async () => {
    const { queue, end, states } = await queueUnderTest(['a', 'b']);
    await end('a');
    queue.clear();

    expect(states()).toEqual(['sending']);
  });
});
