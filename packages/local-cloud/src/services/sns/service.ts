import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { functionTarget } from '../events/function-target.ts';
import { functionOf } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import { SNS_RESOURCE_TYPES } from './properties.ts';
import { Topics } from './topics.ts';

export const TOPICS = offerOf<Topics>('topics');

/** No API: only services of this machine publish. */
export const sns: Service = {
  name: 'sns',
  resourceTypes: SNS_RESOURCE_TYPES,
  start: (cloud) => {
    const topics = new Topics();
    const functions = cloud.need(FUNCTIONS);
    for (const { ref } of cloud.resources('AWS::SNS::Topic')) topics.declare(ref);
    for (const { properties, logicalId } of cloud.resources('AWS::SNS::Subscription')) {
      const { TopicArn, Protocol, Endpoint } = properties as Readonly<Record<string, string>>;
      if (Protocol !== 'lambda') continue;
      topics.subscribe(String(TopicArn), functionTarget(functionOf(functions, Endpoint, logicalId)));
    }
    cloud.offer(TOPICS, topics);
  },
};
