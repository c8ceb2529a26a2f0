import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  rollSecret,
  updateWebhook,
} from '../core/webhooks/manage-webhooks.ts';
import { WEBHOOK_EVENTS } from '../core/webhooks/webhook.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, flag, members, oneLine, says, wholeNumber } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const EVENTS = says(`a list of 1 to ${WEBHOOK_EVENTS.length} of ${WEBHOOK_EVENTS.join(', ')}`);

const events = () => z.array(z.enum(WEBHOOK_EVENTS, EVENTS), EVENTS).min(1, EVENTS).max(WEBHOOK_EVENTS.length, EVENTS);

const optionalChoices = () => ({
  description: oneLine(LIMITS.webhookDescriptionCharacters).optional(),
  isEnabled: flag().optional(),
});

const webhook = () =>
  z.object({
    id: z.string(),
    url: z.string(),
    description: z.string().optional(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).readonly(),
    isEnabled: z.boolean(),
    createdAt: answeredMoment(),
    updatedAt: answeredMoment(),
  });

const made = () => webhook().extend({ secret: z.string() });

const MANY = ['/v1/accounts/webhooks'] as const;
const ONE = ['/v1/accounts/webhooks/:webhookId'] as const;
const path = pathId('webhookId', 'webhooks.create', 'id');

/** Where events are sent. ImageKit registers webhooks in its dashboard alone, so paths and members are ours. */
export const webhookOperations = [
  defineOperation({
    id: 'webhooks.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'webhooks.write' },
    resource: 'webhooks',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ url: oneLine(LIMITS.urlBytes), events: events(), ...optionalChoices() }),
      },
    }),
    answer: { status: 201, schema: made },
    problems: ['webhook.invalid', 'webhook.limit', 'busy'],
    audit: { action: 'webhook.created' },
    rateClass: 'write',
    sentence:
      'Has events sent to a URL. `secret`, by which a receiver knows our messages, is in this answer and in no other.',
    example: {
      body: { url: 'https://shop.example.com/vitrine', events: ['file.created', 'file.updated', 'file.deleted'] },
    },
    run: ({ webhooks }, caller, { body }) => createWebhook(webhooks, caller, body),
  }),
  defineOperation({
    id: 'webhooks.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'webhooks.read' },
    resource: 'webhooks',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(webhook()).readonly() },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the webhooks, oldest first, without their secrets.',
    example: { given: ['webhooks.create'] },
    run: ({ webhooks }) => listWebhooks(webhooks),
  }),
  defineOperation({
    id: 'webhooks.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'webhooks.read' },
    resource: 'webhooks',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: webhook },
    problems: ['webhook.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one webhook, without its secret.',
    example: path.example,
    run: ({ webhooks }, _, { path: { webhookId } }) => getWebhook(webhooks, webhookId),
  }),
  defineOperation({
    id: 'webhooks.update',
    methods: ['PATCH', 'PUT'],
    paths: ONE,
    access: { permission: 'webhooks.write' },
    resource: 'webhooks',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          url: oneLine(LIMITS.urlBytes).optional(),
          events: events().optional(),
          ...optionalChoices(),
        }),
      },
    }),
    answer: { status: 200, schema: webhook },
    problems: ['webhook.not-found', 'webhook.invalid', 'busy'],
    audit: { action: 'webhook.updated' },
    rateClass: 'write',
    sentence:
      'Changes the given members of a webhook and leaves the others; messages that wait go where it points now.',
    example: { ...path.example, body: { isEnabled: false } },
    run: ({ webhooks }, caller, { path: { webhookId }, body }) => updateWebhook(webhooks, caller, webhookId, body),
  }),
  defineOperation({
    id: 'webhooks.roll-secret',
    methods: ['POST'],
    paths: ['/v1/accounts/webhooks/:webhookId/secret'],
    access: { permission: 'webhooks.write' },
    resource: 'webhooks',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: { kind: 'json', schema: members({ graceSeconds: wholeNumber(0, LIMITS.webhookGraceSeconds) }) },
    }),
    answer: { status: 201, schema: made },
    problems: ['webhook.not-found', 'busy'],
    audit: { action: 'webhook.secret-rolled' },
    rateClass: 'write',
    sentence: 'Gives a webhook another secret; the one before signs beside it for `graceSeconds`.',
    example: { ...path.example, body: { graceSeconds: 86_400 } },
    run: ({ webhooks }, caller, { path: { webhookId }, body }) =>
      rollSecret(webhooks, caller, webhookId, body.graceSeconds),
  }),
  defineOperation({
    id: 'webhooks.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'webhooks.write' },
    resource: 'webhooks',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['webhook.not-found', 'busy'],
    audit: { action: 'webhook.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a webhook; messages that wait are sent no more.',
    example: path.example,
    run: ({ webhooks }, caller, { path: { webhookId } }) => deleteWebhook(webhooks, caller, webhookId),
  }),
];
