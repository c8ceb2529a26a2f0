import { fromWire, type Headers } from '../messages.ts';

/** One entry of the objects that an event carries (AWS, "CloudFront Functions event structure"). */
export interface EventValue {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

export type EventValues = Readonly<Record<string, EventValue>>;

export interface EventCookie extends EventValue {
  readonly attributes?: string;
  readonly multiValue?: readonly { readonly value: string; readonly attributes?: string }[];
}

/** Entries by name. A repeated name keeps its first value, and all of them as `multiValue`. */
function collect(entries: Iterable<readonly [name: string, value: string]>): EventValues {
  const byName = new Map<string, { readonly value: string }[]>();
  for (const [name, value] of entries) {
    const values = byName.get(name);
    if (values) values.push({ value });
    else byName.set(name, [{ value }]);
  }
  // `fromEntries` also for a parameter called `__proto__`: an assignment would set a prototype.
  return Object.fromEntries(
    [...byName].map(([name, values]) => {
      const value = values[0]?.value ?? '';
      return [name, values.length > 1 ? { value, multiValue: values } : { value }];
    }),
  );
}

/** Parameters of a raw query, undecoded. */
export function queryValues(query: string): EventValues {
  return collect(
    query
      .split('&')
      .filter(Boolean)
      .map((item) => splitAt(fromWire(item), '=')),
  );
}

/** Cookies of a `cookie` header (RFC 6265, section 5.4). */
export function cookieValues(header: string): EventValues {
  return collect(
    header
      .split(';')
      .map((item) => item.trim())
      .filter(Boolean)
      .map((item) => splitAt(fromWire(item), '=')),
  );
}

export function headerValues(headers: Headers): EventValues {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value: fromWire(value) }]));
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
