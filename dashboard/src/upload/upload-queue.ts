import type { SendOrder } from './send-order.ts';
import {
  type Choice,
  hasDetails,
  isUnderWay,
  type PlacedSource,
  type Twins,
  toUpload,
  type Upload,
  type UploadDetails,
} from './upload.ts';

/** What the queue does with files, by the public API. */
export interface UploadCalls {
  readonly findTwins: (upload: Upload, signal: AbortSignal) => Promise<Twins | undefined>;
  /** @returns the `fileId` */
  readonly send: (order: SendOrder) => Promise<string>;
  /** Removes what the storage has of an upload that will not be completed. */
  readonly abandon: (uploadId: string) => void;
  readonly describe: (fileId: string, details: UploadDetails) => Promise<void>;
  /** Told when a file is in the library. */
  readonly arrived: () => void;
}

/** Files that are sent at the same time. */
const AT_ONCE = 3;

/** Sends files in the order in which they came. */
export class UploadQueue {
  readonly #calls: UploadCalls;
  readonly #listeners = new Set<() => void>();
  readonly #running = new Map<string, AbortController>();
  #uploads: readonly Upload[] = [];

  constructor(calls: UploadCalls) {
    this.#calls = calls;
  }

  readonly list = (): readonly Upload[] => this.#uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What was lost and is chosen again goes on. */
  add(placed: readonly PlacedSource[]): void {
    for (const one of placed) {
      const added = toUpload(one, crypto.randomUUID());
      const lost = this.#uploads.find((upload) => upload.state === 'lost' && isSameFile(upload, added));
      if (lost) this.#change([lost.id], { source: added.source, state: 'waiting' });
      else this.#show([...this.#uploads, added]);
    }
    this.#next();
  }

  /** Goes on with uploads of a page that was left. */
  restore(uploads: readonly Upload[]): void {
    this.#show([...this.#uploads, ...uploads]);
    this.#next();
  }

  cancel(id: string): void {
    const uploadId = this.#uploads.find((one) => one.id === id)?.uploadId;
    this.#stop([id], { state: 'cancelled', sent: 0, uploadId: undefined });
    if (uploadId !== undefined) this.#calls.abandon(uploadId);
  }

  pause(...ids: readonly string[]): void {
    this.#stop(ids, { state: 'paused' });
  }

  /** Sends what was paused, refused or cancelled; what the storage has of it already is not sent again. */
  goOn(...ids: readonly string[]): void {
    this.#change(ids, { state: 'waiting', reason: undefined });
    this.#next();
  }

  skip(...ids: readonly string[]): void {
    this.#change(ids, { state: 'skipped' });
  }

  /** Sends what somebody was asked about. */
  decide(id: string, choice: Choice): void {
    this.#change([id], { state: 'waiting', choice });
    this.#next();
  }

  /** Gives everything in the list these details, also what has arrived already. @throws Failure of the first that did not get them */
  async describeAll(details: UploadDetails): Promise<void> {
    const arrived = this.#uploads.flatMap(({ fileId }) => fileId ?? []);
    this.#show(this.#uploads.map((one) => (one.fileId === undefined ? { ...one, details } : one)));
    await Promise.all(arrived.map((fileId) => this.#calls.describe(fileId, details)));
    this.#calls.arrived();
  }

  /** Takes what is over off the list. */
  clear(): void {
    const isKept = (one: Upload) => isUnderWay(one);
    for (const { uploadId } of this.#uploads.filter((one) => !isKept(one) && one.state !== 'done'))
      if (uploadId !== undefined) this.#calls.abandon(uploadId);
    this.#show(this.#uploads.filter(isKept));
  }

  #next(): void {
    const free = AT_ONCE - this.#uploads.filter(({ state }) => state === 'sending').length;
    const waiting = this.#uploads.filter(({ state }) => state === 'waiting');
    for (const upload of waiting.slice(0, Math.max(0, free))) void this.#start(upload);
  }

  async #start(upload: Upload): Promise<void> {
    const { id, choice, uploadId } = upload;
    const stop = new AbortController();
    this.#running.set(id, stop);
    this.#change([id], { state: 'sending', sent: 0 });
    try {
      const isDecided = choice !== undefined || uploadId !== undefined;
      const twins = isDecided ? undefined : await this.#calls.findTwins(upload, stop.signal);
      if (twins && !stop.signal.aborted) return this.#change([id], { state: 'asking', twins });
      await this.#send(upload, stop.signal);
    } catch (reason) {
      if (!stop.signal.aborted) this.#change([id], { state: 'failed', reason });
    } finally {
      if (this.#running.get(id) === stop) this.#running.delete(id);
      this.#next();
    }
  }

  async #send(upload: Upload, signal: AbortSignal): Promise<void> {
    const { id, source } = upload;
    if (source === undefined) return;
    const fileId = await this.#calls.send({
      upload,
      source,
      signal,
      progress: (sent) => signal.aborted || this.#change([id], { sent }),
      begun: (uploadId) => this.#change([id], { uploadId }),
    });
    if (signal.aborted) return;
    const { details } = this.#uploads.find((one) => one.id === id) ?? upload;
    // A version keeps the details of the file, and others may have been written while it was on its way.
    const lacks = upload.choice === 'version' || details !== upload.details;
    if (hasDetails(details) && lacks) await this.#calls.describe(fileId, details);
    this.#change([id], { state: 'done', sent: upload.size ?? 0, fileId });
    this.#calls.arrived();
  }

  #stop(ids: readonly string[], change: Partial<Upload>): void {
    for (const id of ids) this.#running.get(id)?.abort(new DOMException('Stopped', 'AbortError'));
    this.#change(ids, change);
    this.#next();
  }

  #change(ids: readonly string[], change: Partial<Upload>): void {
    this.#show(this.#uploads.map((one) => (ids.includes(one.id) ? { ...one, ...change } : one)));
  }

  #show(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }
}

const isSameFile = (one: Upload, other: Upload): boolean =>
  one.name === other.name && one.size === other.size && one.modifiedAt === other.modifiedAt;
