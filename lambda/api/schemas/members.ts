import * as z from 'zod';

/** Characters of a client's own text that a message repeats. */
const QUOTED = 60;

/** What an issue of a schema is said with: the member's name comes before it. A missing member is told so. */
export const says = (rule: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    input === undefined ? `is required: it must be ${rule}` : `must be ${rule}`,
});

/** An object of these members and no others. */
export function members<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has no member "${(issue.keys as string[])[0]?.slice(0, QUOTED)}"; there are ${names || 'none'}`
        : 'must be an object',
  });
}

/** Text for people, of one line, without blanks around. @param maximum characters */
export const oneLine = (maximum: number) =>
  z
    .string(says(`a text of 1 to ${maximum} characters in one line`))
    .trim()
    .min(1, says(`a text of 1 to ${maximum} characters in one line`))
    .max(maximum, says(`a text of 1 to ${maximum} characters in one line`))
    // A refinement: other languages' regular expressions, which read the document's patterns, have no \p{Cc}.
    .refine((text) => !/\p{Cc}/u.test(text), says(`a text of 1 to ${maximum} characters in one line`));

export const flag = () => z.boolean(says('true or false'));

/** A flag of a query. */
export const queryFlag = () => z.enum(['true', 'false'], says('true or false')).transform((text) => text === 'true');

/** A whole number of a query. */
export const countInQuery = (minimum: number, maximum: number) => {
  const rule = says(`a whole number from ${minimum} to ${maximum}`);
  return z
    .string(rule)
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((count) => count >= minimum && count <= maximum, rule);
};

export const wholeNumber = (minimum: number, maximum: number) => {
  const rule = says(`a whole number from ${minimum} to ${maximum}`);
  return z.int(rule).min(minimum, rule).max(maximum, rule);
};

const TIME = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** The day must be in its month: `Date.parse` reads 30 February as 2 March. */
function isMoment(text: string): boolean {
  const [, year = '', month = '', day = ''] = TIME.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return (
    date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && !Number.isNaN(Date.parse(text))
  );
}

/** A moment as RFC 3339 writes it, with its offset; brought to UTC with milliseconds. */
export const moment = () =>
  z
    .string(says('a time such as 2026-12-31T23:59:00Z'))
    .refine(isMoment, says('a time such as 2026-12-31T23:59:00Z'))
    .meta({ format: 'date-time' })
    .transform((text) => new Date(text).toISOString());

/** A day of a query, in UTC. */
export const day = () =>
  z
    .string(says('a day such as 2026-12-31'))
    .refine((text) => isMoment(`${text}T00:00Z`), says('a day such as 2026-12-31'))
    .meta({ format: 'date' });

/** A list of at most so many different texts. */
export const texts = (maximum: number, what: string) =>
  z
    .array(z.string(says('text')), says(`a list of at most ${maximum} ${what}`))
    .max(maximum, says(`a list of at most ${maximum} ${what}`));

/** A list of at least one text. */
export const someTexts = (maximum: number, what: string) => {
  const rule = says(`a list of 1 to ${maximum} ${what}`);
  return z
    .array(z.string(says('text')), rule)
    .min(1, rule)
    .max(maximum, rule);
};

/** One of a closed list. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, says(`one of ${values.join(', ')}`));

/** A moment in an answer. */
export const answeredMoment = () => z.string().meta({ format: 'date-time' });
