import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { purgeAssets, purgeStatus } from '../core/purge/purge-assets.ts';
import { toPurgeTarget } from '../core/purge/purge-target.ts';
import { defineOperation } from './operation.ts';
import { members, says } from './schemas/members.ts';
import { nothing, pathId } from './schemas/parameters.ts';

const text = (maximum: number) => {
  const rule = says(`text of 1 to ${maximum} characters`);
  return z.string(rule).min(1, rule).max(maximum, rule);
};

const ID = says('24 hexadecimal characters');

const purgeInput = () =>
  z.union(
    [
      members({ url: text(LIMITS.urlBytes) }),
      members({ fileId: z.string(ID).regex(/^[0-9a-f]{24}$/, ID) }),
      members({ folderPath: text(LIMITS.pathBytes) }),
      members({ tag: text(LIMITS.tagCharacters) }),
    ],
    { error: 'must have exactly one of url, fileId (24 hexadecimal characters), folderPath and tag, as text' },
  );

const status = pathId('requestId', 'cache.purge', 'requestId');

/** ImageKit, "Purge cache" and "Get purge status". */
export const cacheOperations = [
  defineOperation({
    id: 'cache.purge',
    methods: ['POST'],
    paths: ['/v1/files/purge'],
    access: { permission: 'cache.purge' },
    resource: 'cache',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'json', schema: purgeInput() } }),
    answer: { status: 201, schema: () => z.object({ requestId: z.string() }) },
    problems: ['purge.invalid', 'url.foreign', 'url.too-long', 'asset.unknown'],
    audit: { action: 'cache.purged' },
    rateClass: 'purge',
    sentence: 'Removes what was made of a URL, a file, a folder or a tag, from storage and from the CDN.',
    example: { given: ['files.upload'], body: { fileId: '{{files.upload.fileId}}' } },
    run: async ({ purges }, caller, { body }) => ({
      requestId: await purgeAssets(purges, caller, await toPurgeTarget(body, purges.locate)),
    }),
  }),
  defineOperation({
    id: 'cache.purge-status',
    methods: ['GET'],
    paths: ['/v1/files/purge/:requestId'],
    access: { permission: 'files.read' },
    resource: 'cache',
    input: () => ({ path: status.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.object({ status: z.enum(['Pending', 'Completed']) }) },
    problems: ['purge.unknown'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Tells whether a purge is done.',
    example: status.example,
    run: async ({ purges, library }, _, { path: { requestId } }) => ({
      status: await purgeStatus({ ...purges, folderJobs: library.store }, requestId),
    }),
  }),
];
