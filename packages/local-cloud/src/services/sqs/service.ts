import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { SQS_RESOURCE_TYPES } from './properties.ts';
import { queueApi } from './queue-api.ts';
import { Queues } from './queues.ts';

/** Messages in the state folder. */
const FILE = 'queues.json';

export const QUEUES = offerOf<Queues>('queues');

/** The properties of AWS::SQS::Queue that are run here. */
interface QueueProperties {
  readonly VisibilityTimeout?: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

/** Seconds; the one of Amazon SQS. */
const VISIBILITY = 30;

export const sqs: Service = {
  name: 'sqs',
  resourceTypes: SQS_RESOURCE_TYPES,
  sdkEndpoints: ['SQS'],
  start: async (cloud) => {
    const queues = await cloud.using(FILE, (file) => Queues.open(file));
    for (const { attributes, properties } of cloud.resources('AWS::SQS::Queue')) {
      const { VisibilityTimeout = VISIBILITY, RedrivePolicy: policy } = properties as unknown as QueueProperties;
      queues.declare(attributes.Arn ?? '', {
        visibilitySeconds: VisibilityTimeout,
        ...(policy && {
          redrive: { target: policy.deadLetterTargetArn, maximumReceives: Number(policy.maxReceiveCount) },
        }),
      });
    }
    cloud.offer(QUEUES, queues);
    cloud.apis.add(queueApi(queues));
  },
};
