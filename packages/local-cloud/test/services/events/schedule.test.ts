import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { periodOf, startSchedules } from '../../../src/services/events/schedule.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const RULE = { name: 'every', region: 'eu-west-1', expression: 'rate(1 minute)' };

describe('schedules', () => {
  it('run at the start and every period, with the event that EventBridge sends, until they are ended', async () => {
    const events: unknown[] = [];
    const { end, firstRuns } = startSchedules(
      [{ ...RULE, targets: [async (event) => void events.push(event)] }],
      () => {},
    );
    await firstRuns;
    expect(events).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(120_000);
    end();
    await vi.advanceTimersByTimeAsync(120_000);

    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({ source: 'aws.events', 'detail-type': 'Scheduled Event', region: 'eu-west-1' });
  });

  it('that have run before do not run at the start', async () => {
    let runs = 0;
    const { end, firstRuns } = startSchedules(
      [{ ...RULE, targets: [async () => void runs++] }],
      () => {},
      () => false,
    );

    await firstRuns;
    expect(runs).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    end();
    expect(runs).toBe(1);
  });

  it('let a run fall while another goes on, and log what fails', async () => {
    const lines: string[] = [];
    let runs = 0;
    let finish: () => void = () => {};
    const target = () => {
      runs += 1;
      return new Promise<void>((_, failed) => {
        finish = () => failed(new Error('broke'));
      });
    };
    const { end } = startSchedules([{ ...RULE, targets: [target] }], (line) => lines.push(line));

    await vi.advanceTimersByTimeAsync(180_000);
    expect(runs).toBe(1);
    finish();
    await vi.advanceTimersByTimeAsync(60_000);
    end();

    expect(runs).toBe(2);
    expect(lines).toEqual(['Scheduled rule every: broke']);
  });

  it.each([
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 172_800_000],
    ['cron(0 5 * * ? *)', 86_400_000],
  ])('%s', (expression, milliseconds) => {
    expect(periodOf(expression)).toBe(milliseconds);
  });

  it.each(['cron(0 * * * ? *)', 'rate(0 minutes)', 'rate(1 week)'])('%s is not run here', (expression) => {
    expect(() => periodOf(expression)).toThrow('is not run on this machine');
  });
});
