import { randomUUID } from 'node:crypto';
import { readState, writeState } from '../../json-state.ts';
import { type GenerateSecretString, generateSecretString } from './generate-secret.ts';

/** The parts of AWS::SecretsManager::Secret that are run here, resolved. */
export interface SecretProperties {
  readonly SecretString?: string;
  readonly GenerateSecretString?: GenerateSecretString;
}

/** A secret's current version. */
export interface StoredSecret {
  readonly arn: string;
  readonly value: string;
  readonly versionId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The secrets of the local cloud, generated once and then kept in a file that only its owner may read. */
export class SecretStore {
  readonly #file: string | undefined;
  readonly #secrets: Map<string, StoredSecret>;
  /** ARN of a copy -> ARN of its secret. */
  readonly #copies = new Map<string, string>();
  /** Writes follow each other, so that the last one has everything. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string | undefined, secrets: Map<string, StoredSecret>) {
    this.#file = file;
    this.#secrets = secrets;
  }

  /** @param file undefined keeps secrets in memory */
  static async open(file: string | undefined): Promise<SecretStore> {
    const state =
      file === undefined ? undefined : ((await readState(file)) as { secrets?: StoredSecret[] } | undefined);
    return new SecretStore(file, new Map((state?.secrets ?? []).map((secret) => [secret.arn, secret])));
  }

  /** Makes the secret unless it is there. One whose text is in the template follows the template. */
  async ensure(arn: string, properties: SecretProperties, now: Date): Promise<void> {
    const present = this.#secrets.get(arn);
    const given = properties.SecretString;
    if (present && (given === undefined || present.value === given)) return;
    const rule = properties.GenerateSecretString;
    const value = given ?? (rule && generateSecretString(rule));
    // A secret may be made empty, to be filled by hand.
    if (value === undefined) return;
    this.#secrets.set(arn, { arn, value, versionId: randomUUID(), createdAt: now.getTime() });
    await this.#write();
  }

  /** Makes a copy of a secret in another region, which has its value and cannot be changed there. */
  replicate(arn: string, region: string): void {
    this.#copies.set(arn.replace(/^((?:[^:]*:){3})[^:]*/, `$1${region}`), arn);
  }

  /** Whether an ARN is that of a copy. */
  isCopy(id: string): boolean {
    return this.#copies.has(id);
  }

  /** @param id the ARN, the ARN without the six characters that AWS appends, or the name */
  find(id: string): StoredSecret | undefined {
    const original = this.#copies.get(id);
    if (original !== undefined) {
      const secret = this.#secrets.get(original);
      return secret && { ...secret, arn: id };
    }
    const exact = this.#secrets.get(id);
    if (exact) return exact;
    for (const secret of this.#secrets.values()) {
      if (withoutSuffix(secret.arn) === id || secretName(secret.arn) === id) return secret;
    }
    return undefined;
  }

  /** @returns the new version, or undefined when there is no such secret; copies are not changed */
  async put(id: string, value: string, versionId: string, now: Date): Promise<StoredSecret | undefined> {
    const present = this.isCopy(id) ? undefined : this.find(id);
    if (!present) return undefined;
    const changed = { arn: present.arn, value, versionId, createdAt: now.getTime() };
    this.#secrets.set(present.arn, changed);
    await this.#write();
    return changed;
  }

  #write(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return Promise.resolve();
    const secrets = [...this.#secrets.values()];
    this.#writing = this.#writing.catch(() => undefined).then(() => writeState(file, { secrets }));
    return this.#writing;
  }
}

/** The name in an ARN, `arn:…:secret:NAME-abcdef`; an id that is no ARN is a name. */
export function secretName(arn: string): string {
  return withoutSuffix(arn).replace(/^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:/, '');
}

function withoutSuffix(arn: string): string {
  return arn.startsWith('arn:') ? arn.replace(/-[A-Za-z0-9]{6}$/, '') : arn;
}
