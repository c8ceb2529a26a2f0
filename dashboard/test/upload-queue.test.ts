import { describe, expect, it } from 'vitest';
import type { FileToSend } from '../src/upload/send-file.ts';
import { UploadQueue } from '../src/upload/upload-queue.ts';

const files = (...names: string[]) => names.map((name) => ({ file: new File(['abc'], name), folder: '/' }));

/** A queue whose files are sent when the test says so. */
function queueUnderTest() {
  const sending = new Map<string, { readonly sent: FileToSend; readonly end: (reason?: unknown) => void }>();
  let arrived = 0;
  const queue = new UploadQueue(
    (sent) =>
      new Promise((resolve, reject) => {
        sent.signal.addEventListener('abort', () => reject(sent.signal.reason));
        sending.set(sent.file.name, { sent, end: (reason) => (reason ? reject(reason) : resolve()) });
      }),
    () => arrived++,
  );
  const states = () => queue.list().map(({ state }) => state);
  const settle = () => new Promise((done) => setTimeout(done));
  return { queue, sending, states, settle, arrived: () => arrived };
}

describe('the queue of uploads', () => {
  it('sends three at once, and the next when one is done', async () => {
    const { queue, sending, states, settle, arrived } = queueUnderTest();
    queue.add(files('a', 'b', 'c', 'd'));

    expect(states()).toEqual(['sending', 'sending', 'sending', 'waiting']);
    sending.get('b')?.end();
    await settle();
    expect(states()).toEqual(['sending', 'done', 'sending', 'sending']);
    expect(arrived()).toBe(1);
  });

  it('tells how far each is', () => {
    const { queue, sending } = queueUnderTest();
    queue.add(files('a'));
    sending.get('a')?.sent.progress(2);

    expect(queue.list()[0]?.sent).toBe(2);
  });

  it('keeps what failed with its reason, and sends it again when asked', async () => {
    const { queue, sending, states, settle } = queueUnderTest();
    queue.add(files('a'));
    sending.get('a')?.end(new Error('broken'));
    await settle();

    expect(queue.list()[0]).toMatchObject({ state: 'failed', reason: new Error('broken') });
    queue.retry(1);
    expect(states()).toEqual(['sending']);
    sending.get('a')?.end();
    await settle();
    expect(states()).toEqual(['done']);
  });

  it('stops what is cancelled, which is no failure', async () => {
    const { queue, sending, states, settle } = queueUnderTest();
    queue.add(files('a', 'b', 'c', 'd'));
    queue.cancel(1);
    await settle();

    expect(sending.get('a')?.sent.signal.aborted).toBe(true);
    expect(states()).toEqual(['cancelled', 'sending', 'sending', 'sending']);
  });

  it('clears what is over and keeps what is not', async () => {
    const { queue, sending, states, settle } = queueUnderTest();
    queue.add(files('a', 'b'));
    sending.get('a')?.end();
    await settle();
    queue.clear();

    expect(states()).toEqual(['sending']);
  });
});
