import { createHash } from 'node:crypto';
import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { apiOf } from '../../cli/api/api.ts';
import { filesOf } from '../../cli/api/assets.ts';
import { stateOf } from '../../cli/transfer/read-library.ts';
import type { Product } from '../product/product.ts';

/** What a deployment shows of what it keeps. */
export interface SeenDeployment {
  /** Paths, sorted. */
  readonly files: readonly string[];
  /** Over folders, fields, and every file with the checksums of all its versions (`stateOf` of the command line). */
  readonly stateHash: string;
  /** Path and query -> what was delivered. */
  readonly delivered: Readonly<Record<string, string>>;
  /** What the API answers of settings: path -> names. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
}

/** Pictures that were made, originals, and what nobody gets; the private one is asked for with a signature, too. */
const ASKED_FOR = [
  '/shop/summer/shirt.png?tr=w-40',
  '/shop/summer/shirt.png?tr=orig-true',
  '/shop/r%C3%A4ksm%C3%B6rg%C3%A5s.png?tr=n-thumb',
  '/shop-host/shop/summer/shirt.png?tr=h-30',
  '/shop/notes.txt',
  '/archive/old/renamed.png?tr=w-10',
  '/private/plan.png',
  '/blocked/a.png',
];

const SETTINGS = {
  '/v1/named-transformations': 'name',
  '/v1/accounts/url-endpoints': 'urlPrefix',
  '/v1/saved-searches': 'name',
  '/v1/accounts/keys': 'name',
  '/v1/accounts/rules': 'reason',
  '/v1/customMetadataFields': 'name',
};

/** @param product the variables that lead the command line to it are set */
export async function lookAt(product: Product): Promise<SeenDeployment> {
  const api = apiOf(product.api);
  const files: string[] = [];
  for await (const { filePath } of filesOf(api, {})) files.push(filePath);
  const delivered: Record<string, string> = {};
  for (const path of ASKED_FOR) delivered[path] = await answerOf(product.media + path);
  delivered['/private/plan.png, signed'] = await answerOf(signed(product));
  const settings: Record<string, readonly string[]> = {};
  for (const [path, member] of Object.entries(SETTINGS)) settings[path] = await namesIn(product, path, member);
  const stateHash = await stateOf({ api, signingKey: product.privateKey });
  return { files: files.toSorted(), stateHash, delivered, settings };
}

const signed = ({ privateKey, urlEndpoint }: Product): string =>
  new ImageKit({ privateKey }).helper.buildSrc({ urlEndpoint, src: '/private/plan.png', signed: true });

/** A picture by its size, because a new engine may encode it otherwise; anything else by its bytes. */
async function answerOf(url: string): Promise<string> {
  const answer = await fetch(url, { headers: { accept: 'image/png' } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 200) return String(answer.status);
  const type = answer.headers.get('content-type');
  if (!type?.startsWith('image/') || url.includes('orig-true')) {
    return `200 ${type} ${createHash('sha256').update(bytes).digest('hex')}`;
  }
  const { width, height } = await sharp(bytes).metadata();
  return `200 ${type} ${width} x ${height}`;
}

async function namesIn({ api, privateKey }: Product, path: string, member: string): Promise<readonly string[]> {
  const answer = await fetch(api + path, { headers: { authorization: `Basic ${btoa(`${privateKey}:`)}` } });
  const list = (await answer.json()) as readonly Readonly<Record<string, string>>[];
  return list.map((one) => String(one[member])).toSorted();
}
