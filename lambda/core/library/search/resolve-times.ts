import type { SearchQuery, SearchValue } from './query.ts';
import { isGroup } from './query.ts';

const HOUR = 3_600_000;

const HOURS = { h: 1, d: 24, w: 168 } as const;

/** The query with its relative times as moments. @param now milliseconds since 1970 */
export function resolveTimes(query: SearchQuery, now: number): SearchQuery {
  if (isGroup(query)) return { ...query, parts: query.parts.map((part) => resolveTimes(part, now)) };
  return { ...query, values: query.values.map((value) => resolveTime(value, now)) };
}

function resolveTime(value: SearchValue, now: number): SearchValue {
  if (value.kind !== 'ago') return value;
  const { amount, unit } = value;
  if (unit === 'm' || unit === 'y')
    return { kind: 'moment', at: monthsBefore(now, unit === 'm' ? amount : amount * 12) };
  return { kind: 'moment', at: now - amount * HOURS[unit] * HOUR };
}

/** Calendar months in UTC; a day that the month does not have becomes its last one. */
function monthsBefore(now: number, months: number): number {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, lastDay));
}
