import * as z from 'zod';
import { LIMITS } from '../../contract/limits.ts';
import { isHostPattern } from '../../core/settings/origins/host-pattern.ts';
import type { OriginType } from '../../core/settings/origins/origin.ts';
import type { OriginField } from '../../core/settings/origins/origin-fields.ts';
import { fieldsOf, ORIGIN_TYPES, UNSUPPORTED_TYPES } from '../../core/settings/origins/origin-fields.ts';
import type { OriginInput } from '../../core/settings/origins/origin-request.ts';
import { flag, members, says } from './members.ts';

const HOSTS =
  `a list of at most ${LIMITS.originHosts} host names in ASCII: "images.example.com", "*.example.com" for all below it, ` +
  'or "*" for every public host';

/** Answers have these too, and clients send back what they got. */
const answered = () => ({ id: z.unknown().optional(), externalId: z.unknown().optional() });

/** The body of "create" and "update origin", from the table of fields in `core`. */
export const originInput = () =>
  z
    .discriminatedUnion('type', ORIGIN_TYPES.map(inputOf) as [ReturnType<typeof inputOf>], {
      error: ({ input }) => (isObject(input) ? unknownType(input.type) : 'must be an object'),
    })
    .transform(({ id: _, externalId: __, ...given }) => given as OriginInput);

function isObject(value: unknown): value is { readonly type?: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownType(type: unknown): string {
  if (UNSUPPORTED_TYPES.includes(type as string)) {
    return `must be one of ${ORIGIN_TYPES.join(', ')}: origins of type ${type} are not supported`;
  }
  return `must be one of ${ORIGIN_TYPES.join(', ')}`;
}

function inputOf(type: OriginType) {
  const fields = fieldsOf(type).map((field) => [field.name, inputField(field)] as const);
  return members({ type: z.literal(type), ...Object.fromEntries(fields), ...answered() });
}

/** A field's value. Messages never repeat it: it may be a secret. */
function inputField(field: OriginField): z.ZodType {
  const { fallback } = field;
  const value = fieldValue(field);
  if (fallback === undefined) return value;
  return value.nullish().transform((given) => given ?? fallback ?? undefined);
}

function fieldValue({ kind, fallback, holds, allowed = textFor(fallback) }: OriginField): z.ZodType {
  if (kind === 'flag') return flag();
  if (kind === 'hosts') return hostPatterns();
  const rule = says(allowed);
  // A refinement: other languages, which read the document's patterns, write a NUL differently.
  const text = z.string(rule).refine((given) => !given.includes('\0'), rule);
  return text
    .transform((given) => (kind === 'secret' ? given : given.trim()))
    .refine((given) => (given === '' ? fallback !== undefined : !holds || holds(given)), rule)
    .transform((given) => (given === '' && fallback !== undefined ? (fallback ?? undefined) : given));
}

/** A field that must be there must also hold something. */
function textFor(fallback: OriginField['fallback']): string {
  return fallback === undefined ? 'text that is not empty' : 'text';
}

function hostPatterns() {
  return z
    .array(z.string(says('a host name in ASCII')), says(HOSTS))
    .max(LIMITS.originHosts, says(HOSTS))
    .transform((hosts) => hosts.map((host) => host.toLowerCase()))
    .refine((hosts) => hosts.every(isHostPattern), says(HOSTS));
}

/** An origin as the API shows it: credentials are in no answer. */
export const origin = () =>
  z.union(
    ORIGIN_TYPES.map((type) => {
      const shown = fieldsOf(type).filter(({ kind }) => kind !== 'secret');
      const fields = shown.map(({ name, kind, fallback }) => {
        const value = kind === 'flag' ? z.boolean() : kind === 'hosts' ? z.array(z.string()) : z.string();
        return [name, fallback === null ? value.optional() : value] as const;
      });
      const external = type === 'S3' ? { externalId: z.string().optional() } : {};
      return z.object({ id: z.string(), type: z.literal(type), ...Object.fromEntries(fields), ...external });
    }),
  );
