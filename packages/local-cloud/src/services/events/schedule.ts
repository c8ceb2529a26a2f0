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

/** Milliseconds of `rate(1 minute)`. @throws for another expression */
export function periodOf(expression: string): number {
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined) throw new Error(`The schedule ${expression} is not run on this machine; rate(...) is.`);
  return Number(count) * (UNITS[unit] ?? 0);
}

/**
 * Runs rules by the clock, as EventBridge does. A run that still goes on when the next is due lets that one fall.
 * @param log takes the failures of targets
 * @returns what ends it
 */
export function startSchedules(rules: readonly ScheduledRule[], log: (line: string) => void): () => void {
  const timers = rules.map((rule) => {
    let running = false;
    return setInterval(() => {
      if (running) return;
      running = true;
      void runOnce(rule, log).finally(() => {
        running = false;
      });
    }, periodOf(rule.expression));
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
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
