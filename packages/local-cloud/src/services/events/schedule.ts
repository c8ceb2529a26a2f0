import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT } from '../../assembly/references.ts';
import type { EventTarget } from './event-bus.ts';

export interface ScheduledRule {
  readonly name: string;
  readonly region: string;
  /** ScheduleExpression of AWS::Events::Rule. */
  readonly expression: string;
  readonly targets: readonly EventTarget[];
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Once a day at an hour; on this machine the day begins with the start. */
const DAILY = /^cron\(\d+ \d+ \* \* \? \*\)$/;

/** Milliseconds of `rate(1 minute)`, and of a day. @throws for another expression */
export function periodOf(expression: string): number {
  if (DAILY.test(expression)) return UNITS.day ?? 0;
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined)
    throw new Error(`The schedule ${expression} is not run on this machine; rate(...) and once a day are.`);
  return Number(count) * (UNITS[unit] ?? 0);
}

/**
 * Runs rules by the clock, as EventBridge does, and new ones at once. A run that still goes on when the next is due lets that
 * one fall.
 * @param log takes the failures of targets
 * @param isNew whether a rule has never run
 */
export function startSchedules(
  rules: readonly ScheduledRule[],
  log: (line: string) => void,
  isNew: (name: string) => boolean = () => true,
): Schedules {
  const started = rules.map((rule) => {
    let running = false;
    const run = async () => {
      if (running) return;
      running = true;
      await runOnce(rule, log);
      running = false;
    };
    return {
      timer: setInterval(() => void run(), periodOf(rule.expression)),
      first: isNew(rule.name) ? run() : undefined,
    };
  });
  return {
    firstRuns: Promise.all(started.map(({ first }) => first)).then(() => undefined),
    end: () => {
      for (const { timer } of started) clearInterval(timer);
    },
  };
}

export interface Schedules {
  /** Settles when every new rule has run once; never rejects. */
  readonly firstRuns: Promise<void>;
  readonly end: () => void;
}

async function runOnce({ name, region, targets }: ScheduledRule, log: (line: string) => void): Promise<void> {
  const event = {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: LOCAL_ACCOUNT,
    time: new Date().toISOString().replace(/\.\d{3}/, ''),
    region,
    resources: [`arn:aws:events:${region}:${LOCAL_ACCOUNT}:rule/${name}`],
    detail: {},
  };
  for (const target of targets) {
    await target(event).catch((error: Error) => log(`Scheduled rule ${name}: ${error.message}`));
  }
}
