import * as z from 'zod';
import { urlEndpoint } from '../contract/edge.ts';
import { LIMITS } from '../contract/limits.ts';
import { uploadAnswer } from '../core/library/upload-answer.ts';
import { createGrant, revokeGrant } from '../core/library/upload-grants/manage-grants.ts';
import { beginGranted, completeGranted } from '../core/library/upload-grants/use-grant.ts';
import { defineOperation } from './operation.ts';
import { libraryPath, newName } from './schemas/asset.ts';
import { answeredMoment, flag, members, says, someTexts, wholeNumber } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';
import { PIXEL, UPLOAD_PROBLEMS, uploaded } from './uploads.ts';

const PATH = '/v1/upload-grants';
const ACCESS = { permission: 'files.upload', inFolders: true } as const;

const TYPE_RULE = says('a list of 1 to 20 content types such as image/png or image/*');
const contentTypes = () =>
  z
    .array(z.string(TYPE_RULE).regex(/^[a-z]+\/(\*|[\w.+-]{1,100})$/, TYPE_RULE), TYPE_RULE)
    .min(1, TYPE_RULE)
    .max(20, TYPE_RULE);

const GRANT_RULE = says('the text of an upload grant');
const grantText = () => z.string(GRANT_RULE).max(200, GRANT_RULE);

const one = pathId('grantId', 'upload-grants.create', 'grantId');

/** Ours: leave to upload without a key, bounded by the storage itself. */
export const uploadGrantOperations = [
  defineOperation({
    id: 'upload-grants.create',
    methods: ['POST'],
    paths: [PATH],
    access: ACCESS,
    resource: 'upload-grants',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          folder: libraryPath(),
          maximumBytes: wholeNumber(1, LIMITS.largeUploadBytes),
          contentTypes: contentTypes().optional(),
          count: wholeNumber(1, LIMITS.grantedFiles).optional(),
          seconds: wholeNumber(60, LIMITS.grantSeconds).optional(),
          tags: someTexts(LIMITS.filesTaggedAtOnce, 'tags').optional(),
          isPrivateFile: flag().optional(),
        }),
      },
    }),
    answer: {
      status: 201,
      schema: () =>
        z.object({ grantId: z.string(), grant: z.string(), folder: z.string(), expiresAt: answeredMoment() }),
    },
    problems: ['upload.invalid-parameter', 'busy'],
    audit: { action: 'upload-grant.created' },
    rateClass: 'write',
    sentence: 'Makes a grant, shown once, with which a browser uploads a file into a folder without a key.',
    example: { body: { folder: '/visitors', maximumBytes: 10_000_000, contentTypes: ['image/*'], seconds: 900 } },
    run: async ({ grants }, caller, { body: { count = 1, seconds = 900, ...asked } }) => {
      const { grant, text } = await createGrant(grants, caller, { ...asked, count, seconds });
      const { grantId, folder, expiresAt } = grant;
      return { grantId, grant: text, folder, expiresAt: new Date(expiresAt * 1000).toISOString() };
    },
  }),
  defineOperation({
    id: 'upload-grants.delete',
    methods: ['DELETE'],
    paths: [`${PATH}/:grantId`],
    access: ACCESS,
    resource: 'upload-grants',
    input: () => ({ path: one.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['upload-grant.unknown', 'busy'],
    audit: { action: 'upload-grant.revoked' },
    rateClass: 'write',
    sentence: 'Ends a grant at once.',
    example: one.example,
    run: async ({ grants }, caller, { path }) => revokeGrant(grants, caller, path.grantId),
  }),
  defineOperation({
    id: 'upload-grants.begin',
    methods: ['POST'],
    paths: [`${PATH}/begin`],
    access: { public: 'The grant in its body is what lets it.' },
    resource: 'upload-grants',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ grant: grantText(), fileName: newName() }) },
    }),
    answer: {
      status: 200,
      schema: () =>
        z.object({
          uploadId: z.string(),
          name: z.string(),
          folder: z.string(),
          url: z.string(),
          fields: z.record(z.string(), z.string()),
        }),
    },
    problems: [
      'upload-grant.unknown',
      'upload-grant.used',
      'upload.invalid-parameter',
      'custom-metadata.invalid',
      'busy',
    ],
    audit: { none: 'Nothing of it can be seen before it is completed.' },
    rateClass: 'upload',
    crossSite: true,
    sentence: 'Takes a file from a grant, and signs the form with which a browser sends its bytes to the storage.',
    example: {
      given: ['upload-grants.create'],
      body: { grant: '{{upload-grants.create.grant}}', fileName: 'pixel.gif' },
    },
    run: async ({ grants }, _, { body }) => {
      const { form, ...begun } = await beginGranted(grants, body.grant, body.fileName);
      return { ...begun, ...form };
    },
  }),
  defineOperation({
    id: 'upload-grants.complete',
    methods: ['POST'],
    paths: [`${PATH}/complete`],
    access: { public: 'The grant in its body is what lets it.' },
    resource: 'upload-grants',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ grant: grantText(), uploadId: z.string(says('an id')).max(24, says('an id')) }),
      },
    }),
    answer: { status: 200, schema: uploaded },
    problems: ['upload-grant.unknown', 'large-upload.missing', ...UPLOAD_PROBLEMS],
    audit: { action: 'file.uploaded' },
    rateClass: 'upload',
    crossSite: true,
    sentence: 'Makes the file of an upload with a grant; without the call, the storage has it made a moment later.',
    example: {
      given: [
        'upload-grants.create',
        { id: 'upload-grants.begin', body: { grant: '{{upload-grants.create.grant}}', fileName: 'pixel.gif' } },
        { post: 'upload-grants.begin', bytes: PIXEL },
      ],
      body: { grant: '{{upload-grants.create.grant}}', uploadId: '{{upload-grants.begin.uploadId}}' },
    },
    run: async ({ grants, account }, _, { body }) => {
      const mediaHost = await account.mediaHost();
      const completed = await completeGranted(grants, body.grant, body.uploadId);
      return uploadAnswer(completed, urlEndpoint(mediaHost), { responseFields: [] });
    },
  }),
];
