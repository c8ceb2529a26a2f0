import { randomUUID } from 'node:crypto';
import { readState, writeState } from '../../json-state.ts';
import type { Config } from './web-acl-request.ts';

/** Something of AWS WAF that changes at run time. The token is another one after each change. */
export interface StoredEntity {
  readonly arn: string;
  readonly name: string;
  readonly id: string;
  readonly lockToken: string;
  /** Properties as the resource types of CloudFormation have them. */
  readonly properties: Config;
}

type Kind = 'ipSets' | 'ruleGroups';

/** What is saved. What the template declares is there at every start. */
interface KeptState {
  readonly ipSets: readonly StoredEntity[];
  readonly ruleGroups: readonly StoredEntity[];
}

/** IP sets and rule groups of the local cloud, as the template declares them and as the API has changed them since. */
export class WafStore {
  readonly #file: string | undefined;
  readonly #entities: Readonly<Record<Kind, Map<string, StoredEntity>>>;
  /** Writes follow each other, so that the last one has everything. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string | undefined, state: Partial<KeptState>) {
    this.#file = file;
    this.#entities = { ipSets: byArn(state.ipSets), ruleGroups: byArn(state.ruleGroups) };
  }

  /** @param file undefined keeps everything in memory */
  static async open(file: string | undefined): Promise<WafStore> {
    return new WafStore(file, ((file && (await readState(file))) || {}) as Partial<KeptState>);
  }

  /**
   * Takes what a template declares. As CloudFormation does, it leaves alone what the template does not say: the rules of
   * a group that is declared without rules stay those of the API.
   */
  declare(kind: Kind, arn: string, properties: Config): void {
    const [name = '', id = name] = arn.split('/').slice(2);
    const before = this.#entities[kind].get(arn);
    const merged = { ...before?.properties, ...properties };
    this.#entities[kind].set(arn, { arn, name, id, lockToken: randomUUID(), properties: merged });
  }

  get(kind: Kind, arn: string): Config | undefined {
    return this.#entities[kind].get(arn)?.properties;
  }

  find(kind: Kind, name: unknown, id: unknown): StoredEntity | undefined {
    return this.list(kind).find((one) => one.name === name && one.id === id);
  }

  list(kind: Kind): StoredEntity[] {
    return [...this.#entities[kind].values()];
  }

  async put(kind: Kind, entity: Omit<StoredEntity, 'lockToken'>): Promise<StoredEntity> {
    const stored = { ...entity, lockToken: randomUUID() };
    this.#entities[kind].set(entity.arn, stored);
    await this.#write();
    return stored;
  }

  async remove(kind: Kind, arn: string): Promise<void> {
    this.#entities[kind].delete(arn);
    await this.#write();
  }

  #write(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return Promise.resolve();
    const state: KeptState = { ipSets: this.list('ipSets'), ruleGroups: this.list('ruleGroups') };
    this.#writing = this.#writing.catch(() => undefined).then(() => writeState(file, state));
    return this.#writing;
  }
}

function byArn(entities: readonly StoredEntity[] = []): Map<string, StoredEntity> {
  return new Map(entities.map((one) => [one.arn, one]));
}
