import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { DELIVERY_STATES } from '../core/webhooks/message-delivery.ts';
import { listDeliveries, replayDeliveries } from '../core/webhooks/replay-deliveries.ts';
import { WEBHOOK_EVENTS } from '../core/webhooks/webhook.ts';
import { Answered } from './answered.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, countInQuery, members, oneOf, says } from './schemas/members.ts';
import { nothing, pathId } from './schemas/parameters.ts';

const ID = says('the id of a delivery');
const IDS = says(`a list of 1 to ${LIMITS.deliveriesReplayedAtOnce} ids of deliveries`);

const id = () => z.string(ID).regex(/^\d{14}-[0-9a-z-]{1,64}$/, ID);

const ids = () => z.array(id(), IDS).min(1, IDS).max(LIMITS.deliveriesReplayedAtOnce, IDS);

const delivery = () =>
  z.object({
    id: z.string(),
    webhookId: z.string(),
    eventId: z.string(),
    type: z.enum(WEBHOOK_EVENTS),
    createdAt: answeredMoment(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    lastAttemptAt: answeredMoment().optional(),
    nextAttemptAt: answeredMoment().optional(),
    lastStatus: z.int().optional(),
    lastError: z.string().optional(),
  });

const path = pathId('webhookId', 'webhooks.create', 'id');

/** What became of messages to webhooks. */
export const webhookDeliveryOperations = [
  defineOperation({
    id: 'webhooks.list-deliveries',
    methods: ['GET'],
    paths: ['/v1/accounts/webhooks/:webhookId/deliveries'],
    access: { permission: 'webhooks.read' },
    resource: 'webhooks',
    input: () => ({
      path: path.schema(),
      query: members({
        state: oneOf(DELIVERY_STATES).optional(),
        limit: countInQuery(1, LIMITS.deliveriesListed).default(50),
        cursor: id().optional(),
      }),
      body: { kind: 'none' },
    }),
    answer: {
      status: 200,
      schema: () => z.array(delivery()).readonly(),
      addedHeaders: { 'x-next-cursor': 'Where the next part begins, for `cursor`; missing at the end.' },
    },
    problems: ['webhook.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: `Lists what became of messages to a webhook in the last ${LIMITS.webhookDeliveryDays} days, newest first; \`state=failed\` are those that were given up.`,
    example: { ...path.example, query: { state: 'failed', limit: '20' } },
    run: async ({ deliveries }, _, { path: { webhookId }, query: { state, limit, cursor: after } }) => {
      const found = await listDeliveries(deliveries, webhookId, { state, limit, after });
      const next = found.length === limit ? found.at(-1)?.id : undefined;
      return new Answered(found, next === undefined ? {} : { headers: { 'x-next-cursor': next } });
    },
  }),
  defineOperation({
    id: 'webhooks.replay',
    methods: ['POST'],
    paths: ['/v1/accounts/webhooks/:webhookId/deliveries/replay'],
    access: { permission: 'webhooks.write' },
    resource: 'webhooks',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ deliveryIds: ids().optional() }),
      },
    }),
    answer: { status: 202, schema: () => z.object({ replayed: z.int() }) },
    problems: ['webhook.not-found', 'busy'],
    audit: { action: 'webhook.replayed' },
    rateClass: 'write',
    sentence: `Sends messages again under the same ids: those of \`deliveryIds\`, or the newest ${LIMITS.deliveriesReplayedAtOnce} that were given up.`,
    example: { ...path.example, body: {} },
    run: async ({ deliveries }, caller, { path: { webhookId }, body }) => ({
      replayed: await replayDeliveries(deliveries, caller, webhookId, body.deliveryIds),
    }),
  }),
];
