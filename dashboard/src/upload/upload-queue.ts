import type { FileToSend } from './send-file.ts';

/** A file on its way into the library. */
export interface Upload {
  readonly id: number;
  readonly file: File;
  readonly folder: string;
  readonly state: 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled';
  /** Bytes that have left. */
  readonly sent: number;
  /** Why it failed. */
  readonly reason?: unknown;
}

/** Files that are sent at the same time. */
const AT_ONCE = 3;

/** Sends files in the order in which they came. */
export class UploadQueue {
  readonly #send: (file: FileToSend) => Promise<void>;
  readonly #arrived: () => void;
  readonly #listeners = new Set<() => void>();
  readonly #cancels = new Map<number, AbortController>();
  #uploads: readonly Upload[] = [];
  #last = 0;

  /** @param arrived told when a file is in the library */
  constructor(send: (file: FileToSend) => Promise<void>, arrived: () => void) {
    this.#send = send;
    this.#arrived = arrived;
  }

  readonly list = (): readonly Upload[] => this.#uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(files: readonly { readonly file: File; readonly folder: string }[]): void {
    const added = files.map((one) => ({ ...one, id: ++this.#last, state: 'waiting' as const, sent: 0 }));
    this.#show([...this.#uploads, ...added]);
    this.#next();
  }

  cancel(id: number): void {
    this.#cancels.get(id)?.abort(new DOMException('Cancelled', 'AbortError'));
    this.#change(id, { state: 'cancelled' });
    this.#next();
  }

  retry(id: number): void {
    this.#change(id, { state: 'waiting', sent: 0, reason: undefined });
    this.#next();
  }

  /** Takes what is over off the list. */
  clear(): void {
    this.#show(this.#uploads.filter(({ state }) => state === 'waiting' || state === 'sending'));
  }

  #next(): void {
    const free = AT_ONCE - this.#uploads.filter(({ state }) => state === 'sending').length;
    const waiting = this.#uploads.filter(({ state }) => state === 'waiting');
    for (const upload of waiting.slice(0, Math.max(0, free))) void this.#start(upload);
  }

  async #start({ id, file, folder }: Upload): Promise<void> {
    const cancel = new AbortController();
    this.#cancels.set(id, cancel);
    this.#change(id, { state: 'sending' });
    try {
      await this.#send({ file, folder, signal: cancel.signal, progress: (sent) => this.#change(id, { sent }) });
      this.#change(id, { state: 'done', sent: file.size });
      this.#arrived();
    } catch (reason) {
      if (!cancel.signal.aborted) this.#change(id, { state: 'failed', reason });
    } finally {
      if (this.#cancels.get(id) === cancel) this.#cancels.delete(id);
      this.#next();
    }
  }

  #change(id: number, change: Partial<Upload>): void {
    this.#show(this.#uploads.map((one) => (one.id === id ? { ...one, ...change } : one)));
  }

  #show(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }
}
