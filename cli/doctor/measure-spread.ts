import { type Clock, type DoctorDeps, judge, type Verdict } from './check.ts';

/** A change that is not seen after this many seconds is not awaited any longer. */
const PATIENCE_SECONDS = 180;

/** Milliseconds between two looks. */
const BETWEEN = 500;

/** @returns seconds until it was seen; undefined when it was not */
export async function measureSpread(clock: Clock, isSeen: () => Promise<boolean>): Promise<number | undefined> {
  const start = clock.now();
  const seconds = () => (clock.now() - start) / 1000;
  while (seconds() < PATIENCE_SECONDS) {
    if (await isSeen()) return seconds();
    await clock.wait(BETWEEN);
  }
  return undefined;
}

/** What a rule looks at. */
interface Match {
  readonly type: string;
  readonly values: readonly string[];
}

/**
 * Blocks by a rule, waits until the sample is refused, and takes the rule away again. It ends when the sample is answered,
 * because what comes after it needs that.
 * @param path of a variant of the sample that nobody else asks for
 * @returns as measureSpread
 */
export async function measureRule(
  { library, media, clock }: Pick<DoctorDeps, 'library' | 'media' | 'clock'>,
  match: Match,
  path: string,
): Promise<number | undefined> {
  const reason = 'vitrine doctor measures how fast rules spread';
  const rule = await library.call<{ id: string }>('POST', '/v1/accounts/rules', { effect: 'block', match, reason });
  const isBlocked = async () => (await media.get(path)).status === 403;
  const seconds = await measureSpread(clock, isBlocked).finally(() =>
    library.call('DELETE', `/v1/accounts/rules/${rule.id}`),
  );
  await measureSpread(clock, async () => !(await isBlocked()));
  return seconds;
}

/** Seconds after which a change holds, as the documentation says. */
export const PROMISED_SECONDS = 60;

export const judgeSpread = (seconds: number | undefined, good: string, bad: string): Verdict =>
  judge(
    seconds !== undefined && seconds <= PROMISED_SECONDS,
    seconds === undefined ? 'not seen' : `${seconds.toFixed(1)} s`,
    good,
    bad,
  );
