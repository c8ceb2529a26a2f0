// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholders in key templates.

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import { CALLER_KINDS } from '../../core/kernel/caller.ts';
import { PATH_KEY, VERSION_KEY } from './library-keys.lean.ts';

/*
 * Items of the library table: keys pk and sk, index gsi1 (gsi1pk, gsi1sk) for what is in a folder, time to live in
 * expiresAt. Keys keep their letters' case: paths that differ in it are different assets.
 */

const CONTENT = {
  contentType: { type: 'string', required: true },
  fileType: { type: ['image', 'non-image'] as const, required: true },
  size: { type: 'number', required: true },
  width: { type: 'number' },
  height: { type: 'number' },
  objectKey: { type: 'string', required: true },
} as const;

const text = { type: 'string' } as const;
const requiredText = { type: 'string', required: true } as const;
const requiredNumber = { type: 'number', required: true } as const;
const requiredFlag = { type: 'boolean', required: true } as const;
const tags = { type: 'list', items: { type: 'string' } } as const;

const model = <E extends string>(entity: E) => ({ entity, version: '1', service: 'library' }) as const;

const pathEntity = new Entity({
  model: model('path'),
  attributes: {
    ...CONTENT,
    path: requiredText,
    assetId: requiredText,
    revision: requiredNumber,
    versionId: requiredText,
    isPrivate: requiredFlag,
    customCoordinates: text,
    takenDownSince: text,
    takenDownUntil: text,
    updatedAt: requiredText,
  },
  indexes: {
    byPath: {
      pk: { field: 'pk', composite: ['path'], template: PATH_KEY.partitionTemplate, casing: 'none' },
      sk: { field: 'sk', composite: [], template: PATH_KEY.sortTemplate, casing: 'none' },
    },
  },
} as const);

const assetEntity = new Entity({
  model: model('asset'),
  attributes: {
    ...CONTENT,
    assetId: requiredText,
    revision: requiredNumber,
    path: requiredText,
    folder: requiredText,
    name: requiredText,
    versionId: requiredText,
    versionNumber: requiredNumber,
    versionCount: requiredNumber,
    tags,
    description: text,
    customCoordinates: text,
    isPrivate: requiredFlag,
    takedown: {
      type: 'map',
      properties: { reason: requiredText, reference: text, author: requiredText, since: requiredText, until: text },
    },
    createdAt: requiredText,
    updatedAt: requiredText,
  },
  indexes: {
    byId: {
      pk: { field: 'pk', composite: ['assetId'], template: 'asset#${assetId}', casing: 'none' },
      sk: { field: 'sk', composite: [], template: 'head', casing: 'none' },
    },
    inFolder: {
      index: 'gsi1',
      pk: { field: 'gsi1pk', composite: ['folder'], template: 'folder#${folder}', casing: 'none' },
      sk: { field: 'gsi1sk', composite: ['name'], template: 'asset#${name}', casing: 'none' },
    },
  },
} as const);

const versionEntity = new Entity({
  model: model('version'),
  attributes: {
    ...CONTENT,
    assetId: requiredText,
    versionId: requiredText,
    number: requiredNumber,
    createdAt: requiredText,
  },
  indexes: {
    byId: {
      pk: { field: 'pk', composite: ['assetId'], template: VERSION_KEY.partitionTemplate, casing: 'none' },
      sk: { field: 'sk', composite: ['versionId'], template: VERSION_KEY.sortTemplate, casing: 'none' },
    },
  },
} as const);

const folderEntity = new Entity({
  model: model('folder'),
  attributes: { path: requiredText, parent: requiredText, name: requiredText, createdAt: requiredText },
  indexes: {
    byPath: {
      pk: { field: 'pk', composite: ['path'], template: 'folder#${path}', casing: 'none' },
      sk: { field: 'sk', composite: [], template: 'folder', casing: 'none' },
    },
    inFolder: {
      index: 'gsi1',
      pk: { field: 'gsi1pk', composite: ['parent'], template: 'folder#${parent}', casing: 'none' },
      sk: { field: 'gsi1sk', composite: ['name'], template: 'folder#${name}', casing: 'none' },
    },
  },
} as const);

const intentEntity = new Entity({
  model: model('upload-intent'),
  attributes: {
    ...CONTENT,
    versionId: requiredText,
    path: requiredText,
    folder: requiredText,
    name: requiredText,
    whenTaken: { type: ['version', 'refuse'] as const, required: true },
    uploader: {
      type: 'map',
      properties: { kind: { type: CALLER_KINDS, required: true }, id: requiredText },
      required: true,
    },
    keepTags: requiredFlag,
    tags,
    description: text,
    customCoordinates: text,
    isPrivate: { type: 'boolean' },
    createdAt: requiredText,
    expiresAt: requiredNumber,
  },
  indexes: {
    byVersion: {
      pk: { field: 'pk', composite: ['versionId'], template: 'upload#${versionId}', casing: 'none' },
      sk: { field: 'sk', composite: [], template: 'intent', casing: 'none' },
    },
  },
} as const);

/** A note that stored variants of a replaced version wait for their removal. */
const purgeEntity = new Entity({
  model: model('pending-purge'),
  attributes: { versionId: requiredText, path: requiredText, createdAt: requiredText },
  indexes: {
    byVersion: {
      pk: { field: 'pk', composite: ['versionId'], template: 'upload#${versionId}', casing: 'none' },
      sk: { field: 'sk', composite: [], template: 'purge', casing: 'none' },
    },
  },
} as const);

/** A purge that was asked for. */
const purgeJobEntity = new Entity({
  model: model('purge-job'),
  attributes: {
    /** Always `all`: ElectroDB wants a composite for every partition. */
    all: requiredText,
    requestId: requiredText,
    target: requiredText,
    state: { type: ['pending', 'removed'] as const, required: true },
    invalidationIds: { type: 'list', items: { type: 'string' }, required: true },
    createdAt: requiredText,
    expiresAt: requiredNumber,
  },
  indexes: {
    byRequest: {
      pk: { field: 'pk', composite: ['all'], template: 'purge-jobs#${all}', casing: 'none' },
      sk: { field: 'sk', composite: ['requestId'], template: 'job#${requestId}', casing: 'none' },
    },
  },
} as const);

/** All entities of the library table, bound to a client and a table. */
export function libraryEntities(client: DynamoDBClient, table: string) {
  return new Service(
    {
      path: pathEntity,
      asset: assetEntity,
      version: versionEntity,
      folder: folderEntity,
      intent: intentEntity,
      purge: purgeEntity,
      purgeJob: purgeJobEntity,
    },
    { client, table },
  );
}

export type LibraryEntities = ReturnType<typeof libraryEntities>;
