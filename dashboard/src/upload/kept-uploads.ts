import { createStore, del, delMany, entries, get, set, type UseStore } from 'idb-keyval';
import { isPassing } from '../api/failure.ts';
import { isUnderWay, type Source, type Upload } from './upload.ts';

/** Bytes up to which a file is kept: the browser copies it. A larger one is to be chosen again after a reload. */
const KEPT = 2_000_000_000;

/** What is kept of an upload beside its bytes. */
interface KeptUpload {
  readonly upload: Upload;
  /** Id of the person who uploads: nobody else goes on with it. */
  readonly personId: string;
  /** Id of the page that sends it, which holds the lock of that name as long as it lives. */
  readonly page: string;
}

const lockOf = (page: string): string => `vitrine-page-${page}`;

/** Uploads that outlive a page, in the browser's own database. Of several pages each has its own. */
export class KeptUploads {
  readonly #uploads: UseStore = createStore('vitrine-uploads', 'uploads');
  /** A store of its own: a state that changes is not to copy the bytes. */
  readonly #sources: UseStore = createStore('vitrine-upload-sources', 'sources');
  readonly #personId: string;
  readonly #page = crypto.randomUUID();
  /** One change after the other, so that the newest stays. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(personId: string) {
    this.#personId = personId;
    void navigator.locks.request(lockOf(this.#page), () => new Promise(() => undefined));
  }

  /** Keeps what changed from one list to the next. A database that is full or switched off only means that nothing is kept. */
  follow(before: readonly Upload[], after: readonly Upload[]): void {
    const known = new Map(before.map((upload) => [upload.id, upload]));
    const kept = after.filter(isKept);
    for (const upload of kept) {
      const old = known.get(upload.id);
      if (!old || isOther(old, upload)) this.#then(() => this.#keep(upload, old?.source));
    }
    const keptIds = new Set(kept.map(({ id }) => id));
    const gone = before.filter((upload) => isKept(upload) && !keptIds.has(upload.id)).map(({ id }) => id);
    if (gone.length > 0) this.#then(() => this.#forget(gone));
  }

  /** Takes over what pages of this person left that are no more. */
  async claim(): Promise<readonly Upload[]> {
    return await navigator.locks.request('vitrine-claim', async () => {
      const { held = [] } = await navigator.locks.query();
      const living = new Set(held.map(({ name }) => name));
      const all = await entries<string, KeptUpload>(this.#uploads);
      const left = all.map(([, kept]) => kept).filter(({ page }) => !living.has(lockOf(page)));
      const own = left.filter(({ personId }) => personId === this.#personId);
      await this.#forget(left.filter((one) => !own.includes(one)).map(({ upload }) => upload.id));
      return Promise.all(own.map(({ upload }) => this.#takeOver(upload)));
    });
  }

  async #takeOver(upload: Upload): Promise<Upload> {
    const source = await get<Source>(upload.id, this.#sources);
    const taken = { ...upload, ...stateAfterReload(upload, source !== undefined), source };
    await this.#keep(taken, source);
    return taken;
  }

  async #keep(upload: Upload, kept: Source | undefined): Promise<void> {
    const { source, reason, ...rest } = upload;
    const record: KeptUpload = { upload: { ...rest, source: undefined }, personId: this.#personId, page: this.#page };
    await set(upload.id, record, this.#uploads);
    const isSmall = typeof source === 'string' || (source?.size ?? 0) <= KEPT;
    if (source !== undefined && source !== kept && isSmall) await set(upload.id, source, this.#sources);
  }

  async #forget(ids: readonly string[]): Promise<void> {
    await delMany([...ids], this.#uploads);
    for (const id of ids) await del(id, this.#sources);
  }

  #then(step: () => Promise<void>): void {
    this.#last = this.#last.then(step).catch(() => undefined);
  }
}

/** Of what was being sent in one call nobody knows whether it arrived: it is looked for in the library anew. */
function stateAfterReload({ state, choice, uploadId }: Upload, hasBytes: boolean): Pick<Upload, 'state' | 'choice'> {
  if (!hasBytes) return { state: 'lost', choice };
  const goesOn = state === 'sending' || state === 'failed';
  return goesOn ? { state: 'waiting', choice: uploadId === undefined ? undefined : choice } : { state, choice };
}

/** What nobody answered to is tried again after a reload; what was refused would be refused again. */
const isKept = (upload: Upload): boolean =>
  isUnderWay(upload) || (upload.state === 'failed' && isPassing(upload.reason));

/** What changes often and is not kept. */
const PASSING: ReadonlySet<string> = new Set(['sent', 'reason']);

const isOther = (one: Upload, other: Upload): boolean =>
  Object.entries(other).some(([name, value]) => !PASSING.has(name) && one[name as keyof Upload] !== value);

/** Whoever signs out leaves nothing of theirs on this machine. */
export async function forgetKeptUploads(): Promise<void> {
  const all = [createStore('vitrine-uploads', 'uploads'), createStore('vitrine-upload-sources', 'sources')];
  for (const store of all) {
    const found = await entries<string, unknown>(store);
    await delMany(
      found.map(([id]) => id),
      store,
    );
  }
}
