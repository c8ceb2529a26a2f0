import * as z from 'zod';
import { urlEndpoint } from '../contract/edge.ts';
import { UPLOAD_PATHS, UPLOAD_V2_PATH } from '../contract/routes.ts';
import type { FormSigning } from '../core/accounts/signed-uploads/authenticate-form.ts';
import type { ProblemCode } from '../core/kernel/problems.ts';
import { namesOfAsked } from '../core/library/saved-extensions/asked-extensions.ts';
import { uploadAnswer } from '../core/library/upload-answer.ts';
import { uploadFile } from '../core/library/upload-file.ts';
import { readUploadRequest } from '../core/library/upload-request.ts';
import { FILE_HEADERS, selectedFieldsIfAsked, tagged } from './asset-answers.ts';
import type { AnyOperation } from './operation.ts';
import { defineOperation } from './operation.ts';
import { extensionOutcome } from './schemas/extension.ts';
import { selectedFields } from './schemas/field-schema.ts';
import { nothing } from './schemas/parameters.ts';

const flag = () => z.string().meta({ description: '`true` or `false`.' }).optional();

/** Of a form without a key; authentication reads them. */
const signing = () => ({
  publicKey: z.string().optional(),
  token: z.string().optional(),
  expire: z.string().optional(),
  signature: z.string().optional(),
});

/** The parts of the form that have an effect, as text; `core` reads them. */
const uploadForm = () =>
  z.object({
    file: z.string().meta({ format: 'binary', description: 'The file, base64 text, or an http or https URL.' }),
    fileName: z.string(),
    folder: z.string().optional(),
    useUniqueFileName: flag(),
    overwriteFile: flag(),
    overwriteTags: flag(),
    overwriteAITags: flag(),
    isPrivateFile: flag(),
    isPublished: flag(),
    tags: z.string().optional(),
    description: z.string().optional(),
    customCoordinates: z.string().optional(),
    customMetadata: z.string().optional(),
    overwriteCustomMetadata: flag(),
    responseFields: z.string().optional(),
    transformation: z.string().meta({ description: 'JSON with `pre` and `post`.' }).optional(),
    checks: z.string().meta({ description: 'A condition that the upload must meet.' }).optional(),
    extensions: z.string().meta({ description: 'JSON; none runs here, and `extensionStatus` says so.' }).optional(),
    webhookUrl: z.string().optional(),
    ...signing(),
  });

export const uploaded = () =>
  z.object({
    fileId: z.string(),
    name: z.string(),
    size: z.int(),
    versionInfo: z.object({ id: z.string(), name: z.string() }),
    filePath: z.string(),
    url: z.string(),
    fileType: z.enum(['image', 'non-image']),
    declaredType: z.string().optional().meta({ description: 'What the sender said that it is; ours.' }),
    untransformable: z.string().optional().meta({ description: 'Why the image is delivered as it is; ours.' }),
    height: z.int().optional(),
    width: z.int().optional(),
    thumbnailUrl: z.string(),
    AITags: z.null(),
    tags: z.array(z.string()).readonly().nullable(),
    isPrivateFile: z.boolean(),
    isPublished: z.boolean(),
    customCoordinates: z.string().nullable(),
    description: z.string().optional(),
    customMetadata: z.record(z.string(), z.unknown()).optional(),
    ...selectedFields(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    embeddedMetadata: z.record(z.string(), z.unknown()).optional(),
    ...extensionOutcome(),
  });

/** 1 x 1 pixel, GIF. */
export const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** What an upload can be refused for, however its bytes came. */
export const UPLOAD_PROBLEMS = [
  'upload.missing-parameter',
  'upload.invalid-parameter',
  'upload.not-an-image',
  'upload.broken-image',
  'upload.type-differs',
  'upload.name-taken',
  'upload.version-limit',
  'storage.full',
  'busy',
] as const satisfies readonly ProblemCode[];

/** Version 1 and 2 are one operation but for how a form without a key is signed. */
const uploadOperation = (
  id: string,
  signed: FormSigning,
  paths: AnyOperation['paths'],
  sentence: string,
): AnyOperation =>
  defineOperation({
    id,
    methods: ['POST'],
    paths,
    access: { permission: 'files.upload', inFolders: true, signed },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'form', schema: uploadForm(), read: readUploadRequest },
    }),
    answer: { status: 200, schema: uploaded, addedHeaders: FILE_HEADERS },
    conditional: true,
    problems: [
      ...UPLOAD_PROBLEMS,
      'upload.malformed',
      'upload.too-large',
      'upload.remote-failed',
      'file.at-origin',
      'upload.signature',
      'upload.ticket-used',
      'upload.check-failed',
      'name.unknown',
      'custom-metadata.invalid',
      'body.unsupported',
      'source.limit',
    ],
    audit: { action: 'file.uploaded' },
    rateClass: 'upload',
    crossSite: true,
    sentence,
    example: { body: { file: PIXEL, fileName: 'pixel.gif', folder: '/samples', tags: 'small,grey' } },
    run: async ({ uploads, savedExtensions, account }, caller, { body, ifMatch }) => {
      const [mediaHost, extensions] = await Promise.all([
        account.mediaHost(),
        namesOfAsked(savedExtensions, body.extensions),
      ]);
      const completed = await uploadFile(uploads, caller, { ...body, ...(ifMatch !== undefined && { ifMatch }) });
      const selected = await selectedFieldsIfAsked(uploads, body.responseFields, completed.file);
      return tagged(completed, uploadAnswer(completed, urlEndpoint(mediaHost), { ...body, extensions, ...selected }));
    },
  });

export const uploadOperations = [
  uploadOperation(
    'files.upload',
    'signature',
    UPLOAD_PATHS,
    'Uploads a file, or adds a version to the file that has its path. A browser signs with publicKey, token, expire and signature.',
  ),
  uploadOperation(
    'files.upload-v2',
    'token',
    [UPLOAD_V2_PATH],
    'Uploads a file as version 1 does. A browser signs with a JSON Web Token.',
  ),
];
