import { createHash } from 'node:crypto';
import * as z from 'zod';
import { urlEndpoint } from '../contract/edge.ts';
import { LIMITS } from '../contract/limits.ts';
import type { FormFields } from '../core/kernel/form-fields.ts';
import type { LargeUpload } from '../core/library/store/large-upload-record.ts';
import { uploadAnswer } from '../core/library/upload-answer.ts';
import { readUploadParameters } from '../core/library/upload-request.ts';
import { abortLargeUpload } from '../core/library/uploads/abort-large-upload.ts';
import { beginLargeUpload } from '../core/library/uploads/begin-large-upload.ts';
import { completeLargeUpload } from '../core/library/uploads/complete-large-upload.ts';
import { partCountOf } from '../core/library/uploads/large-upload.ts';
import type { LargeUploadState } from '../core/library/uploads/large-upload-state.ts';
import { largeUploadState } from '../core/library/uploads/large-upload-state.ts';
import { signParts } from '../core/library/uploads/sign-parts.ts';
import { FILE_HEADERS, selectedFieldsIfAsked, tagged } from './asset-answers.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, members, says, wholeNumber } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';
import { uploadParameters } from './schemas/upload-parameters.ts';
import { PIXEL, UPLOAD_PROBLEMS, uploaded } from './uploads.ts';

const PATH = '/v1/uploads';
const ACCESS = { permission: 'files.upload', inFolders: true } as const;

/** S3's bounds for parts (AWS, "Amazon S3 multipart upload limits"); the last part may be smaller. */
const PART_BYTES = { least: 5_242_880, most: 1_000_000_000 };

const pixel = Buffer.from(PIXEL, 'base64');
const pixelDigest = createHash('sha256').update(pixel).digest('base64');

const begun = () =>
  z.object({
    uploadId: z.string(),
    name: z.string(),
    folder: z.string(),
    size: z.int(),
    partSize: z.int(),
    partCount: z.int(),
    expiresAt: answeredMoment(),
  });

const state = () =>
  begun().extend({
    status: z.enum(['Pending', 'Ended']),
    parts: z.array(z.object({ number: z.int(), size: z.int(), sha256: z.string() })).readonly(),
    missing: z.array(z.int()).readonly(),
    fileId: z.string().optional(),
  });

const DIGEST = says('the SHA-256 of the part, as 44 characters of base64');

const partToSign = () =>
  members({
    number: wholeNumber(1, LIMITS.partsOfUpload),
    sha256: z.string(DIGEST).regex(/^[A-Za-z0-9+/]{43}=$/, DIGEST),
  });

const begunAnswer = (upload: LargeUpload) => ({
  uploadId: upload.versionId,
  name: upload.name,
  folder: upload.folder,
  size: upload.size,
  partSize: upload.partSize,
  partCount: partCountOf(upload),
  expiresAt: new Date(upload.expiresAt * 1000).toISOString(),
});

function stateAnswer(found: LargeUploadState) {
  const { upload } = found;
  if (found.status === 'pending') {
    const parts = found.parts.map(({ number, size, sha256 }) => ({ number, size, sha256 }));
    return { ...begunAnswer(upload), status: 'Pending' as const, parts, missing: found.missing };
  }
  const { fileId } = found;
  return { ...begunAnswer(upload), status: 'Ended' as const, parts: [], missing: [], ...(fileId && { fileId }) };
}

/** Parameters as a form would have them, so that one reader checks both. */
function toFields(parameters: Readonly<Record<string, unknown>>): FormFields {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return new Map(given.map(([name, value]) => [name, [textOf(value)]]));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isList ? value.join(',') : JSON.stringify(value);
}

const one = pathId('uploadId', 'uploads.begin', 'uploadId');

