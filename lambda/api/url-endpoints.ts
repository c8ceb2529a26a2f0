import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { endpointAnswer } from '../core/settings/endpoints/endpoint.ts';
import {
  createEndpoint,
  getEndpoint,
  listSeenEndpoints,
  removeEndpoint,
  updateEndpoint,
} from '../core/settings/endpoints/manage-endpoints.ts';
import { migrateEndpoint } from '../core/settings/endpoints/migrate-endpoint.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, flag, members, oneLine, says, texts, wholeNumber } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const flags = () => ({
  paused: flag().nullish(),
  requireSignature: flag().nullish(),
  namedTransformationsOnly: flag().nullish(),
  autoFormat: flag().nullish(),
  avif: flag().nullish(),
  dataSaver: flag().nullish(),
  strict: flag().nullish(),
});

const urlRewriter = () =>
  z.discriminatedUnion(
    'type',
    [
      members({ type: z.literal('CLOUDINARY'), preserveAssetDeliveryTypes: flag().default(false) }),
      members({ type: z.literal('IMGIX') }),
      members({ type: z.literal('AKAMAI') }),
    ],
    says('an object whose type is CLOUDINARY, IMGIX or AKAMAI'),
  );

const endpointInput = () =>
  members({
    description: oneLine(LIMITS.endpointDescriptionCharacters),
    urlPrefix: z
      .string(says('1 to 100 letters, digits and hyphens'))
      .max(100, says('1 to 100 letters, digits and hyphens'))
      .nullish(),
    origins: texts(LIMITS.origins, 'ids of origins').nullish(),
    hosts: texts(LIMITS.endpointHosts, 'host names').nullish(),
    quality: wholeNumber(1, 100).nullish(),
    widthStep: wholeNumber(1, 1000).nullish(),
    region: z.string(says('a region of the deployment, such as eu-west-1')).nullish(),
    residencyLock: flag().nullish(),
    ...flags(),
    urlRewriter: urlRewriter().nullish(),
    // An answer may be sent back as it came.
    id: z.unknown().optional(),
    createdAt: z.unknown().optional(),
  }).transform(({ id: _, createdAt: __, ...given }) => given);

const endpoint = () =>
  z.object({
    id: z.string(),
    description: z.string(),
    urlPrefix: z.string(),
    origins: z.array(z.string()).readonly(),
    urlRewriter: urlRewriter().optional(),
    hosts: z.array(z.string()).readonly(),
    paused: z.boolean(),
    requireSignature: z.boolean(),
    namedTransformationsOnly: z.boolean(),
    autoFormat: z.boolean(),
    avif: z.boolean(),
    quality: z.int(),
    widthStep: z.int(),
    dataSaver: z.boolean(),
    strict: z.boolean(),
    region: z.string(),
    residencyLock: z.boolean(),
    createdAt: answeredMoment(),
  });

const MANY = ['/v1/accounts/url-endpoints'] as const;
const ONE = ['/v1/accounts/url-endpoints/:id'] as const;
const path = pathId('id', 'url-endpoints.create', 'id');
const EXAMPLE = { description: 'Shop', urlPrefix: 'shop', quality: 70 };

/** ImageKit, "URL endpoints". */
export const urlEndpointOperations = [
  defineOperation({
    id: 'url-endpoints.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'endpoints.write' },
    resource: 'url-endpoints',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'json', schema: endpointInput() } }),
    answer: { status: 201, schema: endpoint },
    problems: ['endpoint.invalid', 'endpoint.taken', 'endpoint.limit', 'busy'],
    audit: { action: 'endpoint.created' },
    rateClass: 'write',
    sentence: 'Adds a URL endpoint: a prefix or hosts with origins, delivery settings and a region of their own.',
    example: { body: EXAMPLE },
    run: async ({ endpoints }, caller, { body }) =>
      endpointAnswer(endpoints.regions.home, await createEndpoint(endpoints, caller, body)),
  }),
  defineOperation({
    id: 'url-endpoints.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'endpoints.read', withEndpoints: true },
    resource: 'url-endpoints',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(endpoint()) },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the URL endpoints, the default one first.',
    example: { given: ['url-endpoints.create'] },
    run: async ({ endpoints }, caller) =>
      (await listSeenEndpoints(endpoints, caller)).map((one) => endpointAnswer(endpoints.regions.home, one)),
  }),
  defineOperation({
    id: 'url-endpoints.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'endpoints.read', withEndpoints: true },
    resource: 'url-endpoints',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: endpoint },
    problems: ['endpoint.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one URL endpoint; the id of the default one is `default`.',
    example: path.example,
    run: async ({ endpoints }, caller, { path: { id } }) =>
      endpointAnswer(endpoints.regions.home, await getEndpoint(endpoints, caller, id)),
  }),
  defineOperation({
    id: 'url-endpoints.update',
    methods: ['PUT', 'PATCH'],
    paths: ONE,
    access: { permission: 'endpoints.write', withEndpoints: true },
    resource: 'url-endpoints',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'json', schema: endpointInput() } }),
    answer: { status: 200, schema: endpoint },
    problems: ['endpoint.not-found', 'endpoint.invalid', 'endpoint.taken', 'busy'],
    audit: { action: 'endpoint.updated' },
    rateClass: 'write',
    sentence: 'Replaces the settings of a URL endpoint, but its region; what was delivered by the old ones is purged.',
    example: { ...path.example, body: { ...EXAMPLE, quality: 75 } },
    run: async ({ endpoints }, caller, { path: { id }, body }) =>
      endpointAnswer(endpoints.regions.home, await updateEndpoint(endpoints, caller, id, body)),
  }),
  defineOperation({
    id: 'url-endpoints.migrate',
    methods: ['POST'],
    paths: ['/v1/accounts/url-endpoints/:id/migrate'],
    access: { permission: 'endpoints.write', withEndpoints: true },
    resource: 'url-endpoints',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ region: z.string(says('the region whose API is called, such as eu-west-1')) }),
      },
    }),
    answer: { status: 200, schema: endpoint },
    problems: ['endpoint.not-found', 'endpoint.invalid', 'busy'],
    audit: { action: 'endpoint.migrated' },
    rateClass: 'write',
    sentence:
      'Makes a URL endpoint one of the region whose API is called. `npx vitrine endpoint migrate` copies the files first, and calls it.',
    example: { ...path.example, body: { region: 'eu-west-1' } },
    run: async ({ endpoints }, caller, { path: { id }, body }) =>
      endpointAnswer(endpoints.regions.home, await migrateEndpoint(endpoints, caller, id, body.region)),
  }),
  defineOperation({
    id: 'url-endpoints.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'endpoints.write', withEndpoints: true },
    resource: 'url-endpoints',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['endpoint.not-found', 'endpoint.invalid', 'busy'],
    audit: { action: 'endpoint.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a URL endpoint and purges what it delivered; the default one cannot be deleted.',
    example: path.example,
    run: ({ endpoints }, caller, { path: { id } }) => removeEndpoint(endpoints, caller, id),
  }),
];
