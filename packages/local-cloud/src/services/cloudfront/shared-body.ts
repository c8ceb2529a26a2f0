import { Readable } from 'node:stream';

/** Bytes that are buffered for the slowest reader of a body that is not cached. */
const WINDOW_BYTES = 1024 * 1024;

/**
 * An origin's body that arrives once and goes to every viewer who waits for it, as it comes.
 *
 * Up to a bound it is kept whole, and arrives whether or not anybody still reads: a viewer who leaves must not cost the
 * others, nor the cache, what the origin made. Above the bound, and when nothing may be kept, it only passes through at
 * the pace of the slowest reader, and ends with the last one.
 */
export class SharedBody {
  /** All bytes when they have arrived; undefined when they were too many or the origin broke off. Never rejects. */
  readonly whole: Promise<Buffer | undefined>;
  readonly #source: Readable;
  readonly #keptBytes: number;
  readonly #readers = new Set<BodyReader>();
  #chunks: Buffer[] = [];
  /** Chunks before the first of `#chunks`. */
  #gone = 0;
  #bytes = 0;
  #isKept: boolean;
  #hasEnded = false;
  #failure: Error | undefined;

  /** @param keptBytes the bound; zero when nothing is to be kept */
  constructor(source: Readable, keptBytes: number) {
    this.#source = source;
    this.#keptBytes = keptBytes;
    this.#isKept = keptBytes > 0;
    this.whole = new Promise((resolve) => {
      source.on('end', () => {
        this.#hasEnded = true;
        resolve(this.#isKept ? joined(this.#chunks, this.#bytes) : undefined);
        this.#feedAll();
      });
      source.on('error', (error) => this.#fail(error));
      source.on('close', () => {
        if (!this.#hasEnded) this.#fail(new Error('the origin broke off'));
        resolve(undefined);
      });
    });
    // Without a reader only what is kept is read: the rest would have nowhere to go.
    if (this.#isKept) this.#start();
  }

  /** Whether all of it may yet be had at once. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Whether a reader who comes now still gets the first byte. */
  get isFromStart(): boolean {
    return this.#gone === 0 && (this.#isKept || this.#readers.size === 0);
  }

  /** A stream from the first byte. It fails when the origin breaks off. */
  open(): Readable {
    const reader = new BodyReader(this);
    this.#readers.add(reader);
    if (!this.#isKept) this.#start();
    return reader;
  }

  /** Nobody reads: what is not kept ends here. */
  discard(): void {
    if (!this.#isKept && this.#readers.size === 0) this.#source.destroy();
  }

  /** For readers: hands over what there is. */
  feed(reader: BodyReader): void {
    for (;;) {
      const chunk = this.#chunks[reader.position - this.#gone];
      if (!chunk) break;
      reader.position++;
      if (!reader.push(chunk)) {
        this.#letGo();
        return;
      }
    }
    this.#letGo();
    if (this.#failure) reader.destroy(this.#failure);
    else if (this.#hasEnded) reader.push(null);
    else reader.isWaiting = true;
  }

  /** For readers: one goes. */
  leave(reader: BodyReader): void {
    this.#readers.delete(reader);
    this.#letGo();
    if (!this.#hasEnded) this.discard();
  }

  #start(): void {
    if (this.#source.listenerCount('data') > 0) return;
    this.#source.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      if (this.#isKept && this.#bytes > this.#keptBytes) {
        this.#isKept = false;
        this.discard();
      }
      this.#feedAll();
      this.#letGo();
      if (!this.#isKept && this.#bytes > WINDOW_BYTES) this.#source.pause();
    });
  }

  /** Forgets what every reader has, when it is not kept. */
  #letGo(): void {
    if (this.#isKept) return;
    const slowest = Math.min(...[...this.#readers].map(({ position }) => position), this.#gone + this.#chunks.length);
    for (const chunk of this.#chunks.splice(0, slowest - this.#gone)) this.#bytes -= chunk.length;
    this.#gone = slowest;
    if (this.#bytes <= WINDOW_BYTES && this.#source.isPaused()) this.#source.resume();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#isKept = false;
    this.#feedAll();
  }

  #feedAll(): void {
    for (const reader of this.#readers) {
      if (!reader.isWaiting) continue;
      reader.isWaiting = false;
      this.feed(reader);
    }
  }
}

/** In memory of their own: Node cuts small buffers out of 64 KB, all of which a cached one would keep from being freed. */
function joined(chunks: readonly Buffer[], bytes: number): Buffer {
  const whole = Buffer.allocUnsafeSlow(bytes);
  chunks.reduce((at, chunk) => at + chunk.copy(whole, at), 0);
  return whole;
}

class BodyReader extends Readable {
  /** Chunks read so far. */
  position = 0;
  isWaiting = false;
  readonly #body: SharedBody;

  constructor(body: SharedBody) {
    super();
    this.#body = body;
  }

  override _read(): void {
    this.#body.feed(this);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#body.leave(this);
    done(error);
  }
}