/** Ours: ImageKit takes every file in one request, and a Lambda function takes 6 MB. */
export const largeUploadOperations = [
  defineOperation({
    id: 'uploads.begin',
    methods: ['POST'],
    paths: [PATH],
    access: ACCESS,
    resource: 'uploads',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          size: wholeNumber(1, Number.MAX_SAFE_INTEGER),
          partSize: wholeNumber(PART_BYTES.least, PART_BYTES.most).optional(),
          contentType: z.string(says('a content type of at most 200 characters')).max(200).optional(),
          ...uploadParameters(),
        }),
      },
    }),
    answer: { status: 201, schema: begun },
    conditional: true,
    problems: [
      'upload.missing-parameter',
      'upload.invalid-parameter',
      'upload.too-large',
      'upload.name-taken',
      'custom-metadata.invalid',
      'busy',
    ],
    audit: { none: 'Nothing of it can be seen before it is completed.' },
    rateClass: 'upload',
    sentence: `Begins an upload in parts, of a file of up to ${LIMITS.largeUploadBytes / 1e9} GB, that the client sends to the storage itself within a day.`,
    example: { body: { size: pixel.length, fileName: 'pixel.gif', folder: '/samples', tags: ['small', 'grey'] } },
    run: async ({ uploads }, caller, { body: { size, partSize, contentType, ...given }, ifMatch }) => {
      const parameters = { ...readUploadParameters(toFields(given)), ...(ifMatch !== undefined && { ifMatch }) };
      const request = { parameters, size, partSize };
      return begunAnswer(await beginLargeUpload(uploads, caller, { ...request, declaredType: contentType }));
    },
  }),
  defineOperation({
    id: 'uploads.get',
    methods: ['GET'],
    paths: [`${PATH}/:uploadId`],
    access: ACCESS,
    resource: 'uploads',
    input: () => ({ path: one.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: state },
    problems: ['large-upload.missing'],
    audit: { none: 'It reads.' },
    rateClass: 'read',
    sentence: 'Tells which parts of an upload are stored and which are missing, so that it can go on after a break.',
    example: one.example,
    run: async ({ uploads }, caller, { path }) => stateAnswer(await largeUploadState(uploads, caller, path.uploadId)),
  }),
  defineOperation({
    id: 'uploads.sign-parts',
    methods: ['POST'],
    paths: [`${PATH}/:uploadId/parts`],
    access: ACCESS,
    resource: 'uploads',
    input: () => ({
      path: one.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          parts: z
            .array(partToSign(), says(`a list of 1 to ${LIMITS.partsSignedAtOnce} parts`))
            .min(1, says(`a list of 1 to ${LIMITS.partsSignedAtOnce} parts`))
            .max(LIMITS.partsSignedAtOnce, says(`a list of 1 to ${LIMITS.partsSignedAtOnce} parts`)),
        }),
      },
    }),
    answer: {
      status: 200,
      schema: () =>
        z.object({
          uploadId: z.string(),
          parts: z
            .array(z.object({ number: z.int(), url: z.string(), headers: z.record(z.string(), z.string()) }))
            .readonly(),
        }),
    },
    problems: ['large-upload.missing', 'large-upload.ended'],
    audit: { none: 'Nothing of it can be seen before the upload is completed.' },
    rateClass: 'upload',
    sentence: 'Signs URLs for an hour to which the bytes of parts are PUT, with the headers that are given.',
    example: { ...one.example, body: { parts: [{ number: 1, sha256: pixelDigest }] } },
    run: async ({ uploads }, caller, { path: { uploadId }, body }) => ({
      uploadId,
      parts: await signParts(uploads, caller, uploadId, body.parts),
    }),
  }),
  defineOperation({
    id: 'uploads.complete',
    methods: ['POST'],
    paths: [`${PATH}/:uploadId/complete`],
    access: ACCESS,
    resource: 'uploads',
    input: () => ({ path: one.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: uploaded, addedHeaders: FILE_HEADERS },
    problems: ['large-upload.missing', 'large-upload.incomplete', 'file.changed', ...UPLOAD_PROBLEMS],
    audit: { action: 'file.uploaded' },
    rateClass: 'upload',
    sentence:
      'Makes the file of an upload whose parts are all stored. It may be called again when its answer was lost.',
    example: {
      given: ['uploads.sign-parts', { put: 'uploads.sign-parts', bytes: PIXEL }],
      path: { uploadId: '{{uploads.sign-parts.uploadId}}' },
    },
    run: async ({ uploads, account }, caller, { path }) => {
      const mediaHost = await account.mediaHost();
      const { upload, completed } = await completeLargeUpload(uploads, caller, path.uploadId);
      const selected = await selectedFieldsIfAsked(uploads, upload.responseFields, completed.file);
      return tagged(completed, uploadAnswer(completed, urlEndpoint(mediaHost), { ...upload, ...selected }));
    },
  }),
  defineOperation({
    id: 'uploads.delete',
    methods: ['DELETE'],
    paths: [`${PATH}/:uploadId`],
    access: ACCESS,
    resource: 'uploads',
    input: () => ({ path: one.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['large-upload.missing', 'large-upload.ended'],
    audit: { none: 'Nothing of it could be seen.' },
    rateClass: 'upload',
    sentence: 'Removes an upload that is not completed, with the parts that it has.',
    example: one.example,
    run: async ({ uploads }, caller, { path }) => abortLargeUpload(uploads, caller, path.uploadId),
  }),
];
