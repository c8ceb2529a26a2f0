import type ImageKit from '@imagekit/nodejs';
import { expect } from 'vitest';

/** What earlier calls made, for later ones. */
export interface MadeByCalls {
  readonly picture: string;
  readonly urlEndpoint: string;
  fileId: string;
  otherId: string;
  firstVersion: string;
  url: string;
  fieldId: string;
  policyId: string;
  jobId: string;
  purgeId: string;
  originId: string;
  endpointId: string;
  namedId: string;
  savedExtensionId: string;
}

/** A call with real data, and the member that must be in its answer, if any. */
export interface SdkCall {
  readonly run: (client: ImageKit, made: MadeByCalls) => Promise<unknown>;
  readonly members?: readonly string[];
}

const ORIGIN = { type: 'WEB_FOLDER', name: 'web', baseUrl: 'https://www.example.com/media' } as const;

const TAGGING = { minConfidence: 80, maxTags: 5 } as const;

/** Each of them, as ImageKit documents it. */
const EXTENSIONS: ImageKit.Extensions = [
  { name: 'remove-bg' },
  { name: 'google-auto-tagging', ...TAGGING },
  { name: 'aws-auto-tagging', ...TAGGING },
  { name: 'ai-auto-description' },
  { name: 'ai-tasks', tasks: [{ type: 'select_tags', instruction: 'What is it?', vocabulary: ['a', 'b'] }] },
];

const RESPONSE_FIELDS = ['metadata', 'customMetadata', 'embeddedMetadata', 'selectedFieldsSchema'] as const;

const FILE_MEMBERS = ['fileId', 'name', 'filePath', 'url', 'fileType', 'size', 'tags', 'versionInfo', 'isPrivateFile'];

