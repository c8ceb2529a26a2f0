import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AlarmConfig } from '../../config/config.ts';

export interface AlarmReceiversProps extends AlarmConfig {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
}

/**
 * Who is told when an alarm goes off and when it ends: mails, on-call tools, and whatever subscribes to the topic. The topic is
 * not encrypted with a key: CloudWatch has no right to the one of AWS, and a name and a description are no secrets.
 */
export class AlarmReceivers extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { deployment, mails, urls }: AlarmReceiversProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    this.#topic = new Topic(this, 'Topic', { topicName: `${deployment}-alarms-${region}`, enforceSSL: true });
    for (const mail of mails) this.#topic.addSubscription(new EmailSubscription(mail));
    for (const url of urls) {
      this.#topic.addSubscription(new UrlSubscription(url, { protocol: SubscriptionProtocol.HTTPS }));
    }
    new CfnOutput(Stack.of(this), 'AlarmTopicArn', { value: this.#topic.topicArn });
  }

  /** Of all alarms that the stack has by now. */
  tellOf(stack: Stack): void {
    const action = new SnsAction(this.#topic);
    for (const one of stack.node.findAll()) {
      if (!(one instanceof Alarm)) continue;
      one.addAlarmAction(action);
      one.addOkAction(action);
    }
  }
}

/** Tells the receivers of every alarm that the stack has by now; without any there is no topic. */
export function tellOfAlarms(stack: Stack, deployment: string, alarms: AlarmConfig): void {
  if (alarms.mails.length + alarms.urls.length === 0) return;
  new AlarmReceivers(stack, 'AlarmReceivers', { deployment, ...alarms }).tellOf(stack);
}
