import { availableParallelism } from 'node:os';
import { compilePattern, type EventPattern } from './pattern.ts';

/** Takes an event; a rejection means that it was not delivered. */
export type EventTarget = (event: unknown) => Promise<void>;

/** A rule of the default bus; the resolved form of AWS::Events::Rule. */
export interface EventRule {
  readonly name: string;
  readonly pattern: EventPattern;
  readonly targets: readonly EventTarget[];
}

export interface EventBusOptions {
  /** Takes what could not be delivered. */
  readonly log: (line: string) => void;
  /** Milliseconds before each repetition. @default 1 s and 2 s, where Lambda waits one and two minutes */
  readonly retryDelays?: readonly number[];
}

export interface EventBus {
  /**
   * Sends an event to the targets of every rule that matches. Resolves when each has taken it or was given up, which is
   * logged; it never rejects, so a sender need not wait.
   */
  deliver(event: unknown): Promise<void>;
}

/**
 * Events on their way to one target at the same time; the others wait, so that a bulk upload overruns no function. Each takes a
 * process of its own, and more of them than processors are slower than fewer.
 */
export const CONCURRENT = Math.max(2, availableParallelism());

const RETRY_MILLISECONDS = [1000, 2000];

/**
 * An EventBridge bus with its rules.
 * @throws for a pattern that is not understood, with the rule's name
 */
export function createEventBus(rules: readonly EventRule[], options: EventBusOptions): EventBus {
  const compiled = rules.map((rule) => ({
    matches: compile(rule),
    deliveries: rule.targets
      .map(limited)
      .map((target) => (event: unknown) => deliverTo(target, event, rule.name, options)),
  }));
  return {
    deliver: async (event) => {
      const matching = compiled.filter(({ matches }) => matches(event));
      await Promise.all(matching.flatMap(({ deliveries }) => deliveries.map((deliver) => deliver(event))));
    },
  };
}

function compile(rule: EventRule): (event: unknown) => boolean {
  try {
    return compilePattern(rule.pattern);
  } catch (error) {
    throw new Error(`Event rule ${rule.name}: ${(error as Error).message}`, { cause: error });
  }
}

async function deliverTo(target: EventTarget, event: unknown, rule: string, options: EventBusOptions): Promise<void> {
  const delays = options.retryDelays ?? RETRY_MILLISECONDS;
  for (let attempt = 0; ; attempt++) {
    try {
      await target(event);
      return;
    } catch (error) {
      const delay = delays[attempt];
      if (delay === undefined) {
        options.log(`Event rule ${rule} gave up after ${attempt + 1} attempts: ${(error as Error).message}`);
        return;
      }
      await pause(delay);
    }
  }
}

/** Runs at most `CONCURRENT` calls at a time, the others in the order in which they came. */
function limited(run: EventTarget): EventTarget {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (event) => {
    if (running >= CONCURRENT) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      await run(event);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

/** The program may end during a pause. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
