import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import OPERATIONS from '../fixtures/imagekit-operations.json' with { type: 'json' };
import { hasType, valuesAt } from './answer-types.ts';
import type { MadeByCalls } from './imagekit-calls.ts';
import { SDK_CALLS } from './imagekit-calls.ts';
import { NOT_ANSWERED } from './not-answered.ts';
import { type Product, startProduct } from './product.ts';

/* Every operation of ImageKit's SDK against the running product, with real data, and its answers against what is documented. */
interface Documented {
  readonly method: string;
  readonly success: readonly number[];
  readonly fields: Readonly<Record<string, string>>;
}

const documented: Readonly<Record<string, Documented>> = OPERATIONS;

let product: Product;
let client: ImageKit;
const made = {} as MadeByCalls;
const seen: { method: string; status: number }[] = [];
/** Every documented member, by operation and place within one object; those that an answer had, by resource. */
const documentedMembers = new Set<string>();
const answered = new Set<string>();

beforeAll(async () => {
  product = await startProduct();
  client = new ImageKit({
    ...{ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 },
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      seen.push({ method: init?.method ?? '', status: answer.status });
      return answer;
    },
  });
  const exif = { IFD0: { Artist: 'Ada' } };
  const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } }).withExif(exif);
  Object.assign(made, {
    picture: (await picture.png().toBuffer()).toString('base64'),
    urlEndpoint: product.urlEndpoint,
  });
});

afterAll(() => product?.stop());

/** Operations that the SDK has, found in its own objects: what nobody tried is seen. */
function operationsOf(resource: object, path: readonly string[] = []): string[] {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter((name) => name !== 'constructor');
  const inner = Object.entries(resource).filter(([name, value]) => name !== '_client' && isResource(value));
  return [
    ...(path.length > 0 ? methods.map((name) => [...path, name].join('.')) : []),
    ...inner.flatMap(([name, value]) => operationsOf(value, [...path, name])),
  ];
}

const isResource = (value: unknown): boolean => typeof value === 'object' && value !== null && '_client' in value;

/** What the SDK does without a call. */
const WITHOUT_CALL = /^(webhooks|helper)\./;

it('every operation of the SDK is called here, and documented in the fixture', () => {
  const operations = operationsOf(client).filter((name) => !WITHOUT_CALL.test(name));

  expect(operations).toHaveLength(53);
  expect(Object.keys(SDK_CALLS).sort()).toEqual(operations.sort());
  expect(Object.keys(documented).sort()).toEqual(operations.sort());
});

describe('the SDK gets what is documented from', () => {
  it.each(Object.entries(SDK_CALLS))('%s', async (name, { run, members = [] }) => {
    const { method = '', success = [], fields = {} } = documented[name] ?? {};
    const answer = await run(client, made);

    expect(seen.findLast((one) => one.method.toUpperCase() === method)?.status).toBeOneOf([...success]);
    for (const place of members) expect([place, valuesAt(answer, place).length > 0]).toEqual([place, true]);
    for (const place of Object.keys(fields)) note(name, place, valuesAt(answer, place).length > 0);
    for (const [place, type] of Object.entries(fields)) {
      const wrong = valuesAt(answer, place).filter((value) => !hasType(value, type));
      expect([place, type, wrong]).toEqual([place, type, []]);
    }
  });
});

/** Objects of one resource are alike: a member that a list shows is one that details have. */
function note(operation: string, place: string, isThere: boolean): void {
  const named = `${operation} ${place.replace(/^\[\]\./, '')}`;
  documentedMembers.add(named);
  if (isThere) answered.add(resourceOf(named));
}

const resourceOf = (place: string): string =>
  place.replace(/\.\w+ /, ' ').replace(/^(files\.versions|assets) /, 'files ');

it('every documented member is seen in an answer, or is one that we say is not there', () => {
  const missing = [...documentedMembers].filter((place) => !answered.has(resourceOf(place)));
  const excused = (place: string) => NOT_ANSWERED.some(([pattern]) => pattern.test(place));

  expect(missing.filter((place) => !excused(place))).toEqual([]);
  // An excuse that nobody needs any more is not kept.
  expect(NOT_ANSWERED.filter(([pattern]) => !missing.some((place) => pattern.test(place)))).toEqual([]);
});

it('a documented type is told from another one', () => {
  expect(hasType(['a'], 'array<string>|null')).toBe(true);
  expect(hasType(null, 'array<string>|null')).toBe(true);
  expect(hasType([1], 'array<string>|null')).toBe(false);
  expect(hasType(1.5, 'integer')).toBe(false);
  expect(hasType([], 'object<customMetadata>|object')).toBe(false);
  expect(valuesAt([{ a: { b: 1 } }, {}], '[].a.b')).toEqual([1]);
});
