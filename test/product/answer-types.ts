/** Values at a documented place of an answer, such as `[].versionInfo.id`. */
export function valuesAt(answer: unknown, place: string): readonly unknown[] {
  const steps = place.match(/\[\]|[^.[\]]+/g) ?? [];
  return steps.reduce<readonly unknown[]>((values, step) => values.flatMap((value) => inside(value, step)), [answer]);
}

function inside(value: unknown, step: string): readonly unknown[] {
  if (step === '[]') return Array.isArray(value) ? value : [];
  const member = (value as Readonly<Record<string, unknown>> | null)?.[step];
  return member === undefined ? [] : [member];
}

/** Whether a value has one of the types of a documented member: `string|null`, `array<object>`. */
export function hasType(value: unknown, documented: string): boolean {
  return alternatives(documented).some((type) => isOf(value, type));
}

/** Splits at `|`, but not between angle brackets. */
const alternatives = (documented: string): readonly string[] => documented.match(/[a-z]+(<[^>]*>)?/gi) ?? [];

function isOf(value: unknown, type: string): boolean {
  const [, list] = /^array<(.*)>$/.exec(type) ?? [];
  if (list !== undefined) return Array.isArray(value) && value.every((one) => hasType(one, list));
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type.startsWith('object')) return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
