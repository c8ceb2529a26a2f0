import { randomUUID } from 'node:crypto';
import { readState, writeState } from '../../json-state.ts';
import { checkStore } from './store-limits.ts';

type Content = ReadonlyMap<string, string>;

interface Kept {
  readonly etag: string;
  readonly content: Content;
}

/**
 * The KeyValueStores of the distribution, by ARN. A store's content is another object after each change. What was
 * imported at the first start is not imported again, as CloudFormation does it.
 */
export class KeyValueStores {
  readonly #file: string | undefined;
  readonly #stores: Map<string, Kept>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string | undefined, stores: Map<string, Kept>) {
    this.#file = file;
    this.#stores = stores;
  }

  /** @param file undefined keeps everything in memory */
  static async open(file: string | undefined): Promise<KeyValueStores> {
    const state = ((file && (await readState(file))) || {}) as Record<string, Record<string, string>>;
    const kept = Object.entries(state).map(([arn, content]) => [arn, fresh(new Map(Object.entries(content)))] as const);
    return new KeyValueStores(file, new Map(kept));
  }

  /** @throws for content that the import would refuse */
  async declare(arn: string, imported: Content): Promise<void> {
    if (this.#stores.has(arn)) return;
    checkStore(arn, imported);
    this.#stores.set(arn, fresh(imported));
    await this.#write();
  }

  get(arn: string): Content | undefined {
    return this.#stores.get(arn)?.content;
  }

  etag(arn: string): string | undefined {
    return this.#stores.get(arn)?.etag;
  }

  /** @throws for content that CloudFront would refuse */
  async replace(arn: string, content: Content): Promise<void> {
    checkStore(arn, content);
    this.#stores.set(arn, fresh(content));
    await this.#write();
  }

  #write(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return Promise.resolve();
    const state = Object.fromEntries(
      [...this.#stores].map(([arn, { content }]) => [arn, Object.fromEntries(content)] as const),
    );
    this.#writing = this.#writing.catch(() => undefined).then(() => writeState(file, state));
    return this.#writing;
  }
}

const fresh = (content: Content): Kept => ({ etag: randomUUID(), content });
