import * as z from 'zod';
import { urlEndpoint } from '../contract/edge.ts';
import { UPLOAD_PATHS } from '../contract/routes.ts';
import { uploadAnswer } from '../core/library/upload-answer.ts';
import { uploadFile } from '../core/library/upload-file.ts';
import { readUploadRequest } from '../core/library/upload-request.ts';
import { defineOperation } from './operation.ts';
import { nothing } from './schemas/parameters.ts';

const flag = () => z.enum(['true', 'false']).optional();

/** The parts of the form that have an effect, as text; `core` reads them. */
const uploadForm = () =>
  z.object({
    file: z.string().meta({ format: 'binary', description: 'The file, base64 text, or an http or https URL.' }),
    fileName: z.string(),
    folder: z.string().optional(),
    useUniqueFileName: flag(),
    overwriteFile: flag(),
    overwriteTags: flag(),
    isPrivateFile: flag(),
    tags: z.string().optional(),
    description: z.string().optional(),
    customCoordinates: z.string().optional(),
    responseFields: z.string().optional(),
  });

const uploaded = () =>
  z.object({
    fileId: z.string(),
    name: z.string(),
    size: z.int(),
    versionInfo: z.object({ id: z.string(), name: z.string() }),
    filePath: z.string(),
    url: z.string(),
    fileType: z.enum(['image', 'non-image']),
    height: z.int().optional(),
    width: z.int().optional(),
    thumbnailUrl: z.string(),
    AITags: z.null(),
    tags: z.array(z.string()).readonly().nullable(),
    isPrivateFile: z.boolean(),
    isPublished: z.boolean(),
    customCoordinates: z.string().nullable(),
    description: z.string().optional(),
    customMetadata: z.object({}).optional(),
  });

/** 1 x 1 pixel, GIF. */
const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

export const uploadOperations = [
  defineOperation({
    id: 'files.upload',
    methods: ['POST'],
    paths: UPLOAD_PATHS,
    access: { permission: 'files.upload' },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'form', schema: uploadForm(), read: readUploadRequest },
    }),
    answer: { status: 200, schema: uploaded },
    problems: [
      'upload.missing-parameter',
      'upload.invalid-parameter',
      'upload.malformed',
      'upload.too-large',
      'upload.not-an-image',
      'upload.broken-image',
      'upload.remote-failed',
      'upload.name-taken',
      'upload.version-limit',
      'storage.full',
      'body.unsupported',
      'source.limit',
      'busy',
    ],
    audit: { action: 'file.uploaded' },
    rateClass: 'upload',
    crossSite: true,
    sentence: 'Uploads a file, or adds a version to the file that has its path.',
    example: { body: { file: PIXEL, fileName: 'pixel.gif', folder: '/samples', tags: 'small,grey' } },
    run: async ({ uploads, account }, caller, { body }) => {
      const mediaHost = await account.mediaHost();
      const completed = await uploadFile(uploads, caller, body);
      return uploadAnswer(completed, urlEndpoint(mediaHost), body.responseFields);
    },
  }),
];
