import { readFileSync, statSync } from 'node:fs';
import { StartFault } from '../start-fault.ts';
import type { FaultKind, FaultPlace, FaultPlan, FaultRule } from './fault-rule.ts';
import { readFaultPlan } from './fault-rule.ts';
import { seededRandom } from './seeded-random.ts';

/** A fault that happens now. */
export interface Fault {
  readonly kind: FaultKind;
  /** Of this delay, or this lag. */
  readonly milliseconds: number;
}

/** Decides what goes wrong. It can be changed while the cloud runs. */
export interface FaultSwitch {
  /** The first fault of the plan that happens to this call. @param can which kinds can happen to it @default all */
  draw(at: FaultPlace, call: string, can?: (kind: FaultKind) => boolean): Fault | undefined;
  /** Whether nobody reaches a region now. */
  isCut(region: string): boolean;
  /** US dollars that budgets take to be spent in this month. */
  spent(): number;
  /** How often each thing went wrong, by `place fault`. */
  readonly counts: Readonly<Record<string, number>>;
  /** 0 <= value < 1, from the plan's seed. */
  random(): number;
}

export interface SettableFaults extends FaultSwitch {
  /** From now on this goes wrong. */
  set(plan: FaultPlan): void;
}

/** What `delay` and `index-lag` take at most when nothing is said. */
const MILLISECONDS = 5000;

/** @param onFault is told of each fault */
export function settableFaults(plan: FaultPlan, onFault: (line: string) => void = () => {}): SettableFaults {
  const counts: Record<string, number> = {};
  const happened = new Map<FaultRule, number>();
  let rules = plan.faults;
  let { cut = [], spent = 0 } = plan;
  let random = seededRandom(plan.seed);
  const happens = (rule: FaultRule): boolean =>
    (happened.get(rule) ?? 0) < (rule.times ?? Number.POSITIVE_INFINITY) && random() * 100 < (rule.percent ?? 100);
  return {
    counts,
    random: () => random(),
    isCut: (region) => cut.includes(region),
    spent: () => spent,
    set: (next) => {
      rules = next.faults;
      ({ cut = [], spent = 0 } = next);
      random = seededRandom(next.seed);
      happened.clear();
    },
    draw: (at, call, can = () => true) => {
      const fits = (rule: FaultRule) => rule.at === at && (rule.call ?? call) === call && can(rule.fault);
      const rule = rules.find((one) => fits(one) && happens(one));
      if (!rule) return undefined;
      happened.set(rule, (happened.get(rule) ?? 0) + 1);
      const name = `${at} ${rule.fault}`;
      counts[name] = (counts[name] ?? 0) + 1;
      onFault(`Fault: ${name}${call === '' ? '' : ` of ${call}`}`);
      const share = rule.fault === 'lag' ? 1 : random();
      return { kind: rule.fault, milliseconds: share * (rule.milliseconds ?? MILLISECONDS) };
    },
  };
}

/**
 * Faults from a file, which is read again when it has changed, so that another process can switch them.
 * @throws StartFault when it cannot be read or understood at the start; later it is reported and the old plan stays
 */
export function faultsFromFile(file: string, log: (line: string) => void): FaultSwitch {
  let [stamp, plan] = [stampOf(file), readPlan(file)];
  const faults = settableFaults(plan, log);
  const current = (): SettableFaults => {
    const now = stampOf(file);
    if (now === stamp) return faults;
    stamp = now;
    try {
      plan = readPlan(file);
      faults.set(plan);
    } catch (error) {
      log((error as Error).message);
    }
    return faults;
  };
  return {
    counts: faults.counts,
    random: faults.random,
    isCut: (region) => current().isCut(region),
    spent: () => current().spent(),
    draw: (...call) => current().draw(...call),
  };
}

function stampOf(file: string): string {
  const { mtimeMs = 0, size = 0, ino = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return `${mtimeMs} ${size} ${ino}`;
}

function readPlan(file: string): FaultPlan {
  try {
    return readFaultPlan(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof StartFault) throw new StartFault(`${file}: ${error.message}`, { cause: error });
    throw new StartFault(`The file of faults ${file} cannot be read.`, { cause: error });
  }
}
