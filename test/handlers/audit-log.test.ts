import { expect, test, vi } from 'vitest';
import { auditLog } from '../../lambda/handlers/audit-log.ts';
import { someEvent } from '../core/audit/told-events.ts';

test('an event is one line of JSON, whatever stands in it', () => {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'info').mockImplementation((line: string) => void lines.push(line));
  const event = { ...someEvent(), after: { reason: 'two\nlines\u2028"quoted"' } };

  auditLog(event);
  spy.mockRestore();

  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('\n');
  expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 'INFO', event: 'audit', told: event });
});
