import type { Area, Point, SearchQuery, SearchValue } from './query.ts';
import { isGroup } from './query.ts';

/** The text of a query. Reading it gives the query back. */
export function formatQuery(query: SearchQuery): string {
  if (isGroup(query)) {
    const parts = query.parts.map((part) =>
      needsBrackets(query.kind, part) ? `(${formatQuery(part)})` : formatQuery(part),
    );
    return parts.join(query.kind === 'and' ? ' AND ' : ' OR ');
  }
  const { field, operator, values } = query;
  const name = /^\w+$/.test(field) ? field : quoted(field);
  if (values.length === 0) return `${name} ${operator}`;
  const texts = values.map(formatValue);
  return `${name} ${operator} ${operator.endsWith('IN') ? `[${texts.join(', ')}]` : texts[0]}`;
}

/** AND inside OR needs none, because it binds tighter. */
const needsBrackets = (kind: 'and' | 'or', part: SearchQuery): boolean =>
  isGroup(part) && !(kind === 'or' && part.kind === 'and');

function formatValue(value: SearchValue): string {
  switch (value.kind) {
    case 'text':
      return quoted(value.text);
    case 'number':
      return String(value.number);
    case 'flag':
      return String(value.flag);
    case 'moment':
      return quoted(new Date(value.at).toISOString());
    case 'ago':
      return quoted(`${value.amount}${value.unit}`);
    case 'area':
      return quoted(formatArea(value.area));
  }
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function formatArea(area: Area): string {
  if ('corners' in area) return area.corners.map(formatPoint).join('|');
  return `${formatPoint(area.centre)} ${area.kilometres}km`;
}

const formatPoint = ({ latitude, longitude }: Point): string => `${latitude},${longitude}`;
