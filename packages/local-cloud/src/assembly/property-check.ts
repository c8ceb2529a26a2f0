import type { PropertySpec } from './resource-type.ts';

/** A property that the local cloud does not run, or a value of one. Paths are dotted, list items have their index. */
export interface PropertyFault {
  readonly path: string;
  readonly fault: string;
}

export interface IgnoredProperty {
  readonly path: string;
  readonly reason: string;
}

export interface PropertyCheck {
  readonly faults: readonly PropertyFault[];
  readonly ignored: readonly IgnoredProperty[];
}

const UNKNOWN = 'is not known to the local cloud';

/** Holds resolved properties against what the services say they run. */
export function checkProperties(
  properties: Readonly<Record<string, unknown>>,
  specs: Readonly<Record<string, PropertySpec>>,
): PropertyCheck {
  const faults: PropertyFault[] = [];
  const ignored: IgnoredProperty[] = [];
  walkObject('', properties, specs, { faults, ignored });
  return { faults, ignored };
}

interface Found {
  readonly faults: PropertyFault[];
  readonly ignored: IgnoredProperty[];
}

function walkObject(
  path: string,
  value: Readonly<Record<string, unknown>>,
  specs: Readonly<Record<string, PropertySpec>>,
  found: Found,
): void {
  for (const [name, item] of Object.entries(value)) {
    const at = path ? `${path}.${name}` : name;
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) found.faults.push({ path: at, fault: UNKNOWN });
    else walk(at, item, spec, found);
  }
}

function walk(path: string, value: unknown, spec: PropertySpec, found: Found): void {
  if (spec === 'run') return;
  if ('ignored' in spec) found.ignored.push({ path, reason: spec.ignored });
  else if ('only' in spec) checkAllowed(path, value, spec.only, found);
  else if ('list' in spec) walkList(path, value, spec.list, found);
  else if (isRecord(value)) walkObject(path, value, spec.object, found);
  else found.faults.push({ path, fault: 'is not an object' });
}

function walkList(path: string, value: unknown, spec: PropertySpec, found: Found): void {
  if (!Array.isArray(value)) found.faults.push({ path, fault: 'is not a list' });
  else for (const [index, item] of value.entries()) walk(`${path}.${index}`, item, spec, found);
}

function checkAllowed(path: string, value: unknown, allowed: readonly unknown[], found: Found): void {
  const text = JSON.stringify(value);
  if (allowed.some((one) => JSON.stringify(one) === text)) return;
  found.faults.push({
    path,
    fault: `has the value ${text}, the local cloud runs ${allowed.map((one) => JSON.stringify(one)).join(', ')}`,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