/** One call of each operation of the SDK, in an order in which each has what it needs. */
export const SDK_CALLS: Readonly<Record<string, SdkCall>> = {
  'customMetadataFields.create': {
    run: async (client, made) => {
      const create = (field: ImageKit.CustomMetadataFieldCreateParams) => client.customMetadataFields.create(field);
      const text = { type: 'Text', minLength: 1, maxLength: 9, isValueRequired: true, defaultValue: 'none' } as const;
      await create({ name: 'credit', label: 'Credit', schema: text, description: 'Who made it' });
      await create({ name: 'kind', label: 'Kind', schema: { type: 'SingleSelect', selectOptions: ['own', 'stock'] } });
      const schema = { type: 'Number', minValue: 1, maxValue: 10 } as const;
      const field = await client.customMetadataFields.create({ name: 'stars', label: 'Stars', schema });
      made.fieldId = field.id;
      return field;
    },
    members: ['id', 'name', 'label', 'schema'],
  },
  'customMetadataFields.list': { run: (client) => client.customMetadataFields.list(), members: ['[].id'] },
  'customMetadataFields.update': {
    run: (client, { fieldId }) => client.customMetadataFields.update(fieldId, { label: 'Rating' }),
    members: ['id', 'label'],
  },
  'files.upload': {
    run: async (client, made) => {
      const fields = [{ name: 'credit', readOnly: true }, { name: 'stars' }];
      const body = { name: 'Conformance', folderPath: '/conformance', fields };
      // ImageKit has path policies in its dashboard only.
      made.policyId = (await client.post<{ id: string }>('/v1/path-policies', { body })).id;
      const upload = (fileName: string) =>
        client.files.upload({
          ...{ file: made.picture, fileName, folder: '/conformance', useUniqueFileName: false, tags: ['a', 'b'] },
          ...{ customMetadata: { stars: 5 }, responseFields: [...RESPONSE_FIELDS] },
          ...{ checks: '"file.size" > 10', transformation: { pre: 'w-30' }, isPublished: true },
          ...{ description: 'A picture', extensions: EXTENSIONS },
        });
      // A policy holds within five seconds.
      const early = async () => (await upload('early.png')).selectedFieldsSchema;
      await expect.poll(early, { timeout: 10_000, interval: 250 }).toBeDefined();
      const first = await upload('a.png');
      const second = await upload('a.png');
      made.otherId = (await upload('b.png')).fileId as string;
      Object.assign(made, { fileId: second.fileId, firstVersion: first.versionInfo?.id, url: second.url });
      return second;
    },
    members: [...FILE_MEMBERS, 'thumbnailUrl', 'width', 'height', ...RESPONSE_FIELDS],
  },
  'beta.v2.files.upload': {
    run: (client, { picture }) =>
      client.beta.v2.files.upload({ file: picture, fileName: 'v2.png', folder: '/conformance' }),
    members: FILE_MEMBERS,
  },
  'assets.list': {
    run: async (client) => {
      await client.folders.create({ folderName: 'inner', parentFolderPath: '/conformance' });
      return client.assets.list({ path: '/conformance', type: 'all' });
    },
    members: ['[].fileId', '[].folderId', '[].type'],
  },
  'files.get': {
    run: (client, { fileId }) => client.files.get(fileId),
    members: [...FILE_MEMBERS, 'mime', 'createdAt'],
  },
  'files.update': {
    run: (client, { fileId }) => client.files.update(fileId, { tags: ['c'], description: 'A picture' }),
    members: [...FILE_MEMBERS, 'description'],
  },
  'files.metadata.get': {
    run: async (client, { picture }) => {
      const file = await client.files.upload({ file: picture, fileName: 'exif.png', folder: '/conformance' });
      return client.files.metadata.get(file.fileId as string);
    },
    members: ['width', 'format', 'exif'],
  },
  'files.metadata.getFromURL': {
    run: (client, { url }) => client.files.metadata.getFromURL({ url }),
    members: ['width', 'pHash'],
  },
  'files.versions.list': { run: (client, { fileId }) => client.files.versions.list(fileId), members: ['[].fileId'] },
  'files.versions.get': {
    run: (client, { fileId, firstVersion }) => client.files.versions.get(firstVersion, { fileId }),
    members: FILE_MEMBERS,
  },
  'files.versions.restore': {
    run: (client, { fileId, firstVersion }) => client.files.versions.restore(firstVersion, { fileId }),
    members: FILE_MEMBERS,
  },
  'files.versions.delete': {
    run: async (client, { fileId, firstVersion }) => {
      const versions = await client.files.versions.list(fileId);
      const old = versions.find(({ versionInfo }) => versionInfo?.id !== firstVersion);
      return client.files.versions.delete(old?.versionInfo?.id as string, { fileId });
    },
  },
  'files.bulk.addTags': {
    run: (client, { fileId, otherId }) => client.files.bulk.addTags({ fileIds: [fileId, otherId], tags: ['x'] }),
    members: ['successfullyUpdatedFileIds'],
  },
  'files.bulk.removeTags': {
    run: (client, { fileId }) => client.files.bulk.removeTags({ fileIds: [fileId], tags: ['x'] }),
    members: ['successfullyUpdatedFileIds'],
  },
  'files.bulk.removeAITags': {
    run: (client, { fileId }) => client.files.bulk.removeAITags({ fileIds: [fileId], AITags: ['x'] }),
    members: ['successfullyUpdatedFileIds'],
  },
  'folders.create': { run: (client) => client.folders.create({ folderName: 'target', parentFolderPath: '/' }) },
  'files.copy': {
    run: (client) => client.files.copy({ sourceFilePath: '/conformance/a.png', destinationPath: '/target' }),
  },
  'files.move': {
    run: (client) => client.files.move({ sourceFilePath: '/conformance/b.png', destinationPath: '/target' }),
  },
  'files.rename': {
    run: (client) => client.files.rename({ filePath: '/target/b.png', newFileName: 'c.png', purgeCache: true }),
  },
  'folders.copy': {
    run: (client) => client.folders.copy({ sourceFolderPath: '/target', destinationPath: '/copies' }),
    members: ['jobId'],
  },
  'folders.move': {
    run: (client) => client.folders.move({ sourceFolderPath: '/copies', destinationPath: '/moved' }),
    members: ['jobId'],
  },
  'folders.rename': {
    run: async (client, made) => {
      const body = { folderPath: '/moved/copies', newFolderName: 'renamed', purgeCache: true };
      const job = await client.folders.rename(body);
      made.jobId = job.jobId;
      return job;
    },
    members: ['jobId'],
  },
  'folders.job.get': {
    run: (client, { jobId }) => client.folders.job.get(jobId),
    members: ['jobId', 'type', 'status', 'purgeRequestId'],
  },
  'cache.invalidation.create': {
    run: async (client, made) => {
      const purge = await client.cache.invalidation.create({ url: made.url });
      made.purgeId = purge.requestId as string;
      return purge;
    },
    members: ['requestId'],
  },
  'cache.invalidation.get': {
    run: (client, { purgeId }) => client.cache.invalidation.get(purgeId),
    members: ['status'],
  },
  'accounts.origins.create': {
    run: async (client, made) => {
      const origin = await client.accounts.origins.create(ORIGIN);
      made.originId = origin.id as string;
      return origin;
    },
    members: ['id', 'type', 'name'],
  },
  'accounts.origins.list': { run: (client) => client.accounts.origins.list(), members: ['[].id'] },
  'accounts.origins.get': { run: (client, { originId }) => client.accounts.origins.get(originId), members: ['id'] },
  'accounts.origins.update': {
    run: (client, { originId }) => client.accounts.origins.update(originId, { ...ORIGIN, name: 'other' }),
    members: ['id', 'name'],
  },
  'accounts.urlEndpoints.create': {
    run: async (client, made) => {
      const urlRewriter = { type: 'CLOUDINARY', preserveAssetDeliveryTypes: true } as const;
      const body = { description: 'Shop', urlPrefix: 'shop', origins: [made.originId], urlRewriter };
      const endpoint = await client.accounts.urlEndpoints.create(body);
      made.endpointId = endpoint.id;
      return endpoint;
    },
    members: ['id', 'description', 'urlPrefix', 'origins', 'urlRewriter.type'],
  },
  'accounts.urlEndpoints.list': { run: (client) => client.accounts.urlEndpoints.list(), members: ['[].id'] },
  'accounts.urlEndpoints.get': {
    run: (client, { endpointId }) => client.accounts.urlEndpoints.get(endpointId),
    members: ['id'],
  },
  'accounts.urlEndpoints.update': {
    run: (client, { endpointId }) =>
      client.accounts.urlEndpoints.update(endpointId, { description: 'Store', urlPrefix: 'store', origins: [] }),
    members: ['id', 'description'],
  },
  'accounts.urlEndpoints.delete': { run: (client, { endpointId }) => client.accounts.urlEndpoints.delete(endpointId) },
  'accounts.origins.delete': { run: (client, { originId }) => client.accounts.origins.delete(originId) },
  'namedTransformations.create': {
    run: async (client, made) => {
      const named = await client.namedTransformations.create({ name: 'small', transformation: 'w-20' });
      made.namedId = named.id as string;
      return named;
    },
    members: ['id', 'name', 'transformation', 'enabled'],
  },
  'namedTransformations.list': { run: (client) => client.namedTransformations.list(), members: ['[].id'] },
  'namedTransformations.get': {
    run: (client, { namedId }) => client.namedTransformations.get(namedId),
    members: ['id', 'name'],
  },
  'namedTransformations.update': {
    run: (client, { namedId }) => client.namedTransformations.update(namedId, { transformation: 'w-30' }),
    members: ['id', 'transformation'],
  },
  'namedTransformations.delete': { run: (client, { namedId }) => client.namedTransformations.delete(namedId) },
  'savedExtensions.create': {
    run: async (client, made) => {
      const config = { name: 'google-auto-tagging', minConfidence: 80, maxTags: 5 } as const;
      const saved = await client.savedExtensions.create({ name: 'Tags', description: 'By a model', config });
      made.savedExtensionId = saved.id as string;
      return saved;
    },
    members: ['id', 'name', 'description', 'config', 'createdAt', 'updatedAt'],
  },
  'savedExtensions.list': { run: (client) => client.savedExtensions.list(), members: ['[].id', '[].config'] },
  'savedExtensions.get': {
    run: (client, { savedExtensionId }) => client.savedExtensions.get(savedExtensionId),
    members: ['id', 'config'],
  },
  'savedExtensions.update': {
    run: (client, { savedExtensionId }) => client.savedExtensions.update(savedExtensionId, { name: 'Other' }),
    members: ['id', 'name'],
  },
  'savedExtensions.delete': {
    run: (client, { savedExtensionId }) => client.savedExtensions.delete(savedExtensionId),
  },
  'files.delete': { run: (client, { fileId }) => client.files.delete(fileId) },
  'files.bulk.delete': {
    run: (client, { otherId }) => client.files.bulk.delete({ fileIds: [otherId] }),
    members: ['successfullyDeletedFileIds'],
  },
  'folders.delete': { run: (client) => client.folders.delete({ folderPath: '/conformance' }) },
  'customMetadataFields.delete': {
    run: async (client, { fieldId, policyId }) => {
      // A field that a path policy has cannot be deleted.
      await client.delete(`/v1/path-policies/${policyId}`);
      return client.customMetadataFields.delete(fieldId);
    },
  },
  'accounts.usage.get': {
    run: (client) => client.accounts.usage.get({ startDate: '2026-11-01', endDate: '2026-12-01' }),
    members: [
      ...['bandwidthBytes', 'mediaLibraryStorageBytes', 'videoProcessingUnitsCount', 'extensionUnitsCount'],
      'originalCacheStorageBytes',
    ],
  },
  'accounts.usageAnalytics.get': {
    run: (client) => client.accounts.usageAnalytics.get({ startDate: '2026-11-01', endDate: '2026-12-01' }),
    members: [
      'startDate',
      'endDate',
      'generatedAt',
      'bandwidthBytes',
      'requestCount',
      'cache.hitCount',
      'urlEndpoints',
    ],
  },
};
