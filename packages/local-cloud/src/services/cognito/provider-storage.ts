import { readState, writeState } from '../../json-state.ts';

interface Kept {
  readonly payload: Record<string, unknown>;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/** Milliseconds between a change and the file that has it: what a kill loses is a sign-in that was under way. */
const WRITTEN_AFTER = 200;

/** What oidc-provider keeps, sessions and grants, in memory and in a file. */
export class ProviderStorage {
  readonly #file: string | undefined;
  readonly #kept: Map<string, Kept>;
  #timer: NodeJS.Timeout | undefined;

  private constructor(file: string | undefined, kept: readonly (readonly [string, Kept])[]) {
    this.#file = file;
    this.#kept = new Map(kept);
  }

  static async open(file: string | undefined): Promise<ProviderStorage> {
    const state = file === undefined ? undefined : ((await readState(file)) as { kept?: [string, Kept][] } | undefined);
    return new ProviderStorage(file, state?.kept ?? []);
  }

  /** One kind of record, as oidc-provider asks for it (oidc-provider, "Adapter"). */
  readonly adapterFor = (model: string) => {
    const key = (id: string) => `${model}:${id}`;
    const find = async (id: string) => {
      const kept = this.#kept.get(key(id));
      return kept && kept.endsAt > Date.now() ? kept.payload : undefined;
    };
    const findBy = async (member: string, value: string) =>
      this.#payloads(model).find((payload) => payload[member] === value);
    return {
      find,
      findByUid: (uid: string) => findBy('uid', uid),
      findByUserCode: (code: string) => findBy('userCode', code),
      upsert: async (id: string, payload: Record<string, unknown>, seconds: number) => {
        const endsAt = seconds ? Date.now() + seconds * 1000 : Number.MAX_SAFE_INTEGER;
        this.#kept.set(key(id), { payload, endsAt });
        this.#changed();
      },
      consume: async (id: string) => {
        const payload = await find(id);
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
        this.#changed();
      },
      destroy: async (id: string) => {
        this.#kept.delete(key(id));
        this.#changed();
      },
      revokeByGrantId: async (grantId: string) => {
        for (const [id, { payload }] of this.#kept) if (payload.grantId === grantId) this.#kept.delete(id);
        this.#changed();
      },
    };
  };

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#write();
  }

  #payloads(model: string): Record<string, unknown>[] {
    const now = Date.now();
    return [...this.#kept].flatMap(([id, { payload, endsAt }]) =>
      id.startsWith(`${model}:`) && endsAt > now ? [payload] : [],
    );
  }

  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#write();
    }, WRITTEN_AFTER).unref();
  }

  async #write(): Promise<void> {
    const now = Date.now();
    for (const [id, { endsAt }] of this.#kept) if (endsAt <= now) this.#kept.delete(id);
    if (this.#file !== undefined) await writeState(this.#file, { kept: [...this.#kept] });
  }
}
