import { randomBytes } from 'node:crypto';
import type { QueueInvalidation } from '../../core/delivery/cache-tags.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { dynamoItems } from '../signed-http/dynamo-items.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { WAITING_INVALIDATIONS } from './library-keys.lean.ts';

/** Puts tags where the purges wait for the CDN: the transformer itself may not ask the CDN for anything. */
export function queueInvalidation(environment: Environment, table: string, clock: Clock): QueueInvalidation {
  const items = dynamoItems(environment, table);
  return (tags) => {
    const id = `${new Date(clock()).toISOString()}#${randomBytes(12).toString('hex')}`;
    return items.put({ pk: { S: WAITING_INVALIDATIONS.pk }, sk: { S: id }, tags: { SS: tags } });
  };
}
