import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { getTakedown, liftTakedown, takeDown } from '../core/protection/takedown/take-down.ts';
import type { TakedownRecord } from '../core/protection/takedown/takedown.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, members, moment, oneLine } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const takedownInput = () =>
  members({
    reason: oneLine(LIMITS.reasonCharacters),
    reference: oneLine(LIMITS.reasonCharacters).optional(),
    author: oneLine(LIMITS.authorCharacters).optional(),
    until: moment().nullish(),
  });

const takedown = () =>
  z.object({
    fileId: z.string(),
    filePath: z.string(),
    reason: z.string(),
    reference: z.string().optional(),
    author: z.string(),
    since: answeredMoment(),
    until: answeredMoment().optional(),
  });

const PATHS = ['/v1/files/:fileId/takedown'] as const;
const path = pathId('fileId', 'files.upload', 'fileId');

/** Takedown of a file: 451 for the original and everything made from it. */
export const takedownOperations = [
  defineOperation({
    id: 'takedowns.create',
    methods: ['POST', 'PUT'],
    paths: PATHS,
    access: { permission: 'takedowns.write' },
    resource: 'takedowns',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'json', schema: takedownInput() } }),
    answer: { status: 201, schema: takedown },
    problems: ['file.missing', 'rule.invalid', 'rule.limit', 'busy'],
    audit: { action: 'file.taken-down' },
    rateClass: 'write',
    sentence: 'Takes a file down: the original and everything made from it are answered 451 until it is lifted.',
    example: { ...path.example, body: { reason: 'Court order', reference: '2 O 123/26' } },
    run: async ({ takedowns, publish }, caller, { path: { fileId }, body }) => {
      const record = await takeDown(takedowns, caller, fileId, body);
      await publish();
      return toAnswer(record);
    },
  }),
  defineOperation({
    id: 'takedowns.get',
    methods: ['GET'],
    paths: PATHS,
    access: { permission: 'takedowns.read' },
    resource: 'takedowns',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: takedown },
    problems: ['takedown.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives the takedown of a file.',
    example: { given: ['takedowns.create'], path: { fileId: '{{takedowns.create.fileId}}' } },
    run: async ({ takedowns }, _, { path: { fileId } }) => toAnswer(await getTakedown(takedowns, fileId)),
  }),
  defineOperation({
    id: 'takedowns.delete',
    methods: ['DELETE'],
    paths: PATHS,
    access: { permission: 'takedowns.write' },
    resource: 'takedowns',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['takedown.not-found', 'file.missing', 'busy'],
    audit: { action: 'file.takedown-lifted' },
    rateClass: 'write',
    sentence: 'Lifts a takedown: the file is delivered again.',
    example: { given: ['takedowns.create'], path: { fileId: '{{takedowns.create.fileId}}' } },
    run: async ({ takedowns, publish }, caller, { path: { fileId } }) => {
      await liftTakedown(takedowns, caller, fileId);
      await publish();
    },
  }),
];

function toAnswer({ assetId, path: filePath, ...others }: TakedownRecord) {
  return { fileId: assetId, filePath, ...others };
}
