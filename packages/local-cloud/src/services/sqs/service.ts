import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { SQS_RESOURCE_TYPES } from './properties.ts';
import { Queues } from './queues.ts';

/** Messages in the state folder. */
const FILE = 'queues.json';

export const QUEUES = offerOf<Queues>('queues');

export const sqs: Service = {
  name: 'sqs',
  resourceTypes: SQS_RESOURCE_TYPES,
  start: async (cloud) => cloud.offer(QUEUES, await cloud.using(FILE, (file) => Queues.open(file))),
};
