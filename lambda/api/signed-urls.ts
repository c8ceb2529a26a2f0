import * as z from 'zod';
import { urlEndpoint } from '../contract/edge.ts';
import { LIMITS } from '../contract/limits.ts';
import type { LibraryFile } from '../core/library/files/library-file.ts';
import { signUrl } from '../core/library/files/sign-url.ts';
import type { NumberedVersion } from '../core/library/store/numbered-version.ts';
import { answerPlace, fileAnswer, versionAnswer } from './asset-answers.ts';
import { defineOperation } from './operation.ts';
import { assetId } from './schemas/asset.ts';
import { answeredMoment, members, says, wholeNumber } from './schemas/members.ts';
import { nothing, pathId } from './schemas/parameters.ts';

const path = pathId('fileId', 'files.upload', 'fileId');

const MOST = LIMITS.namedTransformationCharacters;
const TRANSFORMATION = says(`a transformation of 1 to ${MOST} characters, such as w-400, without &, # and spaces`);

/** Of us: ImageKit leaves signing to its SDKs, which need the private key. */
export const signedUrlOperations = [
  defineOperation({
    id: 'files.sign-url',
    methods: ['POST'],
    paths: ['/v1/files/:fileId/signed-url'],
    access: { permission: 'files.sign', inFolders: true, notByKeys: true },
    resource: 'files',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          expiresIn: wholeNumber(1, LIMITS.signedUrlSeconds),
          versionId: assetId().optional(),
          transformation: z
            .string(TRANSFORMATION)
            .min(1, TRANSFORMATION)
            .max(MOST, TRANSFORMATION)
            // As no pattern: other languages do not know such classes of characters.
            .refine((text) => !/[\s&#\p{C}]/u.test(text), TRANSFORMATION)
            .optional(),
        }),
      },
    }),
    answer: { status: 200, schema: () => z.object({ url: z.string(), expiresAt: answeredMoment() }) },
    problems: ['file.missing', 'version.missing', 'busy'],
    audit: { action: 'file.url-signed' },
    rateClass: 'read',
    sentence: `Signs the URL of a file, or of one of its versions, for up to ${LIMITS.signedUrlSeconds} seconds: whoever has it sees the file, private or not. One that holds longer than ${LIMITS.unrecordedUrlSeconds} seconds is an event. Restricted keys may not.`,
    example: { ...path.example, body: { expiresIn: 86_400, transformation: 'w-400' } },
    run: async ({ account, library }, caller, { path: { fileId }, body }) => {
      const [{ privateKey }, place] = await Promise.all([account.credentials(), answerPlace({ account, library })]);
      const base = `${urlEndpoint(place.mediaHost)}/`;
      const deps = {
        ...library,
        privateKey,
        base,
        urlOf: (file: LibraryFile, version: NumberedVersion | undefined) =>
          (version ? versionAnswer(file, version, place) : fileAnswer(file, place)).url,
      };
      return signUrl(deps, caller, { fileId, ...body });
    },
  }),
];
